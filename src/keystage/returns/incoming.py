"""Teacher assessments from other software, set beside the school's own before anything is taken over: a dry run.

Nothing is changed here, and no judgement is chosen: where a file says two things, or something that cannot be right,
that is said. Pupils are matched in the tiers of :mod:`keystage.pupils.matching`, never on a name alone.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple, Protocol

from keystage.pupils import sexes
from keystage.pupils.matching import Tier, match
from keystage.pupils.names import fold
from keystage.returns.judgement import Judgement
from keystage.returns.value import Pupil, Return
from keystage.years.subjects import Subject
from keystage.years.year import CollectionYear


class Identified(Protocol):
    """What comparing needs to know of a record: anything with these will do."""

    @property
    def upn(self) -> str: ...  # noqa: D102
    @property
    def surname(self) -> str: ...  # noqa: D102
    @property
    def forename(self) -> str: ...  # noqa: D102
    @property
    def birth_date(self) -> date | None: ...  # noqa: D102
    @property
    def birth_text(self) -> str: ...  # noqa: D102
    @property
    def sex(self) -> str: ...  # noqa: D102


class Named(Protocol):
    """What finding a namesake needs to know of a record."""

    @property
    def upn(self) -> str: ...  # noqa: D102
    @property
    def surname(self) -> str: ...  # noqa: D102
    @property
    def forename(self) -> str: ...  # noqa: D102


class State(StrEnum):
    """How an incoming judgement stands to the school's own."""

    NEW = "new"
    """The school has none yet."""
    SAME = "same"
    DIFFERS = "differs"
    NOT_VALID = "not valid"
    """It cannot be taken: see ``why``."""
    BLANK = "blank"
    """The file has none. The school's own stays, whatever it is."""


class SubjectState(NamedTuple):
    """One subject of one incoming pupil."""

    subject: Subject
    state: State
    incoming: str
    """The code in the file; empty where there is none. Two codes that contradict stand as ``EXS and GDS``."""
    own: str
    """The school's own code; empty where there is none, and for a pupil who is not matched."""
    why: str = ""
    """Why it is not valid, as a sentence."""
    allowed: tuple[str, ...] = ()
    """The codes of the subject, where the one in the file is none of them."""


class IdentityDifference(NamedTuple):
    """One part of a pupil's identity that differs; dates as ``YYYY-MM-DD``."""

    field: str
    """``upn``, ``surname``, ``forename``, ``birth_date`` or ``sex``."""
    incoming: str
    own: str


@dataclass(frozen=True, slots=True)
class IncomingPupil:
    """One pupil of the file, with who that is in the school's own records."""

    pupil: Pupil
    own: Pupil | None
    """None where nobody was matched: then nothing can be taken over."""
    tier: Tier | None
    evidence: str
    """How they were matched, or why they were not, in whole sentences."""
    identity: tuple[IdentityDifference, ...]
    subjects: tuple[SubjectState, ...]
    """Each subject once, in order."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """Everybody in the file and everybody in the school's own records, once."""

    pupils: tuple[IncomingPupil, ...]
    """In the order of the file."""
    only_own: tuple[Pupil, ...]
    """The school's pupils of whom the file says nothing."""
    is_of_other_school: bool
    """Whether the file names another school."""

    @property
    def matched(self) -> tuple[IncomingPupil, ...]:
        """The pupils of the file who are known here."""
        return tuple(each for each in self.pupils if each.own is not None)

    @property
    def unmatched(self) -> tuple[IncomingPupil, ...]:
        """The pupils of the file who are not known here."""
        return tuple(each for each in self.pupils if each.own is None)

    @property
    def counts(self) -> Counter[State]:
        """How many judgements of matched pupils there are of each state."""
        return Counter(subject.state for each in self.matched for subject in each.subjects)


