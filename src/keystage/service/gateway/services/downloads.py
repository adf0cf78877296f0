"""Files that people take away: their own, as it came or with its errors marked; a template; what to put right."""

from io import BytesIO
from typing import Literal

from django.db import transaction
from django.utils import timezone

from keystage.checks.london import london_time
from keystage.checks.marking import marks
from keystage.ctf.filename import FileName
from keystage.ctf.from_return import from_return
from keystage.ctf.writer import write
from keystage.returns.register import Expected
from keystage.returns.value import Return
from keystage.service.accounts.models import Organisation, Person
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.config.years import load
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Event
from keystage.service.events.record import record
from keystage.service.gateway.models import Collection, GatewayReturn, HeldPupil, Receipt, Submission
from keystage.service.gateway.register import expected, held_of, register_of, registered_of, return_of
from keystage.service.gateway.services.reading import content_of, returned_in
from keystage.sheets import read_table, write_template
from keystage.sheets.marked import write_marked
from keystage.sheets.template import lookup_of

_UNREADABLE = "Nothing in this file could be read, so nothing can be marked in it. Send another file."


@transaction.atomic
def taken(submission: Submission, name: str, *, by: Person) -> None:
    """Record that somebody took a file away."""
    at = submission.gateway_return
    record(Kind.FILE_TAKEN, by=by, organisation=at.school, year=at.collection.year, target=submission.key, file=name)


@transaction.atomic
def taken_of_schools(collection: Collection, organisation: Organisation, name: str, *, by: Person) -> None:
    """Record that somebody of an authority or a trust took a file about its schools away."""
    record(Kind.FILE_TAKEN, by=by, organisation=organisation, year=collection.year, file=name)


def marked_file(submission: Submission) -> bytes:
    """Return the school's own file with what the checks said marked in it, as a workbook.

    Raises:
        NotAllowedNow: nothing in it could be read, or it is not in the store any more.
    """
    gateway_return = submission.gateway_return
    year = load(gateway_return.collection.year)
    return_ = returned_in(submission)
    if return_ is None:
        raise NotAllowedNow(_UNREADABLE)
    table = None
    if submission.is_sheet:
        table = read_table(content_of(submission), name=submission.file.name, known=lookup_of(year))
    found = submission.report["findings"]
    sink = BytesIO()
    write_marked(return_, year, sink, marks(found), table=table, missing=_missing(submission))
    return sink.getvalue()


def _missing(submission: Submission) -> list[Expected]:
    said = {each["upn"] for each in submission.report["findings"] if each["code"] == "C01"}
    return [expected(each) for each in registered_of(submission.gateway_return) if each.upn in said]


def marked_name(submission: Submission) -> str:
    """Return the name of a marked file."""
    stem = submission.file.name.rpartition(".")[0] or submission.file.name
    return f"{stem} with errors marked.xlsx"


def template_file(gateway_return: GatewayReturn, kind: Literal["xlsx", "csv"]) -> bytes:
    """Return the template with the pupils who are expected, and the codes that count already."""
    return_ = return_of(gateway_return, held_of(gateway_return))
    sink = BytesIO()
    register = register_of(registered_of(gateway_return))
    write_template(return_, load(gateway_return.collection.year), sink, kind=kind, register=register)
    return sink.getvalue()


@transaction.atomic
def template_taken(gateway_return: GatewayReturn, name: str, *, by: Person) -> None:
    """Record that somebody took the template, or a file of corrections, with the pupils in it."""
    record(
        Kind.FILE_TAKEN, by=by, organisation=gateway_return.school, year=gateway_return.collection.year,
        target=gateway_return.key, file=name,
    )  # fmt: skip


def corrections_file(gateway_return: GatewayReturn) -> tuple[str, bytes]:
    """Return the name and content of a file of just the pupils with open corrections, for the school's own records.

    It is addressed to the school itself, so that no software takes it for a return; its number goes up with each.

    Raises:
        NotAllowedNow: nobody who counts has an open correction.
    """
    held = HeldPupil.objects.filter(gateway_return=gateway_return, removed_at=None, corrections__done_at=None)
    some = list(held.filter(corrections__isnull=False).distinct().order_by("surname", "forename", "pk"))
    if not some:
        raise NotAllowedNow("There is nobody to put right, so there is no file to make.")
    year = load(gateway_return.collection.year)
    return_: Return = return_of(gateway_return, some)
    made = london_time(timezone.now()).replace(tzinfo=None)
    school = gateway_return.school
    file = from_return(
        return_, year, made=made, school_name=school.name, urn=school.urn, destination=gateway_return.number
    )
    sink = BytesIO()
    write(file, sink)
    return str(_name_of_corrections(gateway_return, year.ctf.type_token)), sink.getvalue()


def _name_of_corrections(gateway_return: GatewayReturn, type_: str) -> FileName:
    number = gateway_return.number
    taken_before = Event.objects.filter(
        kind=Kind.FILE_TAKEN, target=gateway_return.key, data__file__startswith=f"{number}_{type_}_{number}_"
    )
    return FileName(number, number, min(taken_before.count() + 1, 999), type_)


@transaction.atomic
def receipt_taken(receipt: Receipt, *, by: Person) -> None:
    """Record that somebody took a receipt."""
    at = receipt.gateway_return
    record(
        Kind.RECEIPT_TAKEN, by=by, organisation=at.school, year=at.collection.year, target=at.key,
        number=receipt.number,
    )  # fmt: skip
