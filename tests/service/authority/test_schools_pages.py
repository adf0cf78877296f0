"""An authority sees its own schools, each with its state, and never another's; a trust sees the trust's."""

import csv
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from keystage.service.accounts.models import Organisation
from keystage.service.accounts.roles import OrganisationKind, Role
from keystage.service.design.words import date_words
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Event
from keystage.service.gateway.models import AuthoritySettings, GatewayReturn, Receipt, ResendRequest
from keystage.service.gateway.queries import returns_of
from service.at_gateway import send
from service.counties import County, a_county
from service.made import YEAR


@pytest.fixture
def county(db: None) -> County:
    return a_county()


@pytest.fixture
def officer(county: County) -> Client:
    client = Client()
    client.force_login(county.officer)
    return client


@pytest.fixture
def analyst(county: County) -> Client:
    client = Client()
    client.force_login(county.analyst)
    return client


def text(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, (path, response.status_code)
    return response.content.decode()


def taken(client: Client, path: str) -> list[list[str]]:
    response = client.get(path)
    content = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.reader(StringIO(content)))


def test_every_school_is_listed_with_its_state_and_no_other_authoritys(county: County, officer: Client) -> None:
    page = text(officer, county.base)
    assert all(name in page for name in county.schools)
    assert "Farbridge" not in page
    assert "Accepted: 3 of 5 schools" in page
    assert "Asked to send again" in page


def test_a_list_is_narrowed_by_state_and_by_name_or_number(county: County, officer: Client) -> None:
    page = text(officer, f"{county.base}?state=in+error")
    assert "Ottermere Primary" in page
    assert "Quellbridge Primary" not in page
    for q in ("ottermere", "9992002", "999/2002", "primary otter"):
        page = text(officer, f"{county.base}?q={q}")
        assert "Ottermere Primary" in page, q
        assert "Quellbridge Primary" not in page, q
    assert "No school is like this" in text(officer, f"{county.base}?q=zzz")


def test_a_search_does_not_look_for_pupils(county: County, officer: Client) -> None:
    assert "No school is like this" in text(
        officer, f"{county.base}?q={county.schools['Quellbridge'].pupils[0].surname}"
    )


def test_a_school_that_missed_its_date_is_said_to_be_late(county: County, officer: Client) -> None:
    AuthoritySettings.objects.update(due_at=timezone.now() - timedelta(hours=1))
    page = text(officer, f"{county.base}?q=Ottermere")
    assert "<strong>Late</strong>" in page
    assert "<strong>Late</strong>" not in text(officer, f"{county.base}?q=Quellbridge"), (
        "an accepted return is not late"
    )


def test_a_schools_page_shows_who_is_missing_what_was_found_and_the_receipt(county: County, officer: Client) -> None:
    ottermere, quellbridge = county.schools["Ottermere"], county.schools["Quellbridge"]
    page = text(officer, f"{county.base}school/{ottermere.gateway_return.key}/")
    assert str(ottermere.pupils[2]) in page
    assert "A code that is not valid" in page
    page = text(officer, f"{county.base}school/{quellbridge.gateway_return.key}/")
    assert f"R-{YEAR}-" in page
    assert "Who is missing" not in page


def test_a_file_of_a_school_can_be_looked_at(county: County, officer: Client) -> None:
    found = county.schools["Quellbridge"].now()
    page = text(officer, f"{county.base}school/{found.key}/file/{found.latest.key}/")  # type: ignore[union-attr]
    assert "9992001_KS2_NAALLLL_001.xml" in page


def test_a_receipt_is_the_same_that_the_school_has(county: County, officer: Client) -> None:
    school = county.schools["Quellbridge"]
    number = Receipt.objects.get(gateway_return=school.gateway_return).number
    own = Client()
    own.force_login(school.manager)
    theirs = text(own, f"{school.base}receipts/{number}/")
    page = text(officer, f"{county.base}school/{school.gateway_return.key}/receipt/{number}/")
    for part in ("Fingerprint of what counts", "What counts of each pupil", str(school.pupils[0])):
        assert part in page
        assert part in theirs
    pdf = officer.get(f"{county.base}school/{school.gateway_return.key}/receipt/{number}/pdf/")
    assert pdf.content.startswith(b"%PDF")
    taken_by = Event.objects.get(kind=Kind.RECEIPT_TAKEN)
    assert (taken_by.person, taken_by.organisation) == (county.officer, school.organisation)


