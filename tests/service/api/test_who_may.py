"""The one table for programs: every operation, with every scope, of one's own organisation, a foreign one and none."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from keystage.service.accounts.models import ApiToken, Organisation, Scope
from keystage.service.accounts.roles import OrganisationKind, Role
from keystage.service.accounts.services.tokens import SCOPES
from keystage.service.api.v1 import api
from keystage.service.gateway.models import Receipt, Submission
from service.api.asking import Program
from service.at_gateway import Gateway, SchoolThere, a_school_there
from service.made import YEAR, a_person

NEEDED = {
    ("POST", "files"): Scope.SEND,
    ("GET", "files"): Scope.SEND,
    ("GET", "files/{key}"): Scope.SEND,
    ("POST", "files/{key}/answers"): Scope.SEND,
    ("POST", "files/{key}/confirm"): Scope.SEND,
    ("GET", "receipts/{number}"): Scope.SEND,
    ("GET", "expected"): Scope.EXPECTED,
    ("GET", "results"): Scope.RESULTS,
    ("GET", "results/{key}"): Scope.RESULTS,
}
"""What each operation was decided to need."""
ROOT = "/api/v1/returns/{year}/"

operation = pytest.mark.parametrize(("method", "path"), NEEDED, ids=str)


def ask(client: Client, method: str, path: str, *, key: str = "zzzzzzzzzzzz", number: str = "R-2026-ZZZZZZZZ") -> Any:
    address = (ROOT + path).format(year=YEAR, key=key, number=number)
    return client.generic(method, address, b"{}", content_type="application/json")


def test_the_table_has_every_operation() -> None:
    schema = api.get_openapi_schema()
    found = {
        (method.upper(), path.replace("{int:", "{").replace("{str:", "{").removeprefix(ROOT))
        for path, methods in schema["paths"].items()
        for method in methods
    }
    assert found == set(NEEDED)


@operation
def test_without_a_token_there_is_nothing(there: SchoolThere, method: str, path: str) -> None:
    for headers in ({}, {"authorization": "Bearer ks_nothing"}, {"authorization": "Basic YTpi"}):
        answer = ask(Client(headers=headers), method, path)
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"] == "Bearer"
        assert "Send a valid token" in answer.json()["message"]


@operation
def test_somebody_who_is_signed_in_is_nobody_here(there: SchoolThere, method: str, path: str) -> None:
    client = Client()
    client.force_login(there.people[Role.HEAD])
    assert ask(client, method, path).status_code == 401


@operation
@pytest.mark.parametrize("kind", OrganisationKind)
def test_a_token_may_do_what_its_scope_says_and_nothing_else(
    gateway: Gateway, there: SchoolThere, method: str, path: str, kind: OrganisationKind
) -> None:
    numbers = {OrganisationKind.AUTHORITY: "998", OrganisationKind.SECONDARY: "9994001"}
    if kind == OrganisationKind.SCHOOL:
        organisation = there.organisation
    else:
        organisation = Organisation.objects.create(kind=kind, name="Made up", number=numbers.get(kind, ""))
    by = a_person(organisation, Role.ACCOUNT_MANAGER, "Some Body")
    for scope in Scope:
        if scope in SCOPES.get(kind, ()):
            status = ask(Program(organisation, by, scope).client, method, path).status_code
            assert (status == 403) == (scope is not NEEDED[method, path]), f"{kind}: {scope}"
            assert status in (200, 403, 404, 415, 422), f"{kind}: {scope}"
        else:  # such a token cannot be made; one that was made nevertheless may nothing
            ApiToken.objects.all().delete()
            program = Program.__new__(Program)
            made = ApiToken(organisation=organisation, name="x", scopes=[scope.name], made_by=by,
                            expires_at=timezone.now() + timedelta(days=1))  # fmt: skip
            program.client = _with(made)
            assert ask(program.client, method, path).status_code == 403


def _with(token: ApiToken) -> Client:
    from keystage.service.accounts.services import tokens

    text = "ks_" + "x" * 43
    token.token_hash = tokens._hash_of(text)
    token.save()
    return Client(headers={"authorization": f"Bearer {text}"})


def test_nothing_of_another_school_is_reached(gateway: Gateway, there: SchoolThere, program: Program) -> None:
    other = a_school_there(gateway, number="9992002", name="Ottermere Primary School")
    theirs = Program(other.organisation, other.people[Role.HEAD], *Scope)
    theirs.send(other)
    submission, receipt = Submission.objects.get(), Receipt.objects.get()
    before = Submission.objects.values().get()
    for method, path in NEEDED:
        if "{" in path:
            answer = ask(program.client, method, path, key=submission.key, number=receipt.number)
            assert answer.status_code in (404, 422), path
    for path in ("answers", "confirm"):
        body = {"answers": [{"asks": "a", "text": "b"}]} if path == "answers" else {"held": "x"}
        assert program.post(f"files/{submission.key}/{path}", body).status_code == 404
    assert program.get("files").json() == []
    assert Submission.objects.values().get() == before


def test_a_school_that_takes_no_part_is_told_that_there_is_nothing(there: SchoolThere) -> None:
    school = Organisation.objects.create(kind=OrganisationKind.SCHOOL, name="Elsewhere", number="9992003")
    program = Program(school, a_person(school, Role.HEAD, "A Head"), *Scope)
    assert program.get("expected").status_code == 404
    assert program.get("files").status_code == 404


def test_a_practice_school_and_the_real_collection_do_not_meet(there: SchoolThere) -> None:
    practice = Organisation.objects.create(
        kind=OrganisationKind.SCHOOL, name="Practice", number="9992004", is_practice=True
    )
    program = Program(practice, a_person(practice, Role.HEAD, "A Head"), *Scope)
    assert program.get("expected").status_code == 404
    assert program.get("results").status_code == 404
