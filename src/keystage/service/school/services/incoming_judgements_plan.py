"""What judgements from other software would change: matched, new, differing, not valid; each with the evidence."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from hashlib import sha256

from keystage.pupils.matching import Tier, match
from keystage.returns.incoming import IdentityDifference, IncomingPupil, State, SubjectState, compare
from keystage.returns.value import Pupil as ReturnPupil
from keystage.returns.value import Return
from keystage.service.school.lines import Line, Sorted
from keystage.service.school.reading import roll_pupil
from keystage.service.school.records import Records
from keystage.service.school.services.incoming_likeness import Likeness, alike
from keystage.years.owed import OwedState
from keystage.years.subjects import Subject


class Stand(StrEnum):
    """How a judgement in the file stands to what is here."""

    NEW = "new"
    DIFFERS = "differs"
    SAME = "same"
    NOT_VALID = "not valid"
    CLOSED = "closed"
    """No judgement is wanted here."""
    BLANK = "blank"


@dataclass(frozen=True, slots=True)
class ImportCell:
    """One judgement in the file."""

    own: Line
    subject: Subject
    stand: Stand
    incoming: str
    code: str
    """What stands here."""
    version: int
    why: str = ""
    allowed: tuple[str, ...] = ()

    @property
    def token(self) -> str:
        """What a form sends back: the cell, the code in the file, and the version of the cell that was shown."""
        return f"{self.own.pupil.key}:{self.subject}:{self.incoming}:{self.version}"


@dataclass(frozen=True, slots=True)
class ImportLine:
    """One pupil of the file."""

    number: int
    """The pupil's place in the file, from 1."""
    pupil: ReturnPupil
    own: Line | None
    tier: Tier | None
    evidence: str
    identity: tuple[IdentityDifference, ...]
    cells: tuple[ImportCell, ...] = ()
    likeness: Likeness | None = None
    is_confirmed: bool = False
    """Whether a person said who it is."""
    judged: int = 0
    """How many judgements the file has of the pupil."""


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What the whole file would change."""

    return_: Return
    lines: tuple[ImportLine, ...]
    only_own: tuple[Line, ...]
    """On the marksheet, and not in the file."""
    is_of_other_school: bool
    file_year: int | None = None
    """The year that a file is of, where it says one."""
    made_from: tuple[str, str] | None = None
    """The fingerprint and version that a marksheet of ours was made from."""
    counts: Mapping[Stand, int] = field(default_factory=dict)

    @property
    def cells(self) -> Iterator[ImportCell]:
        """Every judgement of matched pupils."""
        return (cell for line in self.lines for cell in line.cells)

    def of(self, *stands: Stand) -> tuple[ImportCell, ...]:
        """Return the judgements that stand in some way."""
        return tuple(cell for cell in self.cells if cell.stand in stands)

    @property
    def unmatched(self) -> tuple[ImportLine, ...]:
        """The pupils of the file who are not known here."""
        return tuple(line for line in self.lines if line.own is None)

    @property
    def matched(self) -> tuple[ImportLine, ...]:
        """The pupils of the file who are known here."""
        return tuple(line for line in self.lines if line.own is not None)

    @property
    def seen(self) -> str:
        """What would be taken over if everything new were, in one short text that a form sends back."""
        return sha256(repr([cell.token for cell in self.of(Stand.NEW)]).encode()).hexdigest()[:16]


def plan_import(return_: Return, records: Records, same: Mapping[int, str]) -> ImportPlan:
    """Compare a return that comes in with the records.

    Args:
        return_: what the file says.
        records: the school's.
        same: pupils of the file, by their place from 1, who a person says are the pupils with these keys.
    """
    pupils = tuple(_as(pupil, records.line(same.get(at, ""))) for at, pupil in enumerate(return_.pupils, start=1))
    compared = compare(replace(return_, pupils=pupils), records.return_, records.year)
    own = {id(pupil): line for pupil, line in zip(records.return_.pupils, records.lines, strict=True)}
    asked = zip(return_.pupils, compared.pupils, strict=True)
    lines = [_line(at, pupil, found, own, confirmed=at in same) for at, (pupil, found) in enumerate(asked, start=1)]
    only_own = [own[id(pupil)] for pupil in compared.only_own]
    lines = _with_suggestions(lines, only_own, records)
    counts = Counter(cell.stand for line in lines for cell in line.cells)
    return ImportPlan(return_, tuple(lines), tuple(only_own), compared.is_of_other_school, counts=counts)


def _as(pupil: ReturnPupil, line: Line | None) -> ReturnPupil:
    """Return a pupil of the file under the identity of the pupil here, where a person said so."""
    if line is None:
        return pupil
    mine = line.pupil
    born = mine.birth_date.isoformat() if mine.birth_date else mine.birth_text
    return pupil._replace(
        upn=mine.upn,
        surname=mine.surname,
        forename=mine.forename,
        birth_date=mine.birth_date,
        birth_text=born,
        sex=mine.sex,
        former_upn="",
    )


def _line(
    number: int, pupil: ReturnPupil, found: IncomingPupil, own: Mapping[int, Line], *, confirmed: bool
) -> ImportLine:
    judged = sum(bool(each.code) for each in pupil.judgements)
    if found.own is None:
        return ImportLine(number, pupil, None, None, found.evidence, (), judged=judged)
    line = own[id(found.own)]
    cells = tuple(_cell(line, each) for each in found.subjects)
    evidence = "Confirmed by you." if confirmed else found.evidence
    return ImportLine(
        number, pupil, line, found.tier, evidence, found.identity, cells, is_confirmed=confirmed, judged=judged
    )


def _cell(line: Line, found: SubjectState) -> ImportCell:
    cell = line.cell(found.subject)
    stand, why = Stand(found.state), found.why
    if found.state in (State.NEW, State.DIFFERS) and cell.owed.state is OwedState.CLOSED:
        stand, why = Stand.CLOSED, f"No judgement is wanted here. {cell.owed.reason}"
    return ImportCell(line, found.subject, stand, found.incoming, cell.code, cell.version, why, found.allowed)


def _with_suggestions(lines: list[ImportLine], only_own: Sequence[Line], records: Records) -> list[ImportLine]:
    """Say of the pupils who are not known who they may be, or that they are here but not in the return."""
    alone = [line.pupil for line in lines if line.own is None]
    elsewhere = [each for each in records.cohort if each.pupil and not each.is_reported]
    known = match(alone, [roll_pupil(each.pupil) for each in elsewhere if each.pupil])
    out = {id(pair.left): pair.right.key for pair in known.pairs}
    likely = alike(known.only_left, [roll_pupil(line.pupil) for line in only_own])
    return [
        line
        if line.own
        else replace(line, evidence=_not_reported(out[id(line.pupil)], elsewhere))
        if id(line.pupil) in out
        else replace(line, likeness=likely.get(id(line.pupil)))
        for line in lines
    ]


def _not_reported(key: str, elsewhere: Sequence[Sorted]) -> str:
    verdict = next(each.verdict for each in elsewhere if each.pupil and each.pupil.key == key)
    return f"On the roll here, but not in the return ({verdict}). Decide about the pupil first, then import again."
