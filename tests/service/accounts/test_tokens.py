"""Tokens for programs: shown once, and gone with whoever made them."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from keystage.service.accounts.models import ApiToken, Membership, Organisation, Person, Scope
from keystage.service.accounts.roles import OrganisationKind, Role
from keystage.service.accounts.services import tokens
from keystage.service.accounts.services.people import give_roles, remove
from keystage.service.accounts.services.refusals import NotPossible
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Event
from service.made import MadeSchool, a_person

MONTH = timedelta(days=30)


def a_token(school: MadeSchool, role: Role = Role.HEAD, *scopes: Scope) -> tuple[ApiToken, str]:
    return tokens.make_token(
        school.organisation, "Office", scopes or (Scope.SEND,), lasts=MONTH, by=school.people[role]
    )


def test_only_a_hash_of_a_token_is_kept(school: MadeSchool) -> None:
    made, text = a_token(school)
    assert text.startswith("ks_")
    assert len(text) > 40
    for event in Event.objects.all():
        assert text not in str(event.data)
    assert text not in str(ApiToken.objects.values())
    assert tokens.find_token(text) == made


@pytest.mark.parametrize("text", ["", "ks_", "ks_x", "\ud800", "\0"])
def test_what_is_no_token_finds_nothing(school: MadeSchool, text: str) -> None:
    a_token(school)
    assert tokens.find_token(text) is None


def test_a_token_ends_when_its_time_is_over(school: MadeSchool) -> None:
    made, text = a_token(school)
    ApiToken.objects.filter(pk=made.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert tokens.find_token(text) is None


def test_a_revoked_token_does_not_hold_and_is_not_revoked_twice(school: MadeSchool) -> None:
    made, text = a_token(school)
    tokens.revoke_token(made, by=school.people[Role.ACCOUNT_MANAGER])
    assert tokens.find_token(text) is None
    with pytest.raises(NotPossible, match="revoked already"):
        tokens.revoke_token(made, by=school.people[Role.ACCOUNT_MANAGER])
    assert Event.objects.filter(kind=Kind.TOKEN_REVOKED, target=made.key).count() == 1


def test_a_token_ends_when_its_maker_leaves(school: MadeSchool) -> None:
    made, text = a_token(school)
    other, others_text = a_token(school, Role.ACCOUNT_MANAGER)
    remove(school.organisation, school.people[Role.HEAD], by=school.people[Role.ACCOUNT_MANAGER])
    assert tokens.find_token(text) is None
    assert tokens.find_token(others_text) == other
    assert Event.objects.get(kind=Kind.TOKEN_REVOKED).target == made.key


def test_a_token_ends_with_the_role_that_let_its_maker_make_it(school: MadeSchool) -> None:
    _, text = a_token(school)
    head, manager = school.people[Role.HEAD], school.people[Role.ACCOUNT_MANAGER]
    give_roles(school.organisation, head, [Role.HEAD, Role.ACCOUNT_MANAGER], [], by=manager)
    give_roles(school.organisation, head, [Role.ACCOUNT_MANAGER], [], by=manager)
    assert tokens.find_token(text), "an account manager may make tokens too"
    give_roles(school.organisation, head, [Role.TEACHER], [], by=manager)
    assert tokens.find_token(text) is None
    assert ApiToken.objects.get().revoked_at is not None


def test_a_token_does_not_hold_where_the_role_ended_in_any_other_way(school: MadeSchool) -> None:
    _, text = a_token(school)
    Membership.objects.filter(role=Role.HEAD).update(ended_at=timezone.now())
    assert tokens.find_token(text) is None
    Membership.objects.filter(role=Role.HEAD).update(ended_at=None)
    Person.objects.update(is_active=False)
    assert tokens.find_token(text) is None


def test_an_authority_may_let_a_program_fetch_results_and_nothing_else(db: None) -> None:
    authority = Organisation.objects.create(kind=OrganisationKind.AUTHORITY, name="Quellshire", number="999")
    by = a_person(authority, Role.ACCOUNT_MANAGER, "Alex Ward")
    assert tokens.make_token(authority, "BI", [Scope.RESULTS], lasts=MONTH, by=by)
    with pytest.raises(NotPossible):
        tokens.make_token(authority, "BI", [Scope.SEND], lasts=MONTH, by=by)


def test_an_organisation_has_so_many_tokens_and_no_more(school: MadeSchool) -> None:
    made = [a_token(school)[0] for _ in range(tokens.MOST)]
    with pytest.raises(NotPossible, match="Revoke one"):
        a_token(school)
    tokens.revoke_token(made[0], by=school.people[Role.HEAD])
    assert a_token(school)


def test_when_it_was_used_is_kept_to_ten_minutes(school: MadeSchool) -> None:
    made, _ = a_token(school)
    tokens.note_use(made)
    first = ApiToken.objects.get()
    assert first.used_at is not None
    tokens.note_use(first)
    assert ApiToken.objects.get().used_at == first.used_at


@pytest.fixture
def head(school: MadeSchool) -> Client:
    client = Client()
    client.force_login(school.people[Role.HEAD])
    return client


def base(school: MadeSchool) -> str:
    return f"/organisations/{school.organisation.key}/tokens/"


def test_a_token_is_shown_once_when_it_is_made(school: MadeSchool, head: Client) -> None:
    page = head.post(f"{base(school)}make/", {"name": "Arbor", "scopes": ["SEND", "EXPECTED"], "lasts": "90"})
    (text,) = re.findall(r'id="token">(ks_[^<]+)<', page.content.decode())
    assert tokens.find_token(text)
    assert page.headers["Cache-Control"] == "private, no-store"
    listed = head.get(base(school)).content.decode()
    assert "Arbor" in listed
    assert "Never used" in listed
    assert text not in listed


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"scopes": ["SEND"], "lasts": "30"}, "Say what the token is for"),
        ({"name": "A", "lasts": "30"}, "Choose what the program may do"),
        ({"name": "A", "scopes": ["SEND"]}, "Choose for how long it holds"),
        ({"name": "A", "scopes": ["SEND"], "lasts": "36500"}, "choose one of the answers given"),
        ({"name": "A" * 81, "scopes": ["SEND"], "lasts": "30"}, "must be 80 characters or fewer"),
    ],
)
def test_a_form_filled_in_badly_makes_no_token(
    school: MadeSchool, head: Client, sent: dict[str, object], said: str
) -> None:
    assert said in head.post(f"{base(school)}make/", sent).content.decode()
    assert not ApiToken.objects.exists()


def test_a_token_is_revoked_once_it_is_confirmed(school: MadeSchool, head: Client) -> None:
    made, text = a_token(school)
    address = f"{base(school)}{made.key}/revoke/"
    assert "Revoke the token “Office”?" in head.get(address).content.decode()
    assert tokens.find_token(text)
    page = head.post(address, follow=True).content.decode()
    assert "The token “Office” is revoked." in page
    assert "No program has a token" in page
    assert "Office: revoked on" in page
    assert head.get(address).status_code == 404


def test_a_token_of_another_school_is_not_there(school: MadeSchool, head: Client) -> None:
    elsewhere = Organisation.objects.create(kind=OrganisationKind.SCHOOL, name="Ottermere", number="9992002")
    by = a_person(elsewhere, Role.HEAD, "Other Head")
    made, text = tokens.make_token(elsewhere, "Theirs", [Scope.SEND], lasts=MONTH, by=by)
    assert head.post(f"{base(school)}{made.key}/revoke/").status_code == 404
    assert tokens.find_token(text)
