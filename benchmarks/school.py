"""``make bench``: every page of a school's year and a save, beside a Django view that does nothing, in one process."""

import argparse
import itertools
import json
import os
import tempfile
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from benchmarks.measure import against, table

if TYPE_CHECKING:
    from django.test import Client

    from keystage.service.school.models import SchoolReturn

PAGES = ("tasks", "pupils", "marksheet", "checks", "signing", "exports", "reports", "summary")
AIM_PAGE, AIM_SAVE = 100, 50
"""Milliseconds on the server at 240 pupils."""


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--pupils", type=int, nargs="*", default=[30, 240])
    parser.add_argument("--seconds", type=float, default=20.0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"KEYSTAGE_DATA": folder, "KEYSTAGE_HOSTS": "testserver"}
        from keystage.service.config.starting import ready

        ready()
        for pupils in options.pupils:
            measure(pupils, options.seconds)


def measure(pupils: int, seconds: float) -> None:
    from benchmarks.school_reports import with_reports
    from benchmarks.schools import a_full_school, signed_in, with_results

    school = a_full_school(pupils)
    with_results(school)
    with_reports(school)
    client = signed_in(school)
    runs: dict[str, Callable[[], Any]] = {name: getter(client, address(school, name)) for name in PAGES}
    runs["saving a cell"] = saver(client, school)
    timed = against(getter(client, "/healthz"), runs, seconds, called="a view that does nothing")
    queries = {name: count(run) for name, run in runs.items()}
    rows = [
        (each.name, f"{each.seconds * 1000:.1f}", f"{each.ratio:.1f}", str(queries.get(each.name, "")))
        for each in timed
    ]
    aims = f"aims: a page {AIM_PAGE} ms, a save {AIM_SAVE} ms"
    table(f"The school's side at {pupils} pupils ({aims})", ("", "ms", "times", "queries"), rows)


def address(school: "SchoolReturn", name: str) -> str:
    from django.urls import reverse

    return reverse(f"school:{name}", kwargs={"organisation": school.organisation.key, "year": school.year})


def getter(client: "Client", path: str) -> Callable[[], Any]:
    def get() -> None:
        response = client.get(path)
        assert response.status_code == 200, (path, response.status_code)
        b"".join(response)

    return get


def saver(client: "Client", school: "SchoolReturn") -> Callable[[], Any]:
    pupil = school.pupils.order_by("-pk")[0].key
    cells = f"{address(school, 'marksheet')}cells"
    turns = itertools.cycle(("EXS", "GDS"))
    version = itertools.count(1)

    def save() -> None:
        change = {"pupil": pupil, "subject": "writing", "code": next(turns), "version": next(version)}
        body = json.dumps({"changes": [change], "how": "typed"})
        response = client.post(cells, body, content_type="application/json")
        assert response.status_code == 200, response.content
        assert response.json()["saved"], response.content

    return save


def count(run: Callable[[], Any]) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        run()
    return len(captured)


if __name__ == "__main__":
    main()
