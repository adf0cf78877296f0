"""``python -m benchmarks.authority``: an authority's live list of its schools, beside a bare view of the same table.

The baseline writes the same cells as plain HTML, straight from one query: the least that such a page can take.
"""

import argparse
import os
import platform
import tempfile
from html import escape
from typing import TYPE_CHECKING

from benchmarks.country import AIM, a_country
from benchmarks.measure import against, table
from benchmarks.school import count, getter

if TYPE_CHECKING:
    from collections.abc import Callable

    from keystage.service.gateway.models import Collection

_CELLS = (
    *("school__name", "number", "state", "expected", "received", "missing", "unexpected", "latest__received_at"),
    *("declared_at", "visit_on"),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--schools", type=int, default=400)
    parser.add_argument("--seconds", type=float, default=15.0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"KEYSTAGE_DATA": folder, "KEYSTAGE_HOSTS": "testserver"}
        from keystage.service.config.starting import ready

        ready()
        measure(options.schools, options.seconds)


def measure(schools: int, seconds: float) -> None:
    """Make the schools, and print how long each page takes."""
    from django.test import Client

    collection, people = a_country(schools)
    moderate_a_quarter(collection)
    organisation, person = people["authority"]
    client = Client()
    client.force_login(person)
    base = f"/authority/{organisation.key}/{collection.year}/"
    stamp = client.get(base).content.decode().partition('data-numbers-stamp="')[2].partition('"')[0]
    pages = {
        "the list": "", "sorted, the late ones": "?sort=-missing&only=late", "as it is now, for a script": "now/",
        "as CSV": "schools.csv", "schools to remind": "chase/", "moderated schools": "moderation/",
    }  # fmt: skip
    runs: dict[str, Callable[[], object]] = {name: getter(client, base + page) for name, page in pages.items()}
    runs["asked for news, and there is none"] = lambda: client.get(f"{base}now/?since={stamp}")
    timed = against(lambda: bare(collection), runs, seconds, called="the same cells, bare")
    queries = {name: str(count(run)) for name, run in runs.items()}
    rows = [
        (each.name, f"{each.seconds * 1000:.1f}", f"{each.ratio:.1f}", queries.get(each.name, "1")) for each in timed
    ]
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.system()}, SQLite; load {load}")
    table(f"An authority of {schools:,} schools (aim: {AIM} ms)", ("", "ms", "times", "queries"), rows)


def moderate_a_quarter(collection: "Collection") -> None:
    """Have every fourth school moderated, every tenth reminded."""
    from django.db.models import F
    from django.utils import timezone

    from keystage.service.accounts.models import Person
    from keystage.service.gateway.models import GatewayReturn, ModerationVisit

    returns = GatewayReturn.objects.filter(collection=collection)
    numbered = returns.annotate(rest=F("pk") % 4)
    moderated = list(numbered.filter(rest=0))
    returns.filter(pk__in=[each.pk for each in moderated]).update(is_moderated=True, visit_on=timezone.localdate())
    ModerationVisit.objects.bulk_create(
        ModerationVisit(gateway_return=each, moderator="Mo Lane", held_on=timezone.localdate()) for each in moderated
    )
    returns.annotate(tenth=F("pk") % 10).filter(tenth=0).update(
        chased_at=timezone.now(), chased_by=Person.objects.order_by("pk").first()
    )


def bare(collection: "Collection") -> str:
    """Write the cells of every school as HTML, from one query."""
    from keystage.service.gateway.models import GatewayReturn

    rows = GatewayReturn.objects.filter(collection=collection).order_by("school__name").values_list(*_CELLS)
    return "".join(f"<tr>{''.join(f'<td>{escape(str(cell))}</td>' for cell in row)}</tr>" for row in rows)


if __name__ == "__main__":
    main()
