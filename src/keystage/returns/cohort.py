"""The cohort table: roll, leavers and register side by side, each pupil sorted, with the reason and the date."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from keystage.pupils.matching import Tier, match
from keystage.pupils.names import full_name
from keystage.returns.register import Expected, Register
from keystage.returns.roll import RollPupil
from keystage.returns.test_week import calendar
from keystage.returns.verdicts import Answer, Case, Verdict, answer, answer_not_on_roll
from keystage.years.provenance import Basis
from keystage.years.year import CollectionYear

__all__ = ["Cohort", "CohortLine", "RollPupil", "Verdict", "sort_cohort"]

_MATCHED_BY = {
    Tier.FORMER_UPN: "Matched with the register by a former UPN: {here} here, {there} there.",
    Tier.NAME_AND_BIRTH_DATE: "Matched with the register by name and date of birth alone: the UPN is {here} here and"
    " {there} there.",
}


@dataclass(frozen=True, slots=True)
class CohortLine:
    """One child: on the roll, on the register, or on both."""

    pupil: RollPupil | None
    expected: Expected | None
    tier: Tier | None
    """How the two were matched; None where there is only one."""
    verdict: Verdict
    reason: str
    """Why, in whole sentences."""
    basis: Basis | None
    """How sure the rule is; None where there is none and a person decides."""
    date: date | None
    """The day that bears on it: of leaving or joining."""

    @property
    def name(self) -> str:
        """The pupil's name as lists show it."""
        who = self.pupil or self.expected
        return full_name(who.surname, who.forename) if who else ""


@dataclass(frozen=True, slots=True)
class Cohort:
    """Everybody on the roll and on the register, once."""

    lines: tuple[CohortLine, ...]
    """In the order of the roll, then those who are only on the register, in its order."""
    is_provisional: bool
    """Whether no register was loaded."""

    @property
    def counts(self) -> Counter[Verdict]:
        """How many pupils there are of each verdict."""
        return Counter(line.verdict for line in self.lines)

    def of(self, *verdicts: Verdict) -> tuple[CohortLine, ...]:
        """Return the lines with one of some verdicts."""
        return tuple(line for line in self.lines if line.verdict in verdicts)


def sort_cohort(roll: Sequence[RollPupil], register: Register | None, year: CollectionYear) -> Cohort:
    """Match the roll with the register and say of each pupil whether they are reported, and why.

    Args:
        roll: the pupils of the school, leavers among them.
        register: the pupils that the gateway expects; without it the answers are provisional.
        year: the collection year, whose dates count.
    """
    matching = match(roll, register.pupils if register else ())
    pairs = {id(pair.left): pair for pair in matching.pairs}
    dates = calendar(year)
    often = Counter(pupil.upn for pupil in roll if pupil.upn)
    lines: list[CohortLine] = []
    for pupil in roll:
        pair = pairs.get(id(pupil))
        expected, tier = (pair.right, pair.tier) if pair else (None, None)
        case = Case(pupil, expected, dates, year, register is not None)
        found = _twice(pupil.upn, often) if expected is None and often[pupil.upn] > 1 else answer(case)
        lines.append(_line(pupil, expected, tier, found))
    for entry in matching.only_right:
        found = _twice(entry.upn, often) if often[entry.upn] > 1 else answer_not_on_roll(entry, dates, year)
        lines.append(_line(None, entry, None, found))
    return Cohort(tuple(lines), register is None)


def _twice(upn: str, often: Counter[str]) -> Answer:
    times = "twice" if often[upn] == 2 else f"{often[upn]} times"
    return Answer(
        Verdict.DECIDE, f"The UPN {upn} stands on the roll {times}. Correct it there, so that it stands once."
    )


def _line(pupil: RollPupil | None, expected: Expected | None, tier: Tier | None, found: Answer) -> CohortLine:
    reason = found.reason
    if pupil and expected and tier in _MATCHED_BY:
        said = _MATCHED_BY[tier].format(here=pupil.upn or "missing", there=expected.upn or "missing")
        reason = f"{reason} {said}"
    return CohortLine(pupil, expected, tier, found.verdict, reason, found.basis, found.day)
