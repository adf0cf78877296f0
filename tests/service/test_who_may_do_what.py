"""The one table: every address of the service, for every role, at home and elsewhere, signed in and not.

What a view needs is read from the view (``@needs``, ``@of_year``); who has it from ``accounts/roles.py``. A view that
needs nothing must stand on one of two short lists here. What a path names that is not there is asked for with the key
of nothing: somebody who may not use the page is told so (403) before it is said that there is no such thing (404).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from keystage.service.accounts.models import Organisation, Person
from keystage.service.accounts.roles import ALLOWED, ROLES, OrganisationKind, Permission, Role
from keystage.service.gateway.models import Collection
from keystage.service.gateway.services.collections import take_part
from service.addresses import Address, addresses
from service.made import YEAR, MadeSchool, a_person, a_school
from service.signing_in import enter_password, sign_in

OPEN = {
    # whether the service is up
    "healthz",
    "readyz",
    # checking a file in the browser: nothing is sent, and nothing of anybody is shown
    "check",
    "check_part",
    # signing in: each of these looks after itself
    "account_login",
    "account_confirm_login_code",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "account_logout",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "openid_connect_login",
    "openid_connect_callback",
    # following an invitation
    "accounts:invitation",
    "accounts:accept",
    # words
    "accounts:outbox",
    "demo:files",
    "demo:file",
    "accounts:accessibility",
    "accounts:privacy",
    "accounts:help",
    "guides:guides",
    "guides:guide",
    # the interface for programs: how it is used, its schema, and that there is nothing else
    "api:docs",
    "api:nothing",
    "api-v1:openapi-json",
    "api-v1:api-root",
}
"""The addresses that anybody may ask for."""

BY_TOKEN = {f"api-v1:{each}" for each in ("files", "file", "answers", "confirm", "receipt", "expected", "results")} | {
    "api-v1:results_file"
}
"""The addresses for programs: they take a token and no session. ``api/test_who_may.py`` is their table."""

OWN = {
    "accounts:home",
    "accounts:account",
    "accounts:name",
    "accounts:email",
    "accounts:email_code",
    "accounts:everywhere",
    "accounts:data",
    "accounts:data_download",
    "accounts:close",
    "account_change_password",
    "account_set_password",
    "account_reauthenticate",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_edit_webauthn",
    "mfa_remove_webauthn",
}
"""The addresses of one's own account: anybody who is signed in, for themselves."""

NARROWER = {
    "school:sign-return": Permission.SIGN_RETURN,  # or whoever the headteacher lets sign: tested with delegation
}
"""Views that find out for themselves who may use them, because it is not the role alone that decides."""

ALL = addresses()
GUARDED = [each for each in ALL if each.permission is not None]
METHODS = ("get", "post")

NUMBERS = {OrganisationKind.AUTHORITY: "999", OrganisationKind.SECONDARY: "9994001"}

guarded = pytest.mark.parametrize(
    ("address", "kind"),
    [(each, kind) for each in GUARDED for kind in each.kinds],
    ids=lambda each: each.route if isinstance(each, Address) else str(each),
)
own = pytest.mark.parametrize("address", [each for each in ALL if each.name in OWN], ids=lambda each: each.name)


@pytest.fixture(autouse=True)
def _nobody_has_failed(db: None) -> None:
    cache.clear()


@pytest.fixture
def foreign(db: None) -> MadeSchool:
    """Another school, to which nobody of the first belongs."""
    return a_school(name="Ottermere Primary School", number="9992002")