def compare(incoming: Return, own: Return, year: CollectionYear) -> Incoming:
    """Set the return of a file beside the school's own.

    Args:
        incoming: what was read in the file: a CTF, a CSV file or a workbook.
        own: the school's own return.
        year: the collection year, whose codes count.
    """
    matching = match(incoming.pupils, own.pupils)
    pairs = {id(pair.left): pair for pair in matching.pairs}
    often = Counter(pupil.upn for pupil in incoming.pupils if pupil.upn)
    pupils: list[IncomingPupil] = []
    for pupil in incoming.pupils:
        pair = pairs.get(id(pupil))
        mine, tier = (pair.right, pair.tier) if pair else (None, None)
        evidence = how_matched(pupil, mine, tier) if mine and tier else why_unmatched(pupil, matching.only_right, often)
        identity = tuple(identity_differences(pupil, mine)) if mine else ()
        subjects = tuple(_subject(subject, pupil, mine, year) for subject in Subject)
        pupils.append(IncomingPupil(pupil, mine, tier, evidence, identity, subjects))
    is_other = bool(incoming.school and own.school and incoming.school != own.school)
    return Incoming(tuple(pupils), matching.only_right, is_other)


# -- who is who --------------------------------------------------------------------------------------------------------


def how_matched(pupil: Named, own: Named, tier: Tier) -> str:
    """Return in a sentence how it is known that two records are of the same child."""
    upns = f"the UPN is {pupil.upn or 'missing'} in the file and {own.upn or 'missing'} here"
    return {
        Tier.UPN: "The UPN is the same.",
        Tier.FORMER_UPN: f"One of them has the other's UPN as a former UPN: {upns}.",
        Tier.NAME_AND_BIRTH_DATE: f"Name and date of birth are the same: {upns}.",
    }[tier]


def why_unmatched(pupil: Named, others: Sequence[Named], often: Mapping[str, int]) -> str:
    """Return in sentences why nobody here is the pupil of a file.

    Args:
        pupil: the one of the file.
        others: those here whom nobody in the file is.
        often: how often each UPN stands in the file.
    """
    if often.get(pupil.upn, 0) > 1:
        return f"The UPN {pupil.upn} stands in the file more than once, so it is not known whose it is."
    if sum(other.upn == pupil.upn for other in others if pupil.upn) > 1:
        return f"The UPN {pupil.upn} stands here more than once, so it is not known whose it is."
    said = "Nobody here has this UPN, or this name together with this date of birth."
    name = fold(pupil.surname), fold(pupil.forename)
    alike = [other for other in others if all(name) and name == (fold(other.surname), fold(other.forename))]
    if alike:
        said += (
            " A pupil of the same name is here, but nobody is matched on a name alone: compare UPN and date of birth."
        )
    return said


def identity_differences(pupil: Identified, own: Identified) -> Iterator[IdentityDifference]:
    """Yield what differs. What the file does not say is no difference, nor are capitals, accents and hyphens."""
    for field, here, there in (
        ("upn", pupil.upn, own.upn),
        ("surname", pupil.surname, own.surname),
        ("forename", pupil.forename, own.forename),
        ("birth_date", _born(pupil), _born(own)),
        ("sex", sexes.letter(pupil.sex), sexes.letter(own.sex)),
    ):
        is_name = field in ("surname", "forename")
        is_same = fold(here) == fold(there) if is_name else here == there
        if here and not is_same:
            yield IdentityDifference(field, here, there)


def _born(pupil: Identified) -> str:
    return pupil.birth_date.isoformat() if pupil.birth_date else pupil.birth_text


# -- what is said of them ----------------------------------------------------------------------------------------------


def _subject(subject: Subject, pupil: Pupil, own: Pupil | None, year: CollectionYear) -> SubjectState:
    mine = own.code(subject) if own else ""
    given = [each for each in pupil.judgements if each.subject is subject and each.code]
    codes = tuple(dict.fromkeys(each.code for each in given if each.year in ("", str(year))))
    if not codes:
        return _of_other_years(subject, mine, given)
    if len(codes) > 1:
        why = "The file has more than one code for this subject. Ask the teacher which is right."
        return SubjectState(subject, State.NOT_VALID, " and ".join(codes), mine, why)
    (code,) = codes
    allowed = year.codes(subject)
    if code not in allowed:
        return SubjectState(subject, State.NOT_VALID, code, mine, f"“{code}” is no code for {subject}.", allowed)
    state = State.NEW if not mine else State.SAME if code == mine else State.DIFFERS
    return SubjectState(subject, state, code, mine)


def _of_other_years(subject: Subject, mine: str, given: Sequence[Judgement]) -> SubjectState:
    if not given:
        return SubjectState(subject, State.BLANK, "", mine)
    why = f"It is a judgement of the year “{given[0].year}”, not of this one."
    return SubjectState(subject, State.NOT_VALID, given[0].code, mine, why)