def foreign_paths(county: County, base: str) -> Iterator[str]:
    """Yield every address in which the key of something foreign can stand."""
    own, foreign = county.schools["Quellbridge"].gateway_return, county.foreign.now()
    yield f"{base}school/{foreign.key}/"
    yield f"{base}school/{foreign.key}/file/{foreign.latest.key}/"  # type: ignore[union-attr]
    yield f"{base}school/{own.key}/file/{foreign.latest.key}/"  # type: ignore[union-attr]
    number = Receipt.objects.get(gateway_return=foreign).number
    for key in (own.key, foreign.key):
        yield f"{base}school/{key}/receipt/{number}/"
        yield f"{base}school/{key}/receipt/{number}/pdf/"


def test_nothing_of_another_authority_is_reached(county: County, officer: Client) -> None:
    for path in [*foreign_paths(county, county.base), f"{county.base}school/{county.foreign.gateway_return.key}/ask/"]:
        assert officer.get(path).status_code == 404, path
        assert officer.post(path, {"reason": "x"}).status_code in (404, 405), path
    assert ResendRequest.objects.filter(gateway_return=county.foreign.gateway_return).count() == 0


def test_a_zip_of_another_authority_is_not_reached(county: County) -> None:
    from service.made import a_person

    farshire = Organisation.objects.get(number="998", kind=OrganisationKind.AUTHORITY)
    client = Client()
    client.force_login(a_person(farshire, Role.DATA_OFFICER, "Dara Far"))
    for page in ("", "report.xlsx", "go-on/"):
        path = f"/authority/{farshire.key}/{YEAR}/uploads/{county.upload.key}/{page}"
        assert 404 in {client.get(path).status_code, client.post(path).status_code}, path
    assert "Quellbridge" not in text(client, f"/authority/{farshire.key}/{YEAR}/")
    assert "Quellbridge" not in text(client, f"/authority/{farshire.key}/{YEAR}/lately/")


def test_practice_schools_and_real_ones_never_meet(county: County) -> None:
    practice = Organisation.objects.create(
        kind=OrganisationKind.AUTHORITY, name="Practice", number="999", is_practice=True
    )
    assert list(returns_of(county.gateway.collection, practice)) == []


def test_an_authority_without_a_number_has_no_schools(county: County) -> None:
    GatewayReturn.objects.update(authority_number="")
    nobody = Organisation.objects.create(kind=OrganisationKind.AUTHORITY, name="Nowhere")
    assert list(returns_of(county.gateway.collection, nobody)) == []


def test_a_trust_sees_the_date_that_the_authority_of_each_school_has_set(county: County, analyst: Client) -> None:
    gateway, base = county.gateway, f"/authority/{county.trust.key}/{YEAR}/"
    due = gateway.collection.closes_at - timedelta(days=10)
    AuthoritySettings.objects.filter(collection=gateway.collection, authority=gateway.authority).update(due_at=due)
    shown = [row for row in text(analyst, base).split("<tr") if "Primary School" in row]
    days = [date_words(each - timedelta(seconds=1)) for each in (gateway.collection.closes_at, due)]
    assert [f">{day}" in row for day, row in zip(days, shown, strict=True)] == [True, True]
    own = county.schools["Quellbridge"].gateway_return.key
    assert date_words(due - timedelta(seconds=1)) in text(analyst, f"{base}school/{own}/")


def test_a_trust_sees_its_own_schools_wherever_they_are(county: County, analyst: Client) -> None:
    base = f"/authority/{county.trust.key}/{YEAR}/"
    page = text(analyst, base)
    assert "Quellbridge" in page
    assert "Farbridge" in page
    assert "Ottermere" not in page
    assert "Send files" not in page
    own = county.schools["Quellbridge"].gateway_return.key
    assert "send again" not in text(analyst, f"{base}school/{own}/")
    assert analyst.get(f"{base}school/{county.schools['Ottermere'].gateway_return.key}/").status_code == 404
    assert analyst.post(f"{base}school/{own}/ask/", {"reason": "x"}).status_code == 404


def test_the_file_of_judgements_holds_every_pupil_who_counts_and_nobody_else(county: County, officer: Client) -> None:
    head, *rows = taken(officer, f"{county.base}judgements.csv")
    assert head[:5] == ["School number", "School", "UPN", "Surname", "Forename"]
    assert sorted({row[0] for row in rows}) == ["9992001", "9992003", "9992005"]
    assert len(rows) == 9
    assert rows[0][7:11] == ["", "EXS", "", "EXS"]
    event = Event.objects.filter(kind=Kind.FILE_TAKEN).get()
    assert (event.person, event.organisation) == (county.officer, county.gateway.authority)


