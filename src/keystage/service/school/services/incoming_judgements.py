"""Taking over judgements from other software: what a person chose, through the same door as what is typed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from django.db import transaction
from django.utils import timezone

from keystage.checks.rolls import is_ctf
from keystage.ctf.reader import read
from keystage.ctf.to_return import collection_year, to_return
from keystage.returns.value import Return
from keystage.service.accounts.models import Person
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.events.kinds import Kind
from keystage.service.events.record import record
from keystage.service.school.models import Incoming, SchoolReturn
from keystage.service.school.models.files import IncomingKind
from keystage.service.school.records import Records
from keystage.service.school.services.incoming import content_of
from keystage.service.school.services.incoming_judgements_plan import ImportPlan, Stand, plan_import
from keystage.service.school.services.incoming_kinds import WrongKind, refuse_other_kinds
from keystage.service.school.services.judgements import Change, Outcome, save
from keystage.service.school.services.returns import lock_open
from keystage.sheets import read_template
from keystage.sheets.marksheet import made_from
from keystage.sheets.sheet_file import SheetFile
from keystage.years.year import CollectionYear

EVERYTHING = "everything"
"""In place of chosen cells: everything that is new."""


@dataclass(slots=True)
class Imported:
    """What became of what was chosen."""

    outcome: Outcome = field(default_factory=Outcome)
    passed_over: int = 0
    """Cells that the file or the marksheet no longer has as they were shown."""


def plan(incoming: Incoming, records: Records, same: Mapping[int, str]) -> ImportPlan:
    """Say what a file of judgements would change. No query of its own.

    Raises:
        WrongKind: it holds no teacher assessments.
        FileRefused: it cannot be read.
        NotAllowedNow: the file is gone.
    """
    content = content_of(incoming)
    return_, file_year = _read(content, incoming.file.name, records.year)
    return replace(plan_import(return_, records, same), file_year=file_year, made_from=made_from(content))


def _read(content: bytes, name: str, year: CollectionYear) -> tuple[Return, int | None]:
    refuse_other_kinds(IncomingKind.JUDGEMENTS, content, name, year)
    if is_ctf(content) or content.lstrip()[:1] == b"<":
        file = read(content, name=name)
        return_ = to_return(file, year)
        if not any(pupil.judgements for pupil in return_.pupils):
            what = "The file is a Common Transfer File without any teacher assessment of key stage 2."
            fix = "Export it again with the key stage 2 teacher assessments chosen. To load the roll from it, use"
            raise WrongKind(what, f"{fix} “Load the roll” on the page “Pupils”.")
        return return_, collection_year(file)
    return_ = read_template(content, year, name=name)
    _refuse_without_columns(return_)
    return return_, None


def _refuse_without_columns(return_: Return) -> None:
    source = return_.source
    assert isinstance(source, SheetFile)  # noqa: S101 - that is what read_template gives
    if not any(source.has(subject) for subject in ("reading", "writing", "maths", "science")):
        what = "No column of the sheet has a heading of a subject, so there are no judgements in it."
        raise WrongKind(what, "Name the columns as in the marksheet: Reading TA, Writing TA, Maths TA, Science TA.")
    if not source.has("upn") and not all(source.has(each) for each in ("surname", "forename", "birth_date")):
        what = "The sheet has neither a column UPN nor surname, forename and date of birth."
        raise WrongKind(
            what, "Without one of these nobody can be matched. Add the column, and bring the file in again."
        )
    if not return_.pupils:
        raise WrongKind("The sheet has headings, but no pupil below them.", "Bring in the sheet with the pupils.")


@transaction.atomic
def accept(
    incoming: Incoming, chosen: Collection[str], *, by: Person, same: Mapping[int, str], seen: str = ""
) -> Imported:
    """Take over judgements that were chosen. What differs is only taken where it was chosen cell by cell.

    Args:
        incoming: the file.
        chosen: the cells' tokens; or :data:`EVERYTHING` among them, for all that is new.
        by: who chose.
        same: pupils of the file, by their place from 1, who a person says are the pupils with these keys.
        seen: what the page said (:attr:`ImportPlan.seen`), needed where everything new is accepted.

    Raises:
        NotAllowedNow: the year is closed, or what is new is not what was seen.
    """
    locked = lock_open(incoming.school_return)
    found = plan(incoming, Records.of(locked), same)
    if EVERYTHING in chosen:
        if seen != found.seen:
            raise NotAllowedNow(
                "The marksheet was changed after this page was shown. Look at what the file would change now, then"
                " accept again."
            )
        chosen = {cell.token for cell in found.of(Stand.NEW)} | (set(chosen) - {EVERYTHING})
    open_ = {cell.token: cell for cell in found.of(Stand.NEW, Stand.DIFFERS)}
    cells = [open_[token] for token in chosen if token in open_]
    changes = [Change(each.own.pupil.key, each.subject, each.incoming, each.version) for each in cells]
    imported = Imported(Outcome(), len(set(chosen)) - len(cells))
    if changes:
        imported.outcome = save(locked, changes, by=by, how="imported", file=incoming.file.key)
    if imported.outcome.saved:
        _mark(locked, incoming, imported, same, by)
    return imported


def _mark(locked: SchoolReturn, incoming: Incoming, imported: Imported, same: Mapping[int, str], by: Person) -> None:
    Incoming.objects.filter(pk=incoming.pk).update(accepted_at=timezone.now())
    record(
        Kind.JUDGEMENTS_IMPORTED,
        by=by,
        organisation=locked.organisation,
        year=locked.year,
        target=incoming.key,
        file=incoming.file.key,
        sha256=incoming.file.sha256,
        saved=len(imported.outcome.saved),
        confirmed=sorted(same.values()),
    )
