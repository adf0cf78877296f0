"""Expected pupils, results, receipts; and what holds for every answer."""

import csv
import json
from datetime import datetime, timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from keystage.service.accounts.models import Organisation, Scope
from keystage.service.accounts.roles import OrganisationKind, Role
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Event
from keystage.service.files.store import put
from keystage.service.gateway.models import PreparedFile, ReceivedFile, RegisteredPupil, Release, ReleaseStage
from keystage.sheets.register import read_register
from keystage.years import load
from service.api.asking import BASE, Program
from service.at_gateway import Gateway, SchoolThere
from service.made import YEAR, a_person

CONTENT = b"<html><script>alert(1)</script></html>"


def a_result(gateway: Gateway, organisation: Organisation, at: datetime | None, **fields: Any) -> PreparedFile:
    """Prepare a file of results for an organisation."""
    by = next(iter(gateway.people.values()))
    serial = Release.objects.count() + 1
    file = ReceivedFile.objects.create(
        organisation=gateway.agency, name="national.csv", sha256="0" * 64, size=1, by=by, at=timezone.now()
    )
    release = Release.objects.create(
        collection=gateway.collection, serial=serial, file=file, loaded_by=by, release_at=at,
        stage=fields.pop("stage", ReleaseStage.READY),
    )  # fmt: skip
    return PreparedFile.objects.create(
        release=release, organisation=organisation, kind="csv", name="results.html", sha256=put(CONTENT),
        size=len(CONTENT), pupils=3, **fields,
    )  # fmt: skip


def test_who_is_expected_comes_as_json(there: SchoolThere, program: Program) -> None:
    RegisteredPupil.objects.filter(pk=there.pupils[2].pk).update(status="unregistered")
    said = program.get("expected").json()
    assert (said["year"], said["school"], len(said["pupils"])) == (YEAR, "9992001", 3)
    assert [each["is_expected"] for each in said["pupils"]] == [True, True, False]
    assert said["pupils"][0]["dob"] == there.pupils[0].birth_date.isoformat()  # type: ignore[union-attr]


