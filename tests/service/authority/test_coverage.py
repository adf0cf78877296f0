"""The list of an authority's schools: totals, filters, order, live, and as a file."""

import csv
from datetime import timedelta
from io import StringIO
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from keystage.service.gateway.models import AuthoritySettings, GatewayReturn
from keystage.service.gateway.services.helping import write
from service.at_gateway import a_pupil, a_school_there, send
from service.counties import NAMES, County, a_county


@pytest.fixture
def county(db: None) -> County:
    return a_county()


@pytest.fixture
def officer(county: County) -> Client:
    client = Client()
    client.force_login(county.officer)
    return client


def shown(client: Client, county: County, **chosen: str) -> list[str]:
    """Return the schools that a choice shows, in the order of the page."""
    page = client.get(f"{county.base}?{urlencode(chosen)}").content.decode()
    _, _, table = page.partition("<tbody")
    places = {name: table.find(name) for name in NAMES}
    return sorted((name for name in NAMES if places[name] >= 0), key=lambda name: places[name])


def test_every_state_is_counted_and_leads_to_its_schools(county: County, officer: Client) -> None:
    page = officer.get(county.base).content.decode()
    assert "Accepted: 3 of 5 schools" in page
    assert 'href="?state=in+error">1 school' in page
    assert 'href="?only=moderated">1 school' in page


def test_a_school_that_has_sent_too_few_is_short_by_their_number(county: County, officer: Client) -> None:
    there = a_school_there(county.gateway, number="9992077", name="Shortford Primary School")
    county.gateway.collection.accepts_single_pupils = True
    county.gateway.collection.save()
    send(there, [a_pupil(each) for each in there.pupils[:1]])
    assert there.now().missing == 2
    page = officer.get(f"{county.base}?only=short").content.decode()
    assert "Short by 2" in page
    assert "Larkhollow" not in page, "who has sent nothing is not started, and not short"


@pytest.mark.parametrize(
    ("only", "names"),
    [
        ("asked", ["Brackenford"]), ("moderated", ["Larkhollow"]), ("help", ["Ottermere"]), ("differs", ["Mossgate"]),
        ("late", ["Larkhollow", "Ottermere"]), ("unchased", ["Larkhollow", "Ottermere"]),
        ("undeclared", ["Brackenford", "Larkhollow", "Mossgate", "Ottermere"]),
    ],
)  # fmt: skip
def test_only_those_that_are_so_are_shown(county: County, officer: Client, only: str, names: list[str]) -> None:
    AuthoritySettings.objects.update(due_at=timezone.now() - timedelta(hours=1))
    returns = GatewayReturn.objects.filter(school__name__startswith="Larkhollow")
    returns.update(visit_on=timezone.localdate() - timedelta(days=1))
    write(county.schools["Ottermere"].now(), "Where?", by=county.schools["Ottermere"].manager, is_helpdesk=False,
          base="https://keystage.example")  # fmt: skip
    GatewayReturn.objects.filter(school__name__startswith="Mossgate").update(differing=1)
    GatewayReturn.objects.filter(school__name__startswith="Quell").update(declared_at=timezone.now())
    assert shown(officer, county, only=only) == names


def test_a_moderated_school_is_not_late_until_its_visit_has_passed(county: County, officer: Client) -> None:
    AuthoritySettings.objects.update(due_at=timezone.now() - timedelta(hours=1))
    GatewayReturn.objects.filter(is_moderated=True).update(visit_on=timezone.localdate())
    assert shown(officer, county, only="late") == ["Ottermere"]


def test_filters_work_together(county: County, officer: Client) -> None:
    assert shown(officer, county, state="accepted", q="brack") == ["Brackenford"]
    assert shown(officer, county, state="in error", only="moderated") == []
    assert len(shown(officer, county, state="no such", only="nonsense", sort="-what")) == 5


@pytest.mark.parametrize(
    ("sort", "first", "last"),
    [("school", "Brackenford", "Quellbridge"), ("-school", "Quellbridge", "Brackenford"),
     ("state", "Larkhollow", ""), ("visit", "Larkhollow", ""), ("latest", "Quellbridge", "Larkhollow")],
)  # fmt: skip
def test_a_heading_sorts_the_list(county: County, officer: Client, sort: str, first: str, last: str) -> None:
    found = shown(officer, county, sort=sort)
    assert len(found) == 5
    assert first in ("", found[0])
    assert last in ("", found[-1])


def test_the_heading_says_how_the_list_is_sorted_and_leads_to_the_other_way(county: County, officer: Client) -> None:
    page = officer.get(f"{county.base}?sort=missing&state=accepted").content.decode()
    assert page.count("aria-sort=") == 1
    link = page.partition('aria-sort="ascending"><a ')[2].partition(">")[0]
    assert 'href="?state=accepted&amp;sort=-missing"' in link


def test_a_page_that_stands_open_is_told_what_is_new_and_nothing_otherwise(county: County, officer: Client) -> None:
    def stamp(content: str) -> str:
        return content.partition('data-numbers-stamp="')[2].partition('"')[0]

    first = stamp(officer.get(county.base).content.decode())
    asked = f"{county.base}now/?since={first}&state=accepted"
    assert officer.get(asked).status_code == 204
    send(county.schools["Larkhollow"])
    answer = officer.get(asked)
    assert answer.status_code == 200
    assert "<html" not in answer.content.decode()
    assert "Larkhollow" in answer.content.decode(), "it is accepted by now"
    assert stamp(answer.content.decode()) not in ("", first)


def test_the_list_is_a_file_as_it_was_chosen(county: County, officer: Client) -> None:
    answer = officer.get(f"{county.base}schools.csv?state=in+error")
    head, *rows = csv.reader(StringIO(answer.content.decode("utf-8-sig")))
    assert [row[:6] for row in rows] == [["9992002", "Ottermere Primary School", "In error", "3", "0", "3"]]
    assert len(head) == len(rows[0])
    assert not any(str(each.surname) in answer.content.decode() for each in county.schools["Ottermere"].pupils)


def test_the_list_asks_the_database_as_often_for_many_schools_as_for_few(county: County, officer: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            officer.get(county.base)
        return len(captured)

    before = queries()
    for serial in range(30):
        a_school_there(county.gateway, number=f"9993{serial:03}", name=f"School {serial}", pupils=0)
    assert queries() == before
