"""Signing in with an OpenID Connect provider: it finds people, and never makes them."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client

from keystage.service.accounts.models import Person
from keystage.service.accounts.roles import Role
from keystage.service.config.environment import Environment
from keystage.service.config.outside import oidc_providers
from service.accounts.provider import Provider, a_provider
from service.made import MadeSchool
from service.signing_in import SIGN_IN, enter_code, is_signed_in

LOGIN = "/account/oidc/school/login/"


@pytest.fixture
def provider(settings: object) -> Iterator[Provider]:
    """A provider that the installation is set up for."""
    with a_provider() as made:
        told = Environment(oidc_issuer=made.address, oidc_client="keystage", oidc_secret="made up", oidc_name="Borough")  # noqa: S106
        settings.SOCIALACCOUNT_PROVIDERS = oidc_providers(told)  # type: ignore[attr-defined]
        settings.OIDC_NAME = told.oidc_name  # type: ignore[attr-defined]
        yield made


def come_back(client: Client, provider: Provider, path: str = LOGIN, **claims: object) -> HttpResponse:
    """Go to the provider, be who the claims say, and come back."""
    provider.claims = {"sub": "made-up-1", **claims}
    there = client.get(path)
    assert there.status_code == 302
    assert there.headers["Location"].startswith(f"{provider.address}/authorize?")
    asked = parse_qs(urlsplit(there.headers["Location"]).query)
    assert asked["code_challenge_method"] == ["S256"]
    return client.get(f"{LOGIN}callback/", {"code": "made-up", "state": asked["state"][0]})


def test_the_sign_in_page_shows_the_provider_where_there_is_one(client: Client, provider: Provider, db: None) -> None:
    text = client.get(SIGN_IN, {"next": "/account/"}).content.decode()
    assert "Sign in with Borough" in text
    assert f"{LOGIN}?next=%2Faccount%2F" in text


def test_without_a_provider_there_is_no_word_of_it_and_no_page(client: Client, db: None) -> None:
    assert "oidc" not in client.get(SIGN_IN).content.decode()
    assert client.get(LOGIN).status_code == 404
    assert client.get(f"{LOGIN}callback/").status_code == 404


def test_a_person_is_found_by_the_verified_address_and_does_our_second_step(
    client: Client, provider: Provider, school: MadeSchool
) -> None:
    email = school.people[Role.HEAD].email.upper()
    response = come_back(client, provider, email=email, email_verified=True)
    assert response.headers["Location"] == "/account/sign-in/code/"
    assert not is_signed_in(client)
    enter_code(client)
    assert is_signed_in(client)


def test_where_the_setting_trusts_the_provider_our_second_step_is_not_asked(
    client: Client, provider: Provider, school: MadeSchool, settings: object
) -> None:
    settings.OIDC_TRUSTS_SECOND_STEP = True  # type: ignore[attr-defined]
    come_back(client, provider, f"{LOGIN}?next=/account/", email=school.people[Role.HEAD].email, email_verified=True)
    assert is_signed_in(client)


@pytest.mark.parametrize("verified", [{"email_verified": False}, {}, {"email_verified": "false"}])
def test_an_address_that_is_not_verified_counts_for_nothing(
    client: Client, provider: Provider, school: MadeSchool, verified: dict[str, object]
) -> None:
    response = come_back(client, provider, email=school.people[Role.HEAD].email, **verified)
    assert response.headers["Location"] == SIGN_IN
    assert not is_signed_in(client)


def test_somebody_unknown_is_told_so_and_not_made(client: Client, provider: Provider, school: MadeSchool) -> None:
    before = Person.objects.count()
    come_back(client, provider, email="nobody@school.example", email_verified=True)
    assert "No account here has the email address" in client.get(SIGN_IN).content.decode()
    assert Person.objects.count() == before


def test_an_account_is_not_connected_for_later(client: Client, provider: Provider, school: MadeSchool) -> None:
    come_back(client, provider, email=school.people[Role.HEAD].email, email_verified=True)
    other = Client()
    come_back(other, provider, f"{LOGIN}?process=connect", email="nobody@school.example", email_verified=True)
    assert not other.session.get("account_login")


def test_a_fault_of_the_provider_leads_back_to_the_sign_in_page(client: Client, provider: Provider, db: None) -> None:
    response = client.get(f"{LOGIN}callback/", {"error": "access_denied"})
    assert response.headers["Location"] == SIGN_IN
    assert "Signing in with Borough did not work" in client.get(SIGN_IN).content.decode()
