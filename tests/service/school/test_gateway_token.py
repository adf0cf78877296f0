"""Each school keeps its own token for the gateway: sealed, never shown, and no other school's."""

from urllib.parse import urlsplit

import pytest
from django.test import Client
from pydantic import SecretStr
from pytest_django import Settings

from keystage.service.accounts.roles import Role
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.config.sealing import Unreadable, seal, unseal
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Event
from keystage.service.school.models import GatewayToken
from keystage.service.school.services.gateway_tokens import set_token, token_for
from service.gateway import a_gateway
from service.made import MadeSchool, a_school

TOKEN = "ks_made-up-token-of-quellbridge"  # noqa: S105 - made up


def common(settings: Settings, gateway: str = "https://g.example/x") -> None:
    """Set the installation's own gateway and token."""
    told = {"gateway_token": SecretStr("ks_of-the-installation"), "gateway": gateway}
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update=told)


def signed_in(school: MadeSchool, role: Role) -> Client:
    client = Client()
    client.force_login(school.people[role])
    return client


def where(school: MadeSchool) -> str:
    return f"/schools/{school.organisation.key}/settings/gateway-token/"


def other_school() -> MadeSchool:
    return a_school(name="Rushenford Primary School", number="9992002")


@pytest.mark.parametrize("role", [Role.HEAD, Role.ACCOUNT_MANAGER])
def test_headteacher_and_account_manager_enter_it_and_it_is_not_shown_again(school: MadeSchool, role: Role) -> None:
    client = signed_in(school, role)
    page = client.post(where(school), {"token": f" {TOKEN}\n"}, follow=True).content.decode()
    assert "Your school has a token." in page
    assert TOKEN not in page
    assert token_for(school.organisation) == TOKEN


@pytest.mark.parametrize("role", [Role.DATA_MANAGER, Role.TEACHER])
def test_nobody_else_may(school: MadeSchool, role: Role) -> None:
    assert signed_in(school, role).post(where(school), {"token": TOKEN}).status_code == 403
    assert not GatewayToken.objects.exists()


def test_it_is_in_the_database_sealed_alone(school: MadeSchool) -> None:
    set_token(school.organisation, TOKEN, by=school.people[Role.HEAD])
    kept = GatewayToken.objects.get()
    assert TOKEN not in kept.sealed
    assert not [each for each in Event.objects.all() if TOKEN in str(each.data)]


def test_that_it_was_entered_and_taken_out_stands_in_the_record(school: MadeSchool) -> None:
    client = signed_in(school, Role.HEAD)
    client.post(where(school), {"token": TOKEN})
    client.post(where(school), {"do": "remove"})
    kinds = Event.objects.filter(kind__startswith="settings.gateway").order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == [Kind.GATEWAY_TOKEN_SET, Kind.GATEWAY_TOKEN_REMOVED]
    assert not GatewayToken.objects.exists()


@pytest.mark.parametrize("typed", ["", "short", "with a space in it", "ks_öffentlich", "x" * 501])
def test_what_cannot_be_a_token_is_refused(school: MadeSchool, typed: str) -> None:
    page = signed_in(school, Role.HEAD).post(where(school), {"token": typed}).content.decode()
    assert "Enter the token" in page or "This cannot be a token" in page
    assert not GatewayToken.objects.exists()


def test_each_school_has_its_own(school: MadeSchool) -> None:
    other = other_school()
    set_token(school.organisation, TOKEN, by=school.people[Role.HEAD])
    set_token(other.organisation, "ks_of-the-other-school", by=other.people[Role.HEAD])
    assert [token_for(each.organisation) for each in (school, other)] == [TOKEN, "ks_of-the-other-school"]


def test_the_installations_token_stands_in_for_a_school_alone(school: MadeSchool, settings: Settings) -> None:
    common(settings)
    assert token_for(school.organisation) == "ks_of-the-installation"


def test_a_practice_school_beside_it_changes_nothing(school: MadeSchool, settings: Settings) -> None:
    common(settings)
    practice = other_school().organisation
    practice.is_practice = True
    practice.save()
    assert token_for(school.organisation) == "ks_of-the-installation"


def test_of_several_schools_none_sends_with_the_installations_token(school: MadeSchool, settings: Settings) -> None:
    other_school()
    common(settings)
    with pytest.raises(NotAllowedNow, match="no token of its own"):
        token_for(school.organisation)


def test_a_school_without_any_sends_none(school: MadeSchool) -> None:
    other_school()
    assert token_for(school.organisation) == ""


def test_a_token_sealed_with_another_key_is_asked_for_again(school: MadeSchool, settings: Settings) -> None:
    set_token(school.organisation, TOKEN, by=school.people[Role.HEAD])
    settings.SECRET_KEY = "another secret key of this installation"  # noqa: S105 - made up
    with pytest.raises(NotAllowedNow, match="enters it again"):
        token_for(school.organisation)


def test_what_is_sealed_for_one_purpose_is_not_opened_for_another() -> None:
    with pytest.raises(Unreadable):
        unseal(seal("a secret", "one"), "other")


def test_a_practice_school_needs_none(school: MadeSchool) -> None:
    school.organisation.is_practice = True
    school.organisation.save()
    client = signed_in(school, Role.HEAD)
    page = client.post(where(school), {"token": TOKEN}, follow=True).content.decode()
    assert "nothing of it is ever sent, so it needs no token" in page
    assert not GatewayToken.objects.exists()


def test_results_are_fetched_with_the_schools_own_token(school: MadeSchool, settings: Settings) -> None:
    with a_gateway() as gateway:
        common(settings, gateway=f"{gateway.address}/2026/files")
        set_token(school.organisation, TOKEN, by=school.people[Role.HEAD])
        path = urlsplit(f"{gateway.address}/2026/results").path
        gateway.files[path] = b'{"results": []}'
        signed_in(school, Role.DATA_MANAGER).post(f"{school.base}results/fetch/")
    assert gateway.asked == [(path, f"Bearer {TOKEN}")]
