"""The school changes who is expected: each change counts at once, is kept, and doubles nobody."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from keystage.service.accounts.models import Person
from keystage.service.accounts.roles import Role
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Event
from keystage.service.gateway.models import Collection, RegisteredPupil, Stage, State
from keystage.service.gateway.services import registering
from keystage.service.gateway.services.registering import Entry
from keystage.service.gateway.services.registering_doubts import doubts
from keystage.sheets import read_register
from keystage.years import load
from service.at_gateway import Gateway, SchoolThere, a_gateway, a_pupil, a_school_there, send
from service.made import YEAR, upn


@pytest.fixture
def gateway(db: None) -> Gateway:
    return a_gateway()


@pytest.fixture
def there(gateway: Gateway) -> SchoolThere:
    return a_school_there(gateway)


@pytest.fixture
def operator(gateway: Gateway) -> Person:
    return gateway.people[Role.OPERATOR]


def entry(there: SchoolThere, serial: int, **fields: object) -> Entry:
    """Return an entry like that of the first pupil, for somebody else."""
    first = registering.entry_of(there.pupils[0])
    return replace(first, upn=upn(serial), forename=f"Newcomer{serial}", **fields)


def change(there: SchoolThere, pupil: RegisteredPupil, **fields: object) -> RegisteredPupil:
    wanted = replace(registering.entry_of(pupil), **fields)
    return registering.change(there.now(), pupil.key, wanted, version=pupil.version, by=there.manager, reason="Moved")


def browser(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def posted(one: Entry, **more: object) -> dict[str, object]:
    given = {name: getattr(one, name) or "" for name in registering.FIELDS}
    days = {
        name: f"{day:%d/%m/%Y}"
        for name, day in given.items()
        if name.endswith("date") or name.startswith("date_")
        if day
    }
    return {**given, **days, **more}


# -- numbers ----------------------------------------------------------------------------------------------------------


def test_a_pupil_who_is_added_is_expected_and_missing_at_once(there: SchoolThere) -> None:
    send(there)
    registering.add(there.now(), entry(there, 4), by=there.manager)
    now = there.now()
    assert (now.state, now.expected, now.missing, now.register_version) == (State.INCOMPLETE, 4, 1, 1)


def test_a_pupil_who_is_unregistered_is_expected_no_more(there: SchoolThere) -> None:
    change(there, there.pupils[0], status="unregistered")
    assert (there.now().expected, there.now().register_version) == (2, 1)


def test_a_pupil_who_left_stays_expected(there: SchoolThere) -> None:
    change(there, there.pupils[0], status="left", date_left=datetime(2026, 4, 1, tzinfo=UTC).date())
    assert there.now().expected == 3


def test_saying_again_what_stands_there_changes_nothing(there: SchoolThere) -> None:
    change(there, there.pupils[0])
    assert there.now().register_version == 0
    assert not Event.objects.filter(kind=Kind.EXPECTED_CHANGED).exists()


def test_nobody_is_unregistered_without_a_reason(there: SchoolThere) -> None:
    first = there.pupils[0]
    wanted = replace(registering.entry_of(first), status="unregistered")
    with pytest.raises(NotAllowedNow, match="Say why"):
        registering.change(there.now(), first.key, wanted, version=1, by=there.manager, reason=" ")
    assert there.now().expected == 3


# -- the file that waits ----------------------------------------------------------------------------------------------


def test_the_file_that_lacked_somebody_counts_once_that_pupil_is_unregistered(there: SchoolThere) -> None:
    sent = send(there, [a_pupil(each) for each in there.pupils[1:]])
    assert sent.stage == Stage.IN_ERROR
    change(there, there.pupils[0], status="unregistered")
    sent.refresh_from_db()
    assert (sent.stage, sent.register_version) == (Stage.APPLIED, 1)
    assert there.now().state == State.ACCEPTED


def test_a_change_that_helps_nothing_leaves_the_file_waiting_with_a_new_report(there: SchoolThere) -> None:
    sent = send(there, [a_pupil(each) for each in there.pupils[1:]])
    registering.add(there.now(), entry(there, 4), by=there.manager)
    sent.refresh_from_db()
    assert (sent.stage, sent.register_version) == (Stage.IN_ERROR, 1)
    assert sum(each["code"] == "C01" for each in sent.report["findings"]) == 2


# -- nobody twice -----------------------------------------------------------------------------------------------------


def test_the_same_upn_is_not_registered_twice(there: SchoolThere) -> None:
    with pytest.raises(NotAllowedNow, match="already"):
        registering.add(there.now(), replace(entry(there, 4), upn=there.pupils[0].upn), by=there.manager)
    assert there.now().expected == 3


def test_a_child_who_is_there_under_another_upn_is_proposed(there: SchoolThere) -> None:
    again = replace(registering.entry_of(there.pupils[0]), upn=upn(4))
    assert doubts(there.now(), again, None).same == (there.pupils[0],)


def test_a_former_upn_that_is_somebodys_is_proposed(there: SchoolThere) -> None:
    found = doubts(there.now(), entry(there, 4, former_upn=there.pupils[1].upn), None)
    assert found.same == (there.pupils[1],)


def test_somebody_new_with_a_sound_upn_raises_no_doubts(there: SchoolThere) -> None:
    assert not doubts(there.now(), entry(there, 4), None)


def test_the_page_asks_before_it_makes_a_child_twice(there: SchoolThere) -> None:
    again = replace(registering.entry_of(there.pupils[0]), upn=upn(4))
    page = browser(there.manager).post(f"{there.base}register/add/", posted(again))
    assert page.status_code == 422
    assert "has the same name and date of birth" in page.content.decode()
    assert f"{there.base}register/{there.pupils[0].key}/change/?upn={upn(4)}" in page.content.decode()
    assert there.now().expected == 3


def test_once_asked_a_person_decides(there: SchoolThere) -> None:
    again = replace(registering.entry_of(there.pupils[0]), upn=upn(4))
    seen = doubts(there.now(), again, None).seen
    browser(there.manager).post(f"{there.base}register/add/", posted(again, doubts=seen))
    assert there.now().expected == 4


def test_the_proposed_change_carries_the_old_upn_along(there: SchoolThere) -> None:
    first = there.pupils[0]
    page = browser(there.manager).get(f"{there.base}register/{first.key}/change/?upn={upn(4)}").content.decode()
    assert f'value="{upn(4)}"' in page
    assert f'value="{first.upn}"' in page


def test_two_people_never_write_over_each_other_unseen(there: SchoolThere) -> None:
    first = there.pupils[0]
    change(there, first, surname="Other")
    stale = posted(registering.entry_of(first), surname="Mine", version=1)
    page = browser(there.manager).post(f"{there.base}register/{first.key}/change/", stale)
    assert page.status_code == 409
    assert "Other" in page.content.decode()
    assert "Mine" in page.content.decode()
    first.refresh_from_db()
    assert first.surname == "Other"


# -- when -------------------------------------------------------------------------------------------------------------

CUT_OFF = datetime(2026, 5, 21, 23, 0, tzinfo=UTC)
"""Midnight at the end of 21 May 2026 in London, where it is summer time."""


@pytest.fixture
def in_may(gateway: Gateway) -> None:
    Collection.objects.update(
        registration_opens_at=datetime(2026, 2, 9, 9, tzinfo=UTC), registration_closes_at=CUT_OFF,
        opens_at=datetime(2026, 5, 17, 23, tzinfo=UTC), closes_at=datetime(2026, 6, 26, 23, tzinfo=UTC),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("moment", "can"),
    [
        ("2026-02-09T08:59:59+00:00", False),
        ("2026-02-09T09:00:00+00:00", True),
        ("2026-05-21T22:59:59+00:00", True),
        ("2026-05-21T23:00:00+00:00", False),
        ("2026-05-21T23:59:59+00:00", False),
    ],
)
def test_schools_register_from_the_opening_to_the_cut_off(
    there: SchoolThere, in_may: None, moment: str, can: bool
) -> None:
    with time_machine.travel(datetime.fromisoformat(moment), tick=False):
        if can:
            registering.add(there.now(), entry(there, 4), by=there.manager)
        else:
            with pytest.raises(NotAllowedNow, match="Nothing was changed"):
                registering.add(there.now(), entry(there, 4), by=there.manager)
    assert there.now().expected == 3 + can


def test_after_the_cut_off_the_agency_still_can(there: SchoolThere, in_may: None, operator: Person) -> None:
    with time_machine.travel(CUT_OFF, tick=False):
        made = registering.add(there.now(), entry(there, 4), by=operator, for_agency=True)
    assert there.now().expected == 4
    assert Event.objects.get(target=made.key).data["by_agency"] is True


def test_a_school_submits_with_pupils_or_without(there: SchoolThere) -> None:
    registering.submit_registration(there.now(), by=there.manager)
    assert there.now().registration_submitted_by == there.manager
    assert Event.objects.get(kind=Kind.REGISTRATION_SUBMITTED).data["expected"] == 3


# -- what is kept, and taken along ------------------------------------------------------------------------------------


def test_the_record_says_what_changed_and_holds_no_name(there: SchoolThere) -> None:
    change(there, there.pupils[0], surname="Secret", maths="below")
    event = Event.objects.get(kind=Kind.EXPECTED_CHANGED)
    assert event.data["fields"] == ["surname", "maths"]
    assert event.data["changes"] == {"maths": ["registered", "below"]}
    assert "Secret" not in str(event.data)


def test_the_page_of_a_pupil_tells_the_history(there: SchoolThere) -> None:
    first = there.pupils[0]
    change(there, first, maths="below")
    page = browser(there.manager).get(f"{there.base}register/{first.key}/").content.decode()
    assert "Changed maths test from registered to below" in page
    assert "Dana Marsh" in page
    assert "from the register that was loaded nationally" in page


def test_the_register_comes_as_the_file_that_a_school_loads(there: SchoolThere) -> None:
    first = there.pupils[0]
    change(there, first, maths="below")
    file = browser(there.manager).get(f"{there.base}register/register.csv")
    assert file["Content-Disposition"] == 'attachment; filename="9992001_register.csv"'
    found = read_register(file.content, load(YEAR), name="register.csv")
    assert {each.upn: str(each.maths) for each in found.pupils}[first.upn] == "below"
    assert len(found.pupils) == 3


def test_the_list_finds_by_name_or_upn_and_sorts(there: SchoolThere) -> None:
    client = browser(there.manager)
    one = client.get(f"{there.base}register/?name={there.pupils[1].upn}").content.decode()
    assert "1 of 3 pupils shown" in one
    assert str(there.pupils[1]) in one
    assert str(there.pupils[0]) not in one
    every = client.get(f"{there.base}register/?order=upn").content.decode()
    places = [every.index(each.upn) for each in sorted(there.pupils, key=lambda each: each.upn)]
    assert places == sorted(places)
    assert "Nobody on the register has that name" in client.get(f"{there.base}register/?name=zzz").content.decode()


def test_a_thousand_pupils_come_in_pages(there: SchoolThere) -> None:
    RegisteredPupil.objects.bulk_create(
        RegisteredPupil(gateway_return=there.gateway_return, upn=upn(number), surname=f"A{number}", forename="B")
        for number in range(10, 1_010)
    )
    page = browser(there.manager).get(f"{there.base}register/?page=5").content.decode()
    assert "1,003 pupils" in page
    assert page.count('scope="row"') == 3


def test_the_key_of_another_schools_pupil_is_nobodys(gateway: Gateway, there: SchoolThere) -> None:
    other = a_school_there(gateway, number="9992002", name="Ottermere", pupils=0)
    client = browser(other.manager)
    for page in ("", "change/"):
        assert client.get(f"{other.base}register/{there.pupils[0].key}/{page}").status_code == 404
    assert client.post(f"{other.base}register/{there.pupils[0].key}/change/", {}).status_code == 404


def test_the_agency_sees_and_changes_a_schools_register(gateway: Gateway, there: SchoolThere, operator: Person) -> None:
    base = f"/agency/{gateway.agency.key}/{YEAR}/registration/schools/{there.gateway_return.key}/register/"
    client = browser(operator)
    assert "3 pupils" in client.get(base).content.decode()
    answer = client.post(f"{base}add/", posted(entry(there, 4)))
    assert (answer.status_code, there.now().expected) == (302, 4)
    helpdesk = browser(gateway.people[Role.HELPDESK])
    assert helpdesk.get(base).status_code == 200
    assert helpdesk.post(f"{base}add/", posted(entry(there, 5))).status_code == 403
