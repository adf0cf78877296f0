"""People are told by email that results are released: after the second, once, and with nothing of the results."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from keystage.service.accounts.roles import Role
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Event
from keystage.service.gateway.models import AuthoritySettings, Release
from keystage.service.gateway.services.results_releasing import withdraw
from keystage.service.gateway.services.results_telling import tell_of_releases
from service.at_gateway import Gateway, SchoolThere
from service.at_results import a_secondary, a_trust, national, operator, prepared, released, set_for


def told() -> list[str]:
    """Return who was told, one address for each email."""
    return sorted(each.to[0] for each in mail.outbox if "results" in each.subject)


def readers(gateway: Gateway, there: SchoolThere) -> list[str]:
    people = (*(there.people[role] for role in (Role.HEAD, Role.DATA_MANAGER)), gateway.people[Role.DATA_OFFICER])
    return sorted(each.email for each in people)


def test_headteacher_data_manager_and_data_officer_are_told(gateway: Gateway, there: SchoolThere) -> None:
    released(gateway, national(there))
    assert tell_of_releases() == 1
    assert told() == readers(gateway, there)


def test_a_trust_and_a_secondary_school_are_told_of_theirs(gateway: Gateway, there: SchoolThere) -> None:
    _, reader = a_secondary(there.pupils[:1])
    _, analyst = a_trust([there])
    released(gateway, national(there))
    tell_of_releases()
    assert told() == sorted([*readers(gateway, there), reader.email, analyst.email])


def test_whoever_has_nothing_in_the_release_is_not_told(gateway: Gateway, there: SchoolThere) -> None:
    _, reader = a_secondary([])
    released(gateway, national(there))
    tell_of_releases()
    assert reader.email not in told()


def test_nobody_is_told_before_the_second(gateway: Gateway, there: SchoolThere) -> None:
    at = timezone.now() + timedelta(hours=1)
    set_for(gateway, prepared(gateway, national(there)), at)
    assert tell_of_releases(at - timedelta(seconds=1)) == 0
    assert told() == []


def test_nobody_is_told_while_the_files_are_not_ready(gateway: Gateway, there: SchoolThere) -> None:
    Release.objects.filter(pk=released(gateway, national(there)).pk).update(stage="preparing")
    assert tell_of_releases() == 0


def test_nobody_is_told_twice(gateway: Gateway, there: SchoolThere) -> None:
    released(gateway, national(there))
    assert (tell_of_releases(), tell_of_releases()) == (1, 0)
    assert told() == readers(gateway, there)


def test_nobody_is_told_of_results_that_were_withdrawn(gateway: Gateway, there: SchoolThere) -> None:
    withdraw(released(gateway, national(there)), gateway.agency, "Wrong file", by=operator(gateway))
    assert tell_of_releases() == 0


def test_nobody_is_told_of_a_release_of_long_ago(gateway: Gateway, there: SchoolThere) -> None:
    """A backup or an upgrade brings releases of which nobody was told."""
    long_ago = timezone.now() - timedelta(days=3)
    Release.objects.filter(pk=released(gateway, national(there)).pk).update(release_at=long_ago)
    assert tell_of_releases() == 0


def test_an_authority_that_wants_no_email_is_not_told(gateway: Gateway, there: SchoolThere) -> None:
    AuthoritySettings.objects.create(collection=gateway.collection, authority=gateway.authority, emails="nothing")
    released(gateway, national(there))
    tell_of_releases()
    assert gateway.people[Role.DATA_OFFICER].email not in told()


def test_nothing_of_the_results_is_in_the_email(gateway: Gateway, there: SchoolThere) -> None:
    released(gateway, national(there))
    tell_of_releases()
    text = f"{mail.outbox[-1].subject} {mail.outbox[-1].body}"
    pupil = there.pupils[0]
    assert not [each for each in (pupil.upn, pupil.surname, "100", "EXS") if each in text]
    assert "can be downloaded now" in text


def test_revised_results_are_called_so(gateway: Gateway, there: SchoolThere) -> None:
    released(gateway, national(there))
    tell_of_releases()
    released(gateway, national(there))
    tell_of_releases()
    assert mail.outbox[-1].subject.startswith("Revised key stage 2 results")


def test_the_record_of_the_agency_says_that_people_were_told(gateway: Gateway, there: SchoolThere) -> None:
    released(gateway, national(there))
    tell_of_releases()
    event = Event.objects.get(kind=Kind.RELEASE_TOLD)
    assert (event.organisation, event.data["organisations"]) == (gateway.agency, 2)


@pytest.mark.parametrize("what", ["schools checked", "added up"])
def test_loading_that_fails_says_so_and_can_be_started_again(
    gateway: Gateway, there: SchoolThere, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    from keystage.service.gateway.services import results_checking
    from keystage.service.gateway.services.results_releasing import start_again
    from service.at_results import fresh, loaded

    name = "run_results" if what == "schools checked" else "added_up"
    with monkeypatch.context() as broken:
        broken.setattr(results_checking, name, lambda *_, **__: 1 / 0)
        release = fresh(loaded(gateway, national(there)))
    assert (release.stage, release.fault[:46]) == ("loading", "The loading of these results has stopped, beca")
    start_again(release)
    assert (fresh(release).stage, fresh(release).fault) == ("checked", "")
