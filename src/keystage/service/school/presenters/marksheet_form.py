"""What is left to put right after the plain form was saved: codes refused, and cells that two people changed."""

from dataclasses import dataclass

from keystage.service.design.words import name_in_sentence
from keystage.service.school.presenters.marksheet import cell_id
from keystage.service.school.presenters.marksheet_answer import conflict_words, refused_words
from keystage.service.school.presenters.marksheet_asked import Form
from keystage.service.school.records import Records
from keystage.service.school.services.judgements import Change, Conflict, Outcome, Refused
from keystage.years.subjects import Subject


@dataclass(frozen=True, slots=True)
class RefusedView:
    """A code that could not be saved."""

    pupil: str
    subject: Subject
    code: str
    why: str
    label: str
    href: str
    """Of the cell on the page."""


@dataclass(frozen=True, slots=True)
class Clash:
    """A cell that somebody else changed in the meantime."""

    name: str
    """Of the fields: ``key.subject.version.code``, with the code that the person wants."""
    id: str
    label: str
    words: str
    keep: str
    """The answer that keeps what the other person entered."""
    use: str
    is_unanswered: bool
    """Whether the person was asked already and did not choose."""


@dataclass(frozen=True, slots=True)
class Problems:
    """What is left to put right."""

    refused: tuple[RefusedView, ...] = ()
    clashes: tuple[Clash, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.refused or self.clashes)


def problems(form: Form, typed: Outcome, chosen: Outcome, records: Records) -> Problems:
    """Return what is left to put right after a form."""
    clashes = (_clash(each, records) for each in (*typed.conflicts, *chosen.conflicts))
    unanswered = (_unanswered(each.change, records) for each in form.choices if each.mine is None)
    return Problems(
        tuple(_refused(each, records) for each in (*typed.refused, *chosen.refused)),
        (*clashes, *(each for each in unanswered if each)),
    )


def _refused(each: Refused, records: Records) -> RefusedView:
    label, href = _label(each.pupil, each.subject, records), f"#{cell_id(each.pupil, each.subject)}"
    return RefusedView(each.pupil, each.subject, each.code, refused_words(each), label, href)


def _clash(each: Conflict, records: Records, *, is_unanswered: bool = False) -> Clash:
    return Clash(
        f"{each.pupil}.{each.subject}.{each.version}.{each.yours}",
        f"choose-{cell_id(each.pupil, each.subject)}",
        _label(each.pupil, each.subject, records),
        conflict_words(each),
        f"Keep {each.theirs}" if each.theirs else "Keep it empty",
        f"Use {each.yours}" if each.yours else "Take the judgement out",
        is_unanswered,
    )


def _unanswered(change: Change, records: Records) -> Clash | None:
    """Ask again about a cell, with what stands there by now; nothing where that is what the person wants."""
    line = records.line(change.pupil)
    cell = line.cell(change.subject) if line else None
    if cell is None or cell.code == change.code:
        return None
    who = cell.changed_by or "somebody else"
    again = Conflict(change.pupil, change.subject, change.code, cell.code, who, cell.changed_at, cell.version)
    return _clash(again, records, is_unanswered=True)


def _label(pupil: str, subject: Subject, records: Records) -> str:
    line = records.line(pupil)
    return f"{subject.capitalize()}, {name_in_sentence(line.pupil)}" if line else subject.capitalize()