def test_who_is_expected_comes_as_the_register_that_the_checks_take(there: SchoolThere, program: Program) -> None:
    answer = program.get("expected", format="csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="9992001_register_2026.csv"'
    rows = list(csv.DictReader(StringIO(answer.content.decode())))
    assert [each["upn"] for each in rows] == [each.upn for each in there.pupils]
    assert len(read_register(answer.content, load(YEAR)).pupils) == 3
    assert program.get("expected", format="xml").status_code == 422


def test_results_cannot_be_had_a_second_early(gateway: Gateway, there: SchoolThere, program: Program) -> None:
    at = datetime.fromisoformat("2026-07-07T07:30:00+01:00")
    made = a_result(gateway, there.organisation, at)
    with time_machine.travel(at - timedelta(days=1), tick=False):
        text = Program(there.organisation, there.people[Role.HEAD], Scope.RESULTS)
    with time_machine.travel(at - timedelta(seconds=1), tick=False):
        listed = text.get("results").json()
        assert listed["files"] == []
        assert datetime.fromisoformat(listed["release_at"]) == at
        refused = text.get(f"results/{made.key}")
        assert refused.status_code == 403
        assert "not released yet. They can be had from 7 July 2026" in refused.json()["message"]
    with time_machine.travel(at, tick=False):
        (file,) = text.get("results").json()["files"]
        assert text.client.get(file["href"]).getvalue() == CONTENT
    assert Event.objects.filter(kind=Kind.RESULTS_TAKEN).count() == 1


def test_a_download_takes_three_queries(
    gateway: Gateway, there: SchoolThere, program: Program, django_assert_num_queries: object
) -> None:
    made = a_result(gateway, there.organisation, timezone.now() - timedelta(seconds=1))
    address = f"results/{made.key}"
    program.get(address).getvalue()  # that the token is used is written down once in ten minutes
    with django_assert_num_queries(3):  # type: ignore[operator]
        assert program.get(address).getvalue() == CONTENT


@pytest.mark.parametrize("stage", [each for each in ReleaseStage if each != ReleaseStage.READY])
def test_results_that_are_not_ready_cannot_be_had(
    gateway: Gateway, there: SchoolThere, program: Program, stage: ReleaseStage
) -> None:
    made = a_result(gateway, there.organisation, timezone.now() - timedelta(days=1), stage=stage)
    assert program.get("results").json()["files"] == []
    assert program.get(f"results/{made.key}").status_code == (
        404 if stage in (ReleaseStage.WITHDRAWN, ReleaseStage.REFUSED) else 403
    )


def test_that_there_is_nothing_for_an_organisation_is_no_file(
    gateway: Gateway, there: SchoolThere, program: Program
) -> None:
    made = a_result(gateway, there.organisation, timezone.now() - timedelta(hours=1))
    PreparedFile.objects.update(kind="none", sha256="", name="")
    assert program.get("results").json()["files"] == []
    assert program.get(f"results/{made.key}").status_code == 404


def test_results_without_a_time_cannot_be_had(gateway: Gateway, there: SchoolThere, program: Program) -> None:
    made = a_result(gateway, there.organisation, None)
    assert "not set yet" in program.get(f"results/{made.key}").json()["message"]


@pytest.mark.parametrize("kind", [OrganisationKind.AUTHORITY, OrganisationKind.TRUST, OrganisationKind.SECONDARY])
def test_each_has_the_results_that_were_prepared_for_it_and_no_others(
    gateway: Gateway, there: SchoolThere, program: Program, kind: OrganisationKind
) -> None:
    other = Organisation.objects.create(kind=kind, name="Another", number="")
    theirs = a_result(gateway, other, timezone.now() - timedelta(hours=1))
    assert program.get(f"results/{theirs.key}").status_code == 404
    assert program.get("results").json()["files"] == []
    of_other = Program(other, a_person(other, Role.ACCOUNT_MANAGER, "Some Body"), Scope.RESULTS)
    assert of_other.get(f"results/{theirs.key}").getvalue() == CONTENT


def test_results_whose_file_is_lost_are_not_a_fault_of_the_program(
    gateway: Gateway, there: SchoolThere, program: Program
) -> None:
    made = a_result(gateway, there.organisation, timezone.now() - timedelta(hours=1))
    PreparedFile.objects.update(sha256="f" * 64)
    answer = program.get(f"results/{made.key}")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")


def downloads(gateway: Gateway, there: SchoolThere) -> list[str]:
    """Return every address of the interface that gives a file."""
    made = a_result(gateway, there.organisation, timezone.now() - timedelta(hours=1))
    return [f"results/{made.key}", "expected?format=csv"]


def test_no_file_is_ever_shown_as_a_page(gateway: Gateway, there: SchoolThere, program: Program) -> None:
    for path in downloads(gateway, there):
        answer = program.client.get(BASE + path)
        assert answer.status_code == 200
        assert answer.headers["Content-Disposition"].startswith("attachment; "), path
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "html" not in answer.headers["Content-Type"]
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert answer.getvalue()


@pytest.mark.parametrize("path", ["files", "expected", "results", "nothing/at/all", "files/zzz", "%00", "files?a=%00"])
def test_every_answer_is_json_with_the_headers_that_guard_it(there: SchoolThere, program: Program, path: str) -> None:
    for client in (program.client, Client()):
        answer = client.get(BASE + path)
        assert answer.headers["Content-Type"].startswith("application/json"), path
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Frame-Options"] == "DENY"
        if answer.status_code >= 400:
            assert json.loads(answer.content)["message"]


@pytest.mark.parametrize("method", ["put", "delete", "patch", "post"])
def test_a_wrong_way_of_asking_is_refused_in_json(program: Program, method: str) -> None:
    answer = getattr(program.client, method)(f"{BASE}expected")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]
    assert answer.json()["message"].startswith("This address is not used in that way")


@pytest.mark.parametrize(("fault", "status"), [(OperationalError("gone"), 503), (RuntimeError("a bug"), 500)])
def test_a_fault_of_ours_is_said_in_words_and_never_shows_how(
    there: SchoolThere, program: Program, monkeypatch: pytest.MonkeyPatch, fault: Exception, status: int
) -> None:
    def broken(*_: object) -> None:
        raise fault

    monkeypatch.setattr("keystage.service.api.expected.registered_of", broken)
    answer = program.get("expected")
    assert answer.status_code == status
    assert "What was acknowledged is safe" in answer.json()["message"]
    assert b"Traceback" not in answer.content
    assert str(fault).encode() not in answer.content


def test_a_database_that_is_away_before_the_token_was_looked_at_is_said_in_json_too(
    there: SchoolThere, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr("keystage.service.api.bearer.find_token", away)
    answer = program.get("expected")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert "waiting for its database" in answer.json()["message"]


def test_the_schema_is_openapi_and_names_every_answer(client: Client) -> None:
    schema = client.get("/api/v1/openapi.json").json()
    assert schema["openapi"].startswith("3.1")
    assert schema["components"]["securitySchemes"]["Token"]["scheme"] == "bearer"
    for methods in schema["paths"].values():
        for each in methods.values():
            assert each["summary"]
            assert each["security"]


def test_the_documentation_shows_every_operation_and_nothing_from_elsewhere(client: Client, db: None) -> None:
    page = client.get("/api/docs").content.decode()
    schema = client.get("/api/v1/openapi.json").json()
    for path, methods in schema["paths"].items():
        for method, said in methods.items():
            assert f"{method.upper()} {path.replace('{int:', '{').replace('{str:', '{')}" in page
            assert said["summary"] in page
    assert "http://" not in page.replace("http://testserver", "")
    assert "https://" not in page
