"""``python -m benchmarks.figures``: counting results, adding a country up, and the pages that show it.

Counting happens once, when results are loaded, and is measured apart: beside it a bare count of one outcome. The pages
are measured beside a view that does nothing, on a country of 17,000 schools of some 150 authorities, one with 400.
"""

import argparse
import os
import platform
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from itertools import cycle, islice
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from benchmarks.measure import against, table
from benchmarks.school import count as count_queries
from benchmarks.school import getter
from keystage.measures import Measured, count, measured, to_json
from keystage.sheets import read_results
from keystage.simulate import Plan, make_school
from keystage.simulate.groups import made_up_groups
from keystage.years import Test, load

if TYPE_CHECKING:
    from keystage.service.gateway.models import Collection, Release

AIM = 2
"""Seconds of a page of a country or of an authority."""
_MADE = 200
"""Schools that are made up; a country repeats them."""
_YEAR = load(2026)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--schools", type=int, default=17_000)
    parser.add_argument("--seconds", type=float, default=10.0)
    options = parser.parse_args()
    print(
        f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}, SQLite"
    )
    files = [_a_file(index) for index in range(_MADE)]
    counting(files, options.schools)
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"KEYSTAGE_DATA": folder, "KEYSTAGE_HOSTS": "testserver"}
        from keystage.service.config.starting import ready

        ready()
        pages(files, options.schools, options.seconds, Path(folder))


def _a_file(index: int) -> bytes:
    """Return the part of a national file that is of one made-up school, with columns for groups."""
    head, *lines = make_school(Plan(_YEAR, results=True), index).results_csv.splitlines()
    groups = (",".join(made_up_groups(Random(f"{index}/{line}")).values()) for line in range(len(lines)))
    rows = [",".join(both) for both in zip(lines, groups, strict=True)]
    return "\n".join([f"{head},{','.join(_YEAR.group_headings.written.values())}", *rows]).encode()


def _pupils(content: bytes) -> list[Measured]:
    return [measured(each) for each in read_results(content, _YEAR, name="9992000.csv").pupils]


def counting(files: list[bytes], schools: int) -> None:
    """Measure reading and counting school by school, in one process and in two."""
    all_ = [_pupils(content) for content in files]
    pupils = sum(map(len, all_))
    in_country = sum(map(len, islice(cycle(all_), schools)))
    timed = against(
        lambda: [_one_outcome(each) for each in all_],
        {
            "count, all measures and groups": lambda: [count(each, _YEAR) for each in all_],
            "… and as plain values": lambda: [to_json(count(each, _YEAR)) for each in all_],
            "read the school's rows": lambda: [_pupils(content) for content in files],
        },
        3.0,
        called="one outcome of one test counted",
    )
    rows = []
    for each in timed:
        one = each.seconds / pupils
        rows.append((each.name, f"{one * 1e6:.1f}", f"{each.ratio:.0f}", f"{one * in_country:.1f}"))
    table(
        f"Counting {schools:,} schools' {in_country:,} pupils", ("", "µs a pupil", "times", "s for the country"), rows
    )
    begin = time.perf_counter()
    with ProcessPoolExecutor(2) as workers:
        done = sum(workers.map(_read_and_count, islice(cycle(files), schools), chunksize=50))
    assert done == in_country
    print(f"  read and counted in two processes: {time.perf_counter() - begin:.1f} s", flush=True)


def _one_outcome(pupils: list[Measured]) -> Counter[str]:
    return Counter(each.tests[Test.READING].outcome for each in pupils if Test.READING in each.tests)


def _read_and_count(content: bytes) -> int:
    pupils = _pupils(content)
    to_json(count(pupils, _YEAR))
    return len(pupils)


def pages(files: list[bytes], schools: int, seconds: float, folder: Path) -> None:
    """Measure adding up, the agency's pages, and reading an authority's schools."""
    from django.test import Client

    from benchmarks.country import a_country
    from keystage.service.gateway.figures import school_figures_of
    from keystage.service.gateway.services.results_figures import added_up, keep_areas

    collection, people = a_country(schools)
    release = _a_release(collection, [to_json(count(_pupils(content), _YEAR)) for content in files])
    begin = time.perf_counter()
    keep_areas(release, added_up(release))
    added = time.perf_counter() - begin
    agency, operator = people["agency"]
    authority, _ = people["authority"]
    client = Client()
    client.force_login(operator)
    base = f"/agency/{agency.key}/{collection.year}/figures/"
    runs: dict[str, Callable[[], Any]] = {
        "figures of the country": getter(client, base),
        "… sorted by a figure": getter(client, f"{base}?sort=rwm.expected"),
        "… in the official layout": getter(client, f"{base}{release.key}.csv"),
        "an authority's 400 schools read": lambda: list(school_figures_of(release, authority)),
    }
    timed = against(getter(Client(), "/healthz"), runs, seconds, called="a view that does nothing")
    rows = [
        (each.name, f"{each.seconds * 1000:.1f}", f"{each.ratio:.0f}",
         str(count_queries(runs[each.name])) if each.name in runs else "")
        for each in timed
    ]  # fmt: skip
    table(f"Figures of {schools:,} schools (aim: a page {AIM} s)", ("", "ms", "times", "queries"), rows)
    size = sum(each.stat().st_size for each in folder.rglob("*") if each.is_file())
    print(f"  adding the country up, once at loading: {added:.1f} s; the database has {size / 1e6:,.0f} MB")


def _a_release(collection: "Collection", counted: list[dict[str, dict[str, int]]]) -> "Release":
    from django.utils import timezone

    from keystage.service.accounts.models import Organisation, Person
    from keystage.service.files.store import put
    from keystage.service.gateway.models import (
        GatewayReturn,
        ReceivedFile,
        Release,
        ReleaseStage,
        SchoolFigures,
        SchoolResults,
    )

    agency, person = Organisation.objects.get(kind="agency"), Person.objects.first()
    assert person is not None
    now, sha256 = timezone.now(), put(b"results")
    file = ReceivedFile.objects.create(organisation=agency, name="results.csv", sha256=sha256, size=7, at=now)
    release = Release.objects.create(
        collection=collection, serial=1, file=file, loaded_by=person, stage=ReleaseStage.READY, release_at=now
    )
    returns = GatewayReturn.objects.filter(collection=collection).order_by("pk")
    parts = SchoolResults.objects.bulk_create(
        (SchoolResults(release=release, gateway_return=each, number=each.number, sha256=sha256, pupils=40)
         for each in returns), batch_size=2000,
    )  # fmt: skip
    SchoolFigures.objects.bulk_create(
        (SchoolFigures(part=part, release=release, number=part.number, counts=counts)
         for part, counts in zip(parts, cycle(counted), strict=False)), batch_size=500,
    )  # fmt: skip
    return release


if __name__ == "__main__":
    main()