@contextmanager
def undone() -> Iterator[None]:
    """Undo what a request did."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def answers(client: Client, path: str) -> dict[str, HttpResponse]:
    """Ask in each way, and undo what it did."""
    found = {}
    for method in METHODS:
        with undone():
            found[method] = getattr(client, method)(path)
    return found


def statuses(client: Client, path: str) -> set[int]:
    return {method.status_code for method in answers(client, path).values()}


def leads_to_sign_in(response: HttpResponse) -> bool:
    return response.status_code == 302 and response.headers["Location"].startswith(
        ("/account/sign-in/", "/account/again/?")
    )


def sign_in_is_asked(client: Client, path: str) -> None:
    """Make sure that neither way of asking gets further than the sign-in page."""
    found = answers(client, path)
    assert any(map(leads_to_sign_in, found.values()))
    assert all(leads_to_sign_in(each) or each.status_code == 405 for each in found.values())


def people_at(school: MadeSchool, kind: OrganisationKind) -> tuple[Organisation, dict[Role, Person]]:
    """Return an organisation of a kind, and somebody for each role that it has; all take part in a collection."""
    now = timezone.now()
    collection = Collection.objects.create(year=YEAR, opens_at=now, closes_at=now + timedelta(days=1))
    take_part(collection, [school.organisation])
    if kind == OrganisationKind.SCHOOL:
        return school.organisation, dict(school.people)
    made = Organisation.objects.create(kind=kind, name=f"A made-up {kind}", number=NUMBERS.get(kind, ""))
    return made, {role: a_person(made, role, role.title()) for role in ROLES[kind]}


def test_every_address_that_needs_no_permission_is_on_a_list() -> None:
    unlisted = {each.name for each in ALL if each.permission is None} - OPEN - OWN - BY_TOKEN
    assert not unlisted, "give the view @needs or @of_year, or say here why it needs none"


def test_the_lists_hold_no_address_that_is_not_there_or_that_needs_a_permission() -> None:
    assert {each.name for each in ALL if each.permission is None} == OPEN | OWN | BY_TOKEN


def test_every_address_of_an_organisation_needs_a_permission() -> None:
    assert [each.route for each in ALL if "<str:organisation>" in each.route and each.permission is None] == []


def test_every_guarded_address_names_its_organisation() -> None:
    assert [each.route for each in GUARDED if "<str:organisation>" not in each.route] == []


@guarded
def test_who_may_and_who_may_not(school: MadeSchool, address: Address, kind: OrganisationKind) -> None:
    organisation, people = people_at(school, kind)
    path = address.path(organisation=organisation.key, year=YEAR)
    needed = NARROWER.get(address.name, address.permission)
    for role, person in people.items():
        client = Client()
        client.force_login(person)
        if needed in ALLOWED[role]:
            found = answers(client, path)
            assert found["get"].status_code != 403, f"{role} may {needed}, and is refused"
            assert not any(map(leads_to_sign_in, found.values())), f"{role} is asked to sign in again"
            assert all(each.status_code < 500 for each in found.values())
        else:
            found_statuses = statuses(client, path)
            assert 403 in found_statuses, f"{role} may not {needed}, and is let in"
            assert found_statuses <= {403, 405}, f"{role} may not {needed}, and is let in"


@guarded
def test_at_a_foreign_organisation_there_is_no_such_page_for_anybody(
    school: MadeSchool, foreign: MadeSchool, address: Address, kind: OrganisationKind
) -> None:
    _, people = people_at(school, kind)
    elsewhere = [foreign.organisation.key, "zzzzzzzzzzzz"]
    if kind != OrganisationKind.SCHOOL:
        elsewhere.append(Organisation.objects.create(kind=kind, name=f"Another {kind}").key)
    for organisation in elsewhere:
        path = address.path(organisation=organisation, year=YEAR)
        for role, person in people.items():
            client = Client()
            client.force_login(person)
            found = statuses(client, path)
            assert 404 in found, f"{role} of another school"
            assert found <= {404, 405}, f"{role} of another school"


@guarded
def test_who_is_not_signed_in_is_led_to_sign_in(school: MadeSchool, address: Address, kind: OrganisationKind) -> None:
    sign_in_is_asked(Client(), address.path(organisation=school.organisation.key, year=YEAR))


@guarded
def test_who_has_not_done_the_second_step_is_led_back_to_it(
    school: MadeSchool, address: Address, kind: OrganisationKind
) -> None:
    client = Client()
    enter_password(client, school.people[Role.HEAD])
    sign_in_is_asked(client, address.path(organisation=school.organisation.key, year=YEAR))


@own
def test_ones_own_pages_need_signing_in(school: MadeSchool, address: Address) -> None:
    sign_in_is_asked(Client(), address.path())


@own
def test_ones_own_pages_need_the_second_step(school: MadeSchool, address: Address) -> None:
    client = Client()
    enter_password(client, school.people[Role.HEAD])
    sign_in_is_asked(client, address.path())


@own
def test_ones_own_pages_are_there_for_every_role(school: MadeSchool, address: Address) -> None:
    for person in school.people.values():
        client = Client()
        client.force_login(person)
        assert statuses(client, address.path()) <= {200, 302, 404, 405}


@pytest.mark.parametrize("role", ROLES[OrganisationKind.SCHOOL])
def test_signing_in_really_opens_what_the_role_may_see(client: Client, school: MadeSchool, role: Role) -> None:
    sign_in(client, school.people[role])
    assert client.get(school.base).status_code == 200


@pytest.mark.parametrize(
    ("permission", "roles"),
    [
        (Permission.SEE_RETURN, {Role.DATA_MANAGER, Role.TEACHER, Role.HEAD, Role.ACCOUNT_MANAGER}),
        (Permission.ENTER_JUDGEMENTS, {Role.DATA_MANAGER, Role.TEACHER, Role.HEAD}),
        (Permission.EDIT_PUPILS, {Role.DATA_MANAGER}),
        (Permission.IMPORT_JUDGEMENTS, {Role.DATA_MANAGER}),
        (Permission.ANSWER_QUERIES, {Role.DATA_MANAGER, Role.TEACHER, Role.HEAD}),
        (Permission.SIGN_CLASS, {Role.TEACHER}),
        (Permission.SIGN_RETURN, {Role.HEAD}),
        (Permission.DELEGATE_SIGNING, {Role.HEAD}),
        (Permission.EXPORT, {Role.DATA_MANAGER, Role.HEAD}),
        (Permission.CHANGE_SETTINGS, {Role.DATA_MANAGER, Role.ACCOUNT_MANAGER}),
        (Permission.OPEN_AND_CLOSE_YEARS, {Role.DATA_MANAGER}),
        (Permission.SEE_PEOPLE, set(Role)),
        (Permission.MANAGE_PEOPLE, {Role.HEAD, Role.ACCOUNT_MANAGER}),
        (Permission.SEE_AUDIT, {Role.HEAD, Role.ACCOUNT_MANAGER, Role.OPERATOR}),
        (Permission.SEE_GATEWAY, {Role.DATA_MANAGER, Role.TEACHER, Role.HEAD, Role.ACCOUNT_MANAGER}),
        (Permission.REGISTER, {Role.DATA_MANAGER, Role.HEAD}),
        (Permission.SUBMIT, {Role.DATA_MANAGER, Role.HEAD}),
        (Permission.DECLARE, {Role.HEAD}),
        (Permission.ASK_HELP, {Role.DATA_MANAGER, Role.HEAD, Role.ACCOUNT_MANAGER}),
        (Permission.MANAGE_TOKENS, {Role.HEAD, Role.ACCOUNT_MANAGER}),
        (
            Permission.TAKE_RESULTS,
            {Role.DATA_MANAGER, Role.HEAD, Role.DATA_OFFICER, Role.ANALYST, Role.RESULTS_READER},
        ),
        (Permission.SEE_SCHOOLS, {Role.DATA_OFFICER, Role.MODERATION_MANAGER, Role.ANALYST}),
        (Permission.SET_OWN_DATE, {Role.DATA_OFFICER}),
        (Permission.UPLOAD_FOR_SCHOOLS, {Role.DATA_OFFICER}),
        (Permission.RECORD_MODERATION, {Role.MODERATION_MANAGER}),
        (Permission.SEE_FIGURES, {Role.DATA_OFFICER, Role.MODERATION_MANAGER, Role.ANALYST}),
        (Permission.ANSWER_CORRECTIONS, {Role.DATA_OFFICER}),
        (Permission.SEE_COUNTRY, {Role.OPERATOR, Role.HELPDESK}),
        (Permission.RUN_COLLECTION, {Role.OPERATOR}),
        (Permission.ANSWER_SCHOOLS, {Role.OPERATOR, Role.HELPDESK}),
        (Permission.RELEASE_RESULTS, {Role.OPERATOR}),
    ],
)
def test_the_table_as_it_was_decided(permission: Permission, roles: set[Role]) -> None:
    assert {role for role in Role if permission in ALLOWED[role]} == roles


def test_the_pages_about_people_need_what_was_decided() -> None:
    needed = {each.name: each.permission for each in GUARDED if each.name.startswith("accounts:")}
    manage = ("invite", "invite_again", "withdraw", "person", "remove")
    assert needed == {
        "accounts:people": Permission.SEE_PEOPLE,
        "accounts:audit": Permission.SEE_AUDIT,
        "accounts:audit_download": Permission.SEE_AUDIT,
        **{f"accounts:{name}": Permission.MANAGE_PEOPLE for name in manage},
        **{f"accounts:{name}": Permission.MANAGE_TOKENS for name in ("tokens", "token_make", "token_revoke")},
    }