def test_a_name_that_a_spreadsheet_would_run_is_guarded_in_the_file(county: County, officer: Client) -> None:
    from keystage.service.gateway.models import HeldPupil

    HeldPupil.objects.filter(gateway_return=county.schools["Quellbridge"].gateway_return).update(surname="=1+1")
    assert "'=1+1" in {row[3] for row in taken(officer, f"{county.base}judgements.csv")}


def test_lately_shows_new_files_acceptances_and_requests(county: County, officer: Client) -> None:
    page = text(officer, f"{county.base}lately/")
    for said in ("sent 9992001_KS2_NAALLLL_001.xml", "accepted at the gateway", "asked the school to send again"):
        assert said in page, said
    assert "Farbridge" not in page


def test_a_school_is_asked_to_send_again_with_a_reason(county: County, officer: Client) -> None:
    school = county.schools["Ottermere"]
    path = f"{county.base}school/{school.gateway_return.key}/"
    page = officer.post(f"{path}ask/", {"reason": ""})
    assert "Enter why the school should send again" in page.content.decode()
    answer = officer.post(f"{path}ask/", {"reason": "Names are cut"}, follow=True)
    assert "Ottermere Primary School has been asked to send again" in answer.content.decode()
    made = ResendRequest.objects.get(gateway_return=school.gateway_return)
    assert (made.reason, made.asked_for, made.asked_by) == ("Names are cut", county.gateway.authority, county.officer)


def test_a_request_that_cannot_be_made_loses_no_words(county: County, officer: Client) -> None:
    silent = county.schools["Larkhollow"]
    path = f"{county.base}school/{silent.gateway_return.key}/ask/"
    page = officer.post(path, {"reason": "All of it"}).content.decode()
    assert "Nothing has come from Larkhollow" in page
    assert "All of it" in page


def test_a_date_of_its_own_is_set_and_refused_beside_the_field(county: County, officer: Client) -> None:
    path = f"{county.base}settings/"
    day = timezone.localdate() + timedelta(days=7)
    answer = officer.post(path, {"due_on": f"{day:%d/%m/%Y}", "emails": "nothing"})
    assert answer.status_code == 302
    assert [str(each) for each in get_messages(answer.wsgi_request)] == ["Your date and emails are saved."]
    held = AuthoritySettings.objects.get()
    assert (timezone.localdate(held.due_at - timedelta(seconds=1)), held.emails) == (day, "nothing")  # type: ignore[operator]
    assert f"{day:%d/%m/%Y}" in text(officer, path)
    for wrong in ("01/01/2031", "31/12/9999", "01/01/0001", "soon"):
        answer = officer.post(path, {"due_on": wrong, "emails": "each"})
        assert answer.status_code == 200, wrong
    assert AuthoritySettings.objects.get().due_at == held.due_at


def test_who_only_moderates_neither_sends_nor_sets_dates(county: County) -> None:
    client = Client()
    client.force_login(county.gateway.people[Role.MODERATION_MANAGER])
    page = text(client, county.base)
    assert "Send files" not in page
    assert client.get(f"{county.base}uploads/").status_code == 403
    assert client.get(f"{county.base}settings/").status_code == 403


def many(county: County, schools: int) -> None:
    """Put more schools into the authority, as copies of one that sent."""
    latest = county.schools["Quellbridge"].now().latest
    made = Organisation.objects.bulk_create(
        Organisation(kind=OrganisationKind.SCHOOL, name=f"School {serial} Primary", number=f"999{3000 + serial}")
        for serial in range(schools)
    )
    GatewayReturn.objects.bulk_create(
        GatewayReturn(
            collection=county.gateway.collection, school=school, number=school.number, authority_number="999",
            latest=latest, counting=latest,
        )
        for school in made
    )  # fmt: skip


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def test_the_number_of_queries_does_not_grow_with_the_schools(county: County, officer: Client) -> None:
    pages = [
        county.base,
        f"{county.base}lately/",
        f"{county.base}uploads/",
        f"{county.base}uploads/{county.upload.key}/",
    ]
    pages = [*pages, f"{county.base}school/{county.schools['Quellbridge'].gateway_return.key}/"]
    before = {path: queries(officer, path) for path in pages}
    many(county, 400)
    for path in pages:
        assert queries(officer, path) == before[path], path
    assert before[county.base] <= 12


def test_a_file_more_costs_no_query_more(county: County, officer: Client) -> None:
    school = county.schools["Quellbridge"]
    path = f"{county.base}school/{school.gateway_return.key}/"
    before = queries(officer, path)
    send(school, [], serial=2)
    send(school, [], serial=3)
    assert queries(officer, path) == before
