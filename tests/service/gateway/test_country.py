"""The country as the agency sees it: sums that agree with what is stored, and schools that are stuck."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from keystage.service.accounts.models import Organisation
from keystage.service.accounts.roles import OrganisationKind, Role
from keystage.service.gateway.models import Collection, GatewayReturn, HeldPupil, Receipt, State, Submission
from keystage.service.gateway.presenters.country import ByState, by_authority, by_day, by_hour, by_state, sums
from keystage.service.gateway.presenters.stuck import WAYS
from keystage.years.subjects import Subject
from service.at_gateway import GOOD, SchoolThere, a_pupil, send
from service.counties import County, a_county
from service.made import YEAR


@pytest.fixture
def county(db: None) -> County:
    return a_county()


@pytest.fixture
def operator(county: County) -> Client:
    client = Client()
    client.force_login(county.gateway.people[Role.OPERATOR])
    return client


def text(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, (path, response.status_code)
    return response.content.decode()


def test_the_states_hold_every_school_and_pupil_once(county: County) -> None:
    states = {each.state: each for each in by_state(county.gateway.collection)}
    assert {state: each.schools for state, each in states.items()} == {
        State.NOT_STARTED: 1, State.INCOMPLETE: 0, State.IN_ERROR: 1, State.ACCEPTED_WITH_QUERIES: 0,
        State.ACCEPTED: 4, State.REMOVED: 0,
    }  # fmt: skip
    assert states[State.ACCEPTED].numbers == {
        "expected": 12, "received": 12, "missing": 0, "unexpected": 0, "accepted": 12,
    }  # fmt: skip
    assert sums(list(states.values())) == {
        "schools": 6, "expected": 18, "received": 12, "missing": 6, "unexpected": 0, "accepted": 12,
    }  # fmt: skip
    assert states[State.ACCEPTED].percent == "66.7%"


@pytest.mark.parametrize(("share", "words"), [
    (0.0, "0%"), (1.0, "100%"), (0.00001, "0.1%"), (0.99999, "99.9%"), (0.5, "50.0%"),
])  # fmt: skip
def test_a_share_is_never_rounded_to_nothing_or_to_all(share: float, words: str) -> None:
    assert ByState("x", "X", "", 1, share, {}).percent == words


def test_authorities_are_sorted_by_name_or_from_the_most(county: County) -> None:
    collection = county.gateway.collection
    assert [each.name for each in by_authority(collection)] == ["Farshire", "Quellshire"]
    assert [each.name for each in by_authority(collection, "schools")] == ["Quellshire", "Farshire"]
    quellshire = by_authority(collection, "missing")[0]
    assert (quellshire.schools, quellshire.accepted, quellshire.in_error, quellshire.not_started) == (5, 3, 1, 1)
    assert (quellshire.expected, quellshire.missing) == (15, 6)
    assert [each.name for each in by_authority(collection, "no such thing")] == ["Farshire", "Quellshire"]


def test_an_authority_that_is_not_known_is_called_by_its_number(county: County) -> None:
    Organisation.objects.filter(number="998", kind=OrganisationKind.AUTHORITY).delete()
    assert by_authority(county.gateway.collection)[0].name == "Authority 998"


def at(*when: int) -> datetime:
    return datetime(*when, tzinfo=UTC)  # type: ignore[misc]


def test_days_are_those_of_london_and_a_return_is_accepted_once(county: County) -> None:
    collection, school = county.gateway.collection, county.schools["Quellbridge"]
    Submission.objects.update(received_at=at(2026, 6, 10, 12))
    late = school.now().latest
    assert late
    Submission.objects.filter(pk=late.pk).update(received_at=at(2026, 6, 11, 23, 30))  # half past midnight in London
    Receipt.objects.update(at=at(2026, 6, 12, 12))
    first = Receipt.objects.get(gateway_return=school.gateway_return)
    Receipt.objects.create(
        number="R-2026-AGAIN", gateway_return=first.gateway_return, at=at(2026, 6, 13, 9), fingerprint="f", content={}
    )
    days = {f"{each.at:%d}": (each.received, each.accepted) for each in by_day(collection)}
    assert days == {"10": (5, 0), "11": (0, 0), "12": (1, 4)}


def test_the_last_hours_have_a_line_each(county: County) -> None:
    now = at(2026, 6, 26, 14, 30)
    Submission.objects.update(received_at=at(2026, 6, 26, 14, 5))
    Receipt.objects.update(at=at(2026, 6, 26, 13, 59))
    hours = by_hour(county.gateway.collection, now)
    assert len(hours) == 48
    assert [(f"{each.at:%H}", each.received, each.accepted) for each in hours[-2:]] == [("14", 0, 4), ("15", 6, 0)]
    assert sum(each.received for each in hours) == 6


def names(way: str, collection: Collection) -> list[str]:
    return [each.school.name.split()[0] for each in WAYS[way].find(collection)]


def test_a_return_in_error_for_long_is_stuck(county: County) -> None:
    collection = county.gateway.collection
    assert names("unfinished", collection) == []
    Submission.objects.update(received_at=timezone.now() - timedelta(days=3, minutes=1))
    assert names("unfinished", collection) == ["Ottermere"]
    (found,) = WAYS["unfinished"].find(collection)
    assert WAYS["unfinished"].about(found).startswith("In error, and nothing new since ")


def faulty(school: SchoolThere, times: int, serial: int) -> None:
    for more in range(times):
        codes = {**GOOD, Subject.WRITING: f"X{serial + more}"}
        send(school, [a_pupil(each, codes) for each in school.pupils], serial=serial + more)


def test_several_faulty_files_in_a_row_are_stuck_until_a_good_one_comes(county: County) -> None:
    collection, school = county.gateway.collection, county.schools["Ottermere"]
    faulty(school, 1, 2)
    assert names("failing", collection) == [], "two are not several"
    faulty(school, 1, 3)
    assert names("failing", collection) == ["Ottermere"]
    (found,) = WAYS["failing"].find(collection)
    assert WAYS["failing"].about(found) == "The last 3 files had errors or could not be read"
    send(school, serial=9)
    faulty(school, 2, 10)
    assert names("failing", collection) == []


def test_a_school_is_silent_only_some_days_after_the_opening(county: County) -> None:
    collection = county.gateway.collection
    assert names("silent", collection) == []
    collection.opens_at = timezone.now() - timedelta(days=3, minutes=1)
    assert names("silent", collection) == ["Larkhollow"]


def test_the_page_of_the_stuck_shows_why_with_a_link(county: County, operator: Client) -> None:
    Submission.objects.update(received_at=timezone.now() - timedelta(days=4))
    page = text(operator, f"{county.country}stuck/")
    assert f"{county.country}schools/{county.schools['Ottermere'].gateway_return.key}/" in page
    assert "In error, and nothing new since" in page
    assert "No school is stuck in this way" in text(operator, f"{county.country}stuck/?why=failing")
    assert text(operator, f"{county.country}stuck/?why=nonsense&page=nonsense")


def test_schools_are_found_by_name_number_state_and_authority(county: County, operator: Client) -> None:
    for query, found, other in (
        ("q=farbridge", "Farbridge", "Quellbridge"), ("q=9982001", "Farbridge", "Quellbridge"),
        ("authority=998", "Farbridge", "Quellbridge"), ("state=in+error", "Ottermere", "Quellbridge"),
    ):  # fmt: skip
        page = text(operator, f"{county.country}schools/?{query}")
        assert f"{found} Primary" in page, query
        assert f"{other} Primary" not in page, query
    assert "three figures" in text(operator, f"{county.country}schools/?authority=x")


def test_a_schools_page_has_everything(county: County, operator: Client) -> None:
    school = county.schools["Brackenford"]
    page = text(operator, f"{county.country}schools/{school.gateway_return.key}/")
    asked, receipt = "asked the school to send again", f"R-{YEAR}-"
    for said in (asked, receipt, "Headteacher’s declaration", "Corrections", "Moderated"):
        assert said in page, said
    latest = school.now().latest
    assert latest
    assert "cut short" in text(operator, f"{county.country}schools/{school.gateway_return.key}/file/{latest.key}/")
    elsewhere = f"{county.country}schools/{county.foreign.gateway_return.key}/file/{latest.key}/"
    assert operator.get(elsewhere).status_code == 404


def test_the_agency_has_the_same_receipt(county: County, operator: Client) -> None:
    school = county.schools["Quellbridge"]
    number = Receipt.objects.get(gateway_return=school.gateway_return).number
    path = f"{county.country}schools/{school.gateway_return.key}/receipt/{number}/"
    assert "Fingerprint of what counts" in text(operator, path)
    assert operator.get(f"{path}pdf/").content.startswith(b"%PDF")
    other = f"{county.country}schools/{county.foreign.gateway_return.key}/receipt/{number}/"
    assert operator.get(other).status_code == 404


def test_a_return_is_removed_with_a_reason_by_who_runs_the_collection(county: County, operator: Client) -> None:
    school = county.schools["Quellbridge"]
    path = f"{county.country}schools/{school.gateway_return.key}/"
    assert "Enter why the return is removed" in operator.post(f"{path}remove/", {}).content.decode()
    page = operator.post(f"{path}remove/", {"reason": "Sent for another school"}, follow=True).content.decode()
    assert "has been removed. Nothing of it counts now." in page
    assert "Sent for another school" in page
    assert school.now().state == State.REMOVED
    assert not HeldPupil.objects.filter(gateway_return=school.gateway_return, removed_at=None).exists()
    again = operator.post(f"{path}remove/", {"reason": "Once more"}).content.decode()
    assert "Nothing counts in this return" in again
    assert "Once more" in again


def test_the_helpdesk_asks_a_school_and_removes_nothing(county: County) -> None:
    client = Client()
    client.force_login(county.gateway.people[Role.HELPDESK])
    path = f"{county.country}schools/{county.schools['Ottermere'].gateway_return.key}/"
    page = client.post(f"{path}ask/", {"reason": "Names are cut"}, follow=True).content.decode()
    assert "Ottermere Primary School has been asked to send again" in page
    assert client.get(f"{path}remove/").status_code == 403
    assert client.get(f"{path}record/").status_code == 403
    assert "Remove the return" not in page


def test_the_record_says_who_did_what_and_names_pupils_only_in_their_schools(county: County, operator: Client) -> None:
    page = text(operator, f"{county.country}record/")
    assert "Dana Marsh sent 9992001_KS2_NAALLLL_001.xml to the gateway" in page
    assert "row." in page
    assert "row.." not in page
    own = text(operator, f"{county.country}schools/{county.schools['Brackenford'].gateway_return.key}/record/")
    assert "asked the school to send again" in own
    assert "9992001" not in own
    assert "Nothing was done" in text(operator, f"{county.country}record/?before=0")
    assert text(operator, f"{county.country}record/?before={'9' * 30}&who=agency")


RECORD = {
    "about=files": True,
    "about=results": False,
    "person=dana": True,
    "person=Nobody": False,
    "school=9992001": True,
    "school=999/2001": True,
    "school=Elsewhere": False,
    "on=2001-01-01": False,
    "about=nonsense&on=never": True,
}
"""What is asked of the record, and whether the arrival of the file 9992001_… is in what is found."""


@pytest.mark.parametrize("query", RECORD)
def test_the_record_is_searched(county: County, operator: Client, query: str) -> None:
    found = "9992001_KS2_NAALLLL_001.xml to the gateway" in text(operator, f"{county.country}record/?{query}")
    assert found is RECORD[query]


def test_the_record_is_searched_by_the_day_in_london(county: County, operator: Client) -> None:
    today = timezone.localdate()
    assert "9992001_KS2" in text(operator, f"{county.country}record/?on={today:%d/%m/%Y}&about=files")


def test_what_is_searched_for_stays_when_one_goes_back_in_time(
    county: County, operator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("keystage.service.gateway.views.agency.record._AT_ONCE", 1)
    page = operator.get(f"{county.country}record/?about=files&school=9992001").content.decode()
    assert re.search(r'href="\?about=files&amp;school=9992001&amp;before=\d+"', page)


def many(county: County, schools: int) -> None:
    made = Organisation.objects.bulk_create(
        Organisation(kind=OrganisationKind.SCHOOL, name=f"School {serial} Primary", number=f"998{3000 + serial}")
        for serial in range(schools)
    )
    GatewayReturn.objects.bulk_create(
        GatewayReturn(collection=county.gateway.collection, school=school, number=school.number, authority_number="998")
        for school in made
    )


def test_the_number_of_queries_does_not_grow_with_the_country(county: County, operator: Client) -> None:
    def queries(path: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            text(operator, path)
        return len(captured)

    pages = [f"{county.country}{page}" for page in ("", "time/", "schools/", "stuck/?why=silent", "record/")]
    Collection.objects.update(opens_at=timezone.now() - timedelta(days=9))
    before = {path: queries(path) for path in pages}
    many(county, 300)
    assert {path: queries(path) for path in pages} == before
    assert max(before.values()) <= 12, before


def test_practice_and_real_collections_never_meet(county: County) -> None:
    practice = Collection.objects.create(
        year=YEAR, is_practice=True, opens_at=timezone.now(), closes_at=timezone.now() + timedelta(days=1)
    )
    assert sums(by_state(practice))["schools"] == 0
    assert by_authority(practice) == []
    assert by_day(practice) == []
