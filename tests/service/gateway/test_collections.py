"""Collections are opened, moved, closed and opened again; schools are extended; everybody sees the dates that apply."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.test import Client

from keystage.service.accounts.models import Organisation, Person
from keystage.service.accounts.roles import OrganisationKind, Role
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.design.words import until_words
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Event
from keystage.service.gateway.dates import authority_settings, dates_of
from keystage.service.gateway.models import AuthoritySettings, Collection, GatewayReturn
from keystage.service.gateway.presenters.dates import dates_for
from keystage.service.gateway.services import collection_dates, school_dates
from keystage.service.gateway.services.collections import Dates, end_of, open_collection, start_of
from service.at_gateway import Gateway, SchoolThere, a_gateway, a_school_there, send
from service.made import YEAR, a_person

OPENS = datetime(2026, 5, 17, 23, tzinfo=UTC)
"""The beginning of 18 May 2026 in London."""
CLOSES = datetime(2026, 6, 26, 23, tzinfo=UTC)
"""Midnight at the end of 26 June 2026 in London."""


@pytest.fixture
def gateway(db: None) -> Gateway:
    made = a_gateway()
    Collection.objects.update(opens_at=OPENS, closes_at=CLOSES)
    made.collection.refresh_from_db()
    return made


@pytest.fixture
def there(gateway: Gateway) -> SchoolThere:
    return a_school_there(gateway)


@pytest.fixture
def operator(gateway: Gateway) -> Person:
    return gateway.people[Role.OPERATOR]


@pytest.fixture
def agency(db: None) -> Organisation:
    """An agency that has opened nothing yet."""
    return Organisation.objects.create(kind=OrganisationKind.AGENCY, name="Made-up Agency")


def browser(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def on(month: int, day: int, hour: int = 12) -> time_machine.travel:
    return time_machine.travel(datetime(2026, month, day, hour, tzinfo=UTC), tick=False)


# -- opening ----------------------------------------------------------------------------------------------------------


def test_a_collection_opens_with_the_dates_of_the_years_data(agency: Organisation) -> None:
    made = open_collection(agency, 2026, by=None)
    assert (made.opens_at, made.closes_at) == (OPENS, CLOSES)
    assert made.registration_opens_at == datetime(2026, 2, 9, 9, tzinfo=UTC)
    assert made.registration_due_at == datetime(2026, 3, 7, tzinfo=UTC)
    assert made.registration_closes_at == datetime(2026, 5, 21, 23, tzinfo=UTC)


def test_a_year_whose_dates_are_not_held_opens_with_those_that_are_given(agency: Organisation) -> None:
    with pytest.raises(NotAllowedNow, match="dates of 2027 are not known"):
        open_collection(agency, 2027, by=None)
    given = Dates(start_of(date(2027, 5, 17)), end_of(date(2027, 6, 25)))
    made = open_collection(agency, 2027, by=None, dates=given)
    assert (made.closes_at, made.registration_closes_at) == (datetime(2027, 6, 25, 23, tzinfo=UTC), None)


def test_dates_out_of_order_open_nothing(agency: Organisation) -> None:
    with pytest.raises(NotAllowedNow, match="closing date is not after"):
        open_collection(agency, 2026, by=None, dates=Dates(CLOSES, OPENS))
    assert not Collection.objects.exists()


def test_the_operator_opens_a_year_by_hand(agency: Organisation) -> None:
    client = browser(a_person(agency, Role.OPERATOR, "Olive Kent"))
    base = f"/agency/{agency.key}/open/"
    assert client.post(base, {"year": "2027"}).headers["Location"] == f"{base}2027/"
    assert "are not known here" in client.get(f"{base}2027/").content.decode()
    assert client.post(f"{base}2027/", {}).status_code == 422
    client.post(f"{base}2027/", {"opens_at_day": "17/5/2027", "closes_at_day": "25/6/2027", "closes_at_time": "17:00"})
    assert Collection.objects.get().closes_at == datetime(2027, 6, 25, 16, tzinfo=UTC)


def test_the_form_shows_until_as_the_last_day(agency: Organisation) -> None:
    client = browser(a_person(agency, Role.OPERATOR, "Olive Kent"))
    page = client.get(f"/agency/{agency.key}/open/2026/").content.decode()
    for shown in (
        'value="26/06/2026"',
        'value="18/05/2026"',
        'value="09/02/2026"',
        'value="09:00"',
        'value="06/03/2026"',
    ):
        assert shown in page
    assert 'value="27/06/2026"' not in page


# -- in season --------------------------------------------------------------------------------------------------------


def move(gateway: Gateway, operator: Person, **dates: datetime) -> tuple[str, ...]:
    now = collection_dates.dates_now(gateway.collection)
    return collection_dates.move_dates(gateway.collection, now._replace(**dates), agency=gateway.agency, by=operator)


def test_a_moved_date_applies_at_once_and_is_kept(gateway: Gateway, there: SchoolThere, operator: Person) -> None:
    with on(6, 28):
        with pytest.raises(NotAllowedNow, match="closed"):
            send(there)
        assert move(gateway, operator, closes_at=end_of(date(2026, 6, 30))) == ("closes_at",)
        send(there)
    said = Event.objects.get(kind=Kind.COLLECTION_CHANGED).data["changes"]["closes_at"]
    assert [datetime.fromisoformat(each) for each in said] == [CLOSES, datetime(2026, 6, 30, 23, tzinfo=UTC)]


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-05-17T22:59:59+00:00", False),
        ("2026-05-17T23:00:00+00:00", True),
        ("2026-06-26T22:59:59+00:00", True),
        ("2026-06-26T23:00:00+00:00", False),
    ],
)
def test_until_26_june_is_until_midnight_at_its_end_in_london(there: SchoolThere, moment: str, is_open: bool) -> None:
    with time_machine.travel(datetime.fromisoformat(moment), tick=False):
        assert dates_of(there.now()).is_open is is_open


def test_closed_by_hand_means_closed_until_opened_again(gateway: Gateway, there: SchoolThere, operator: Person) -> None:
    with on(6, 1):
        collection_dates.close(gateway.collection, agency=gateway.agency, by=operator)
        with pytest.raises(NotAllowedNow):
            send(there)
        collection_dates.reopen(gateway.collection, agency=gateway.agency, by=operator)
        send(there)
    kinds = [Kind.COLLECTION_CLOSED, Kind.COLLECTION_REOPENED]
    assert list(Event.objects.filter(kind__in=kinds).order_by("pk").values_list("kind", flat=True)) == kinds


def test_single_pupils_is_a_setting_with_its_reason_on_the_page(gateway: Gateway, operator: Person) -> None:
    base = f"/agency/{gateway.agency.key}/{YEAR}/dates/single-pupils/"
    client = browser(operator)
    assert "is not known" in client.get(base).content.decode()
    client.post(base, {"accepts": "yes"})
    gateway.collection.refresh_from_db()
    assert gateway.collection.accepts_single_pupils


# -- one school -------------------------------------------------------------------------------------------------------


def test_an_extended_school_sends_after_the_others(gateway: Gateway, there: SchoolThere, operator: Person) -> None:
    other = a_school_there(gateway, number="9992002", name="Ottermere")
    with on(6, 27):
        school_dates.extend(there.now(), end_of(date(2026, 7, 3)), "A flood", by=operator)
        send(there)
        with pytest.raises(NotAllowedNow):
            send(other)
    with time_machine.travel(datetime(2026, 7, 3, 23, tzinfo=UTC), tick=False):
        assert not dates_of(there.now()).is_open


def test_an_extension_that_brings_nothing_or_has_no_reason_is_refused(there: SchoolThere, operator: Person) -> None:
    with on(6, 1):
        for until, reason, words in (
            (end_of(date(2026, 6, 20)), "Why", "Every school can send until the end of 26 June 2026"),
            (end_of(date(2026, 5, 20)), "Why", "passed already"),
            (end_of(date(2026, 7, 3)), " ", "Say why"),
        ):
            with pytest.raises(NotAllowedNow, match=words):
                school_dates.extend(there.now(), until, reason, by=operator)
    assert there.now().extended_until is None


def test_an_extension_holds_when_the_collection_is_closed_by_hand(
    gateway: Gateway, there: SchoolThere, operator: Person
) -> None:
    with on(6, 1):
        collection_dates.close(gateway.collection, agency=gateway.agency, by=operator)
        school_dates.extend(there.now(), end_of(date(2026, 6, 10)), "A flood", by=operator)
        assert dates_of(there.now()).is_open


def test_an_extension_is_taken_back(there: SchoolThere, operator: Person) -> None:
    with on(6, 27):
        school_dates.extend(there.now(), end_of(date(2026, 7, 3)), "A flood", by=operator)
        school_dates.end_extension(there.now(), by=operator)
        assert not dates_of(there.now()).is_open


# -- the dates that apply ---------------------------------------------------------------------------------------------


def lines(there: SchoolThere) -> dict[str, str]:
    now = there.now()
    return {
        each.what: f"{each.words} {each.note}".strip()
        for each in dates_for(now.collection, now, authority_settings(now)).lines
    }


def test_a_school_sees_its_authoritys_earlier_date(gateway: Gateway, there: SchoolThere) -> None:
    AuthoritySettings.objects.create(
        collection=gateway.collection, authority=gateway.authority, due_at=end_of(date(2026, 6, 19))
    )
    with on(6, 1):
        assert lines(there)["The authority wants the return by"] == "the end of 19 June 2026"


def test_a_moderated_school_is_exempt_until_its_visit_is_over(
    gateway: Gateway, there: SchoolThere, operator: Person
) -> None:
    AuthoritySettings.objects.create(
        collection=gateway.collection, authority=gateway.authority, due_at=end_of(date(2026, 6, 19))
    )
    school_dates.note_moderation(there.now(), date(2026, 6, 22), by=operator, noted_by=gateway.agency)
    with time_machine.travel(datetime(2026, 6, 22, 22, 59, tzinfo=UTC), tick=False):
        assert "visit on 22 June 2026" in lines(there)["The authority’s own date"]
    with time_machine.travel(datetime(2026, 6, 22, 23, 0, tzinfo=UTC), tick=False):
        assert "The authority wants the return by" in lines(there)


def test_a_school_has_a_page_of_its_dates(gateway: Gateway, there: SchoolThere, operator: Person) -> None:
    AuthoritySettings.objects.create(
        collection=gateway.collection, authority=gateway.authority, due_at=end_of(date(2026, 6, 19))
    )
    with on(6, 1):
        school_dates.extend(there.now(), end_of(date(2026, 7, 3)), "A flood", by=operator)
        page = browser(there.people[Role.TEACHER]).get(f"{there.base}register/dates/").content.decode()
    for words in ("The end of 26 June 2026", "The end of 3 July 2026", "A flood", "The end of 19 June 2026"):
        assert words in page


def test_an_extension_is_shown_with_its_reason(there: SchoolThere, operator: Person) -> None:
    with on(6, 27):
        school_dates.extend(there.now(), end_of(date(2026, 7, 3)), "A flood", by=operator)
        assert lines(there)["Extension: this school can send until"] == "the end of 3 July 2026 A flood"
        assert dates_for(there.now().collection, there.now()).now == "Files are taken until the end of 3 July 2026."


def test_until_is_said_as_the_end_of_the_last_day() -> None:
    assert until_words(CLOSES) == "the end of 26 June 2026"
    assert until_words(datetime(2026, 3, 7, tzinfo=UTC)) == "the end of 6 March 2026"
    assert until_words(datetime(2026, 6, 26, 16, tzinfo=UTC)) == "26 June 2026 at 5pm"


# -- the agency's pages -----------------------------------------------------------------------------------------------


def test_schools_are_found_by_name_and_number(gateway: Gateway, there: SchoolThere, operator: Person) -> None:
    a_school_there(gateway, number="9992002", name="Ottermere Primary School", pupils=0)
    base = f"/agency/{gateway.agency.key}/{YEAR}/dates/schools/"
    client = browser(operator)
    for asked, found in (("otter", "Ottermere"), ("9992002", "Ottermere"), ("999/2001", "Quellbridge")):
        page = client.get(base, {"name": asked}).content.decode()
        assert "1 school found" in page
        assert found in page
    assert "No school is found" in client.get(base, {"name": "zzz"}).content.decode()


def test_the_operator_moves_dates_and_extends_on_pages(gateway: Gateway, there: SchoolThere, operator: Person) -> None:
    base = f"/agency/{gateway.agency.key}/{YEAR}/dates/"
    school = f"{base}schools/{there.gateway_return.key}/"
    client = browser(operator)
    with on(6, 1):
        client.post(f"{base}move/", {"opens_at_day": "18/5/2026", "closes_at_day": "30/6/2026"})
        client.post(f"{school}extend/", {"until_day": "3/7/2026", "reason": "A flood"})
        client.post(f"{school}moderated/", {"moderated": "yes", "visit_on": "9/6/2026"})
        page = client.get(school).content.decode()
    assert Collection.objects.get().closes_at == datetime(2026, 6, 30, 23, tzinfo=UTC)
    for words in ("The end of 30 June 2026", "The end of 3 July 2026", "visit on 9 June 2026"):
        assert words in page


def test_the_helpdesk_sees_dates_and_moves_none(gateway: Gateway, there: SchoolThere) -> None:
    client = browser(gateway.people[Role.HELPDESK])
    base = f"/agency/{gateway.agency.key}/{YEAR}/dates/"
    assert client.get(base).status_code == 200
    assert "Move the dates" not in client.get(base).content.decode()
    assert client.post(f"{base}close/").status_code == 403
    assert GatewayReturn.objects.get().collection.closed_at is None
