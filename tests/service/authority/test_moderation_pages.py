"""An authority's moderation pages: who may record, what is shown to whom, and that nothing typed is lost."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from keystage.service.accounts.roles import Role
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Event
from keystage.service.gateway.models import AuthoritySettings, GatewayReturn, ModeratedPupil, ModerationVisit, State
from service.at_gateway import SchoolThere, expect
from service.counties import County, a_county


def of(person) -> Client:  # type: ignore[no-untyped-def]
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def county(db: None) -> County:
    return a_county()


@pytest.fixture
def manager(county: County) -> Client:
    return of(county.gateway.people[Role.MODERATION_MANAGER])


@pytest.fixture
def quell(county: County, manager: Client) -> SchoolThere:
    """A school whose return is accepted, moderated, with its first two pupils in the sample."""
    there = county.schools["Quellbridge"]
    manager.post(f"{county.base}moderation/choose/", {"school": there.gateway_return.key, "planned_on": "09/06/2026"})
    manager.post(page(county, there, "sample/"), {"pupil": [each.key for each in there.pupils[:2]]})
    return there


def page(county: County, there: SchoolThere, name: str = "") -> str:
    return f"{county.base}moderation/{there.gateway_return.key}/{name}"


def text(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, (path, response.status_code)
    return response.content.decode()


def test_schools_to_be_moderated_are_looked_for(county: County, manager: Client) -> None:
    choose = f"{county.base}moderation/choose/"
    found = text(manager, f"{choose}?q=otter")
    assert [name in found for name in ("Ottermere Primary", "Mossgate Primary")] == [True, False]
    assert "Mossgate Primary" in text(manager, f"{choose}?q=999/2005")
    assert "No school is found that is not moderated yet" in text(manager, f"{choose}?q=nowhere")


def test_whoever_looked_for_some_schools_goes_on_looking(county: County, manager: Client) -> None:
    choose, key = f"{county.base}moderation/choose/", county.schools["Ottermere"].gateway_return.key
    assert manager.post(f"{choose}?q=otter", {"school": key}).headers["Location"] == choose
    assert GatewayReturn.objects.get(key=key).is_moderated


def in_sample(there: SchoolThere) -> list[ModeratedPupil]:
    return list(ModeratedPupil.objects.filter(gateway_return=there.gateway_return).order_by("registered__surname"))


def said(there: SchoolThere, *codes: str, note: str = "") -> dict[str, str]:
    """Return what a browser sends of the form of judgements."""
    return {
        f"{pupil.key}-{name}": value
        for pupil, code in zip(in_sample(there), codes, strict=True)
        for name, value in (
            ("code", code),
            ("note", note),
            ("seen", pupil.judged_at.isoformat() if pupil.judged_at else ""),
        )
    }


def test_schools_are_chosen_with_a_day_and_a_moderator(county: County, manager: Client) -> None:
    keys = [county.schools[name].gateway_return.key for name in ("Quellbridge", "Ottermere")]
    answer = manager.post(
        f"{county.base}moderation/choose/",
        {"school": keys, "planned_on": "09/06/2026", "moderator": "Mo Lane"},
        follow=True,
    )
    shown = answer.content.decode()
    assert "2 schools are chosen to be moderated" in shown
    assert "Mo Lane" in shown
    assert shown.index("Ottermere") < shown.index("Larkhollow"), "by the day of the visit"
    assert set(GatewayReturn.objects.filter(key__in=keys).values_list("visit_on", flat=True)) == {date(2026, 6, 9)}


def test_nothing_ticked_and_a_wrong_day_are_said_and_nothing_is_lost(county: County, manager: Client) -> None:
    answer = manager.post(f"{county.base}moderation/choose/", {"moderator": "Mo Lane"})
    assert answer.status_code == 422
    assert "Tick the schools" in answer.content.decode()
    assert 'value="Mo Lane"' in answer.content.decode()
    key = county.schools["Quellbridge"].gateway_return.key
    answer = manager.post(f"{county.base}moderation/choose/", {"school": key, "planned_on": "31/6/2026"})
    assert "must be a real date" in answer.content.decode()
    assert f'id="school-{key}" checked' in answer.content.decode()


def test_a_judgement_that_differs_is_flagged_on_every_page_and_the_school_sees_what_to_do(
    county: County, manager: Client, quell: SchoolThere
) -> None:
    answer = manager.post(page(county, quell, "judgements/"), said(quell, "WTS", "EXS"), follow=True)
    assert "Of 1 pupil the school reports another judgement" in answer.content.decode()
    assert quell.now().state == State.INCOMPLETE
    assert "At 1 school the return differs" in text(manager, f"{county.base}moderation/")
    assert "1 differs" in text(manager, f"{county.base}?only=differs")
    assert "Quellbridge" in text(manager, f"{county.base}?only=differs")
    own = of(quell.manager)
    assert "its writing is not what the moderator judged" in text(own, quell.base)
    assert "For 1 pupil your judgement in writing is not the moderated one" in text(own, quell.base)
    shown = text(own, f"{quell.base}moderation/")
    assert str(quell.pupils[0]) in shown
    assert "Export the file again" in shown
    helpdesk = text(of(county.gateway.people[Role.HELPDESK]), f"{county.country}schools/{quell.gateway_return.key}/")
    assert "1 pupil differs" in helpdesk


def test_notes_are_for_the_authority_alone(county: County, manager: Client, quell: SchoolThere) -> None:
    manager.post(page(county, quell, "judgements/"), said(quell, "EXS", "EXS", note="Spelling is weak"))
    visit = {"planned_on": "09/06/2026", "moderator": "Mo", "notes": "Bring folders", "version": "0"}
    manager.post(page(county, quell, "visit/"), visit)
    for words in ("Spelling is weak", "Bring folders"):
        assert words in text(manager, page(county, quell))
        assert words in text(of(county.officer), page(county, quell))
        assert words not in text(of(quell.manager), f"{quell.base}moderation/")
        trusts = page(county, quell).replace(county.gateway.authority.key, county.trust.key)
        assert words not in text(of(county.analyst), trusts)


def test_of_two_who_record_at_once_the_second_sees_both_and_can_save(
    county: County, manager: Client, quell: SchoolThere
) -> None:
    mine = said(quell, "WTS", "EXS", note="Mine")
    manager.post(page(county, quell, "judgements/"), said(quell, "GDS", ""))
    answer = manager.post(page(county, quell, "judgements/"), mine)
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "has saved GDS meanwhile" in shown
    assert 'value="WTS" selected' in shown
    assert shown.count('value="Mine"') == 2
    quell.pupils[0].refresh_from_db()
    assert quell.pupils[0].moderated_writing == "GDS"
    again = said(quell, "WTS", "EXS", note="Mine")
    assert manager.post(page(county, quell, "judgements/"), again).status_code == 302
    quell.pupils[0].refresh_from_db()
    assert quell.pupils[0].moderated_writing == "WTS"


def test_a_visit_changed_meanwhile_is_shown_beside_what_was_written(
    county: County, manager: Client, quell: SchoolThere
) -> None:
    path, base = page(county, quell, "visit/"), {"planned_on": "09/06/2026", "version": "0"}
    assert manager.post(path, {**base, "moderator": "Theirs"}).status_code == 302
    answer = manager.post(path, {**base, "moderator": "Mine", "held_on": "01/06/2026"})
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "moderator Theirs" in shown
    assert 'value="Mine"' in shown
    assert ModerationVisit.objects.get().moderator == "Theirs"
    assert manager.post(path, {**base, "version": "1", "moderator": "Mine", "held_on": "01/06/2020"}).status_code == 302
    assert ModerationVisit.objects.get().moderator == "Mine"


def test_a_sample_changed_meanwhile_keeps_the_ticks(county: County, manager: Client, quell: SchoolThere) -> None:
    third = quell.pupils[2].key
    answer = manager.post(page(county, quell, "sample/"), {"pupil": [third]})  # as if nobody had been in it
    assert answer.status_code == 409
    assert f'id="pupil-{third}" checked' in answer.content.decode()
    assert len(in_sample(quell)) == 2


def test_a_code_that_is_none_is_said_beside_the_pupil(county: County, manager: Client, quell: SchoolThere) -> None:
    answer = manager.post(page(county, quell, "judgements/"), said(quell, "2B", "EXS", note="Kept"))
    assert answer.status_code == 422
    assert "choose one of the answers given" in answer.content.decode()
    assert 'value="Kept"' in answer.content.decode()
    assert not GatewayReturn.objects.get(pk=quell.gateway_return.pk).differing
    assert in_sample(quell)[1].judgement == "", "all or none"


def test_a_sample_is_proposed_with_a_seed_that_is_shown_and_recorded(county: County, manager: Client) -> None:
    there = county.schools["Ottermere"]
    for serial in range(4, 24):
        expect(there, serial)
    manager.post(f"{county.base}moderation/choose/", {"school": there.gateway_return.key})
    path = page(county, there, "sample/")
    assert "assumed: it is the figure of 2017" in text(manager, path)
    asked = {"share": "15", "least": "1", "seed": "7"}
    first, again = (text(manager, f"{path}?share=15&least=1&seed=7") for _ in range(2))
    ticked, twice = (
        [each.key for each in there.pupils if f'id="pupil-{each.key}" checked' in shown] for shown in (first, again)
    )
    assert ticked == twice, "the same seed, the same sample"
    assert len(ticked) == 4, "15 of a hundred of 23, rounded up"
    assert ModeratedPupil.objects.count() == 0, "nothing is saved yet"
    manager.post(path, {**asked, "pupil": ticked})
    events = Event.objects.filter(kind=Kind.SAMPLE_CHOSEN)
    assert {each.data["how"] for each in events} == {"as proposed with 15 of a hundred and the seed 7"}
    assert manager.get(f"{path}?share=0&least=x&seed=7").status_code == 422


def test_the_sheet_has_the_pupils_and_the_schools_judgement(
    county: County, manager: Client, quell: SchoolThere
) -> None:
    shown = text(manager, page(county, quell, "sheet/"))
    assert all(words in shown for words in (str(quell.pupils[0]), quell.pupils[1].upn, "EXS", "9 June 2026"))
    assert str(quell.pupils[2]) not in shown


def test_the_exemption_from_the_authoritys_date_is_shown(county: County, manager: Client) -> None:
    GatewayReturn.objects.filter(is_moderated=True).update(visit_on=timezone.localdate())
    assert "does not apply yet" not in text(manager, f"{county.base}moderation/")
    AuthoritySettings.objects.update(due_at=timezone.now())
    assert "Your own date does not apply yet" in text(manager, f"{county.base}moderation/")


@pytest.mark.parametrize("name", ["", "sheet/"])
def test_a_note_on_a_pupil_is_not_for_the_trust(county: County, manager: Client, quell: SchoolThere, name: str) -> None:
    manager.post(page(county, quell, "judgements/"), said(quell, "EXS", "WTS", note="Copied from a friend"))
    assert "Copied from a friend" in text(manager, page(county, quell, name))
    trusts = page(county, quell, name).replace(county.gateway.authority.key, county.trust.key)
    assert "Copied from a friend" not in text(of(county.analyst), trusts)


@pytest.mark.parametrize("name", ["", "sheet/"])
def test_a_trust_and_the_data_officer_look_and_do_not_record(county: County, quell: SchoolThere, name: str) -> None:
    trusts = county.base.replace(county.gateway.authority.key, county.trust.key)
    for client, base in ((of(county.officer), county.base), (of(county.analyst), trusts)):
        shown = text(client, f"{base}moderation/{quell.gateway_return.key}/{name}")
        assert "Record judgements" not in shown
    assert "Choose schools" not in text(of(county.officer), f"{county.base}moderation/")
    assert of(county.officer).post(page(county, quell, "judgements/"), said(quell, "WTS", "")).status_code == 403
    wrong = f"{trusts}moderation/{quell.gateway_return.key}/judgements/"
    assert of(county.analyst).post(wrong, said(quell, "WTS", "")).status_code == 404


@pytest.mark.parametrize("name", ["", "visit/", "end/", "sample/", "judgements/", "sheet/"])
def test_a_school_of_another_authority_is_not_there(county: County, manager: Client, name: str) -> None:
    path = page(county, county.foreign, name)
    assert manager.get(path).status_code == 404
    assert manager.post(path, {"pupil": [county.foreign.pupils[0].key]}).status_code in (404, 405)
    manager.post(f"{county.base}moderation/choose/", {"school": county.foreign.gateway_return.key})
    assert not county.foreign.now().is_moderated


def test_a_pupil_of_another_school_is_not_judged_by_its_key(
    county: County, manager: Client, quell: SchoolThere
) -> None:
    other = county.schools["Mossgate"]
    manager.post(f"{county.base}moderation/choose/", {"school": other.gateway_return.key})
    manager.post(page(county, other, "sample/"), {"pupil": [other.pupils[0].key]})
    manager.post(page(county, quell, "judgements/"), said(other, "WTS"))
    other.pupils[0].refresh_from_db()
    assert other.pupils[0].moderated_writing == ""


def test_a_school_with_judgements_stays_moderated_and_says_why(
    county: County, manager: Client, quell: SchoolThere
) -> None:
    manager.post(page(county, quell, "judgements/"), said(quell, "EXS", "EXS"))
    answer = manager.post(page(county, quell, "end/"), follow=True)
    assert "2 moderated judgements are recorded" in answer.content.decode()
    assert quell.now().is_moderated


def test_the_record_says_what_was_done(county: County, manager: Client, quell: SchoolThere) -> None:
    manager.post(page(county, quell, "judgements/"), said(quell, "WTS", ""))
    operator = of(county.gateway.people[Role.OPERATOR])
    shown = text(operator, f"{county.country}schools/{quell.gateway_return.key}/record/")
    assert "recorded the moderated judgement of" in shown
    shown = text(of(quell.manager), f"{quell.base}register/{quell.pupils[0].key}/")
    assert "Changed the moderated judgement in writing from nothing to WTS" in shown
