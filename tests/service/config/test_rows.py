"""Rows that are written straight into the database are what Django would have written."""

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, DataError, connection
from django.utils import timezone

from keystage.service.accounts.models import Organisation
from keystage.service.accounts.roles import OrganisationKind
from keystage.service.config.rows import insert, update
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Event
from keystage.service.gateway.models import HeldPupil, ReceivedFile, Route, Stage, Submission
from service.at_gateway import SchoolThere, a_gateway, a_school_there

AT = datetime(2026, 6, 26, 16, 59, 59, 123456, tzinfo=UTC)


@pytest.fixture
def there(db: None) -> SchoolThere:
    return a_school_there(a_gateway())


@pytest.fixture
def submission(there: SchoolThere) -> Submission:
    file = ReceivedFile(
        organisation=there.organisation, name="a “file”, with % and é.xml", sha256="0" * 64, size=7, at=AT
    )  # fmt: skip
    insert([file])
    made = Submission(
        gateway_return=there.gateway_return, serial=1, file=file, idempotency_key="k", route=Route.API, received_at=AT,
        report={"findings": [{"value": "it's 100 % {\"so\"}, \\ and é"}]},
    )  # fmt: skip
    insert([made])
    return made


def test_a_single_row_reads_back_as_it_was_written(submission: Submission) -> None:
    found = Submission.objects.select_related("file").get(pk=submission.pk)
    assert (found.file.name, found.file.at, found.file.size) == ("a “file”, with % and é.xml", AT, 7)
    assert (found.report, found.route, found.by, found.checked_at) == (submission.report, Route.API, None, None)


def test_many_rows_get_their_own_keys_in_order(there: SchoolThere, submission: Submission) -> None:
    rows = [
        HeldPupil(
            gateway_return=there.gateway_return, submission=submission, accepted_at=AT, upn=upn, surname=surname,
            birth_date=born,
        )
        for upn, surname, born in (
            ("B", "O’Hara {x}", date(2015, 3, 1)), ("A", 'Back\\slash "quoted"', None), ("", "NULL", None),
        )
    ]  # fmt: skip
    insert(rows)
    read = {each.pk: (each.upn, each.surname, each.birth_date, each.key) for each in HeldPupil.objects.all()}
    assert read == {each.pk: (each.upn, each.surname, each.birth_date, each.key) for each in rows}
    assert len(read) == 3


def test_rows_that_are_all_the_same_are_as_many(db: None) -> None:
    now = timezone.now()
    same = {"year": 2026}
    insert([Event(at=now, kind=Kind.FILE_RECEIVED, data=same) for _ in range(3)])
    assert [each.data for each in Event.objects.all()] == [same] * 3


def test_a_text_that_is_too_long_is_refused_and_never_cut_off(there: SchoolThere) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite keeps texts of any length")
    with pytest.raises(DataError):
        insert([ReceivedFile(organisation=there.organisation, name="x" * 201, sha256="0" * 64, size=1, at=AT)])


def test_writing_over_some_fields_leaves_the_others(submission: Submission) -> None:
    submission.stage, submission.report, submission.errors, submission.applied_at = Stage.APPLIED, {"a": [1]}, 5, AT
    update(submission, ["stage", "report", "applied_at"])
    found = Submission.objects.get(pk=submission.pk)
    assert (found.stage, found.report, found.applied_at, found.errors) == (Stage.APPLIED, {"a": [1]}, AT, 0)


def test_writing_over_a_row_that_is_gone_is_an_error(db: None) -> None:
    gone = Organisation.objects.create(kind=OrganisationKind.SCHOOL, name="Elm Road", number="9991001")
    Organisation.objects.filter(pk=gone.pk).delete()
    with pytest.raises(DatabaseError, match="not in the database"):
        update(gone, ["name"])
