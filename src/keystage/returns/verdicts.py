"""Who must be in the return, case by case, and why: the rules behind the cohort table.

Nothing here says what a pupil's judgement is: only whether a person must give one. Where no page that was read settles
a case, the answer is *decide*. Sources: gov-ta-2026 and gov-registration-2026 on who is expected and until when pupils
are added; seed-1 and norfolk-2026 on pupils who leave; for L, F and P the rules of the year on what is owed.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from keystage.returns.register import Expected
from keystage.returns.roll import RollPupil
from keystage.returns.test_week import Calendar, When
from keystage.years.provenance import Basis
from keystage.years.registration import PupilStatus, TestStatus
from keystage.years.subjects import Subject
from keystage.years.year import CollectionYear

LAST_YEAR_GROUP = "6"
"""The year group that usually finishes key stage 2."""


class Verdict(StrEnum):
    """What becomes of a pupil."""

    REPORT = "report"
    REPORT_AS_LEFT = "report as left"
    NOT_OURS = "not ours"
    DECIDE = "decide"


class Answer(NamedTuple):
    """What becomes of a pupil, and why."""

    verdict: Verdict
    reason: str
    """Whole sentences."""
    day: date | None = None
    """The day that bears on it: of leaving or joining."""
    basis: Basis | None = None
    """How sure the rule is; None where there is no rule, and a person decides."""


@dataclass(frozen=True, slots=True)
class Case:
    """A pupil on the roll, and what is known besides."""

    pupil: RollPupil
    expected: Expected | None
    calendar: Calendar
    year: CollectionYear
    has_register: bool

    @property
    def finishes(self) -> bool | None:
        """Whether the pupil is of those who usually finish key stage 2 this year; None where that is not known."""
        if self.pupil.year_group:
            return self.pupil.year_group == LAST_YEAR_GROUP
        if self.pupil.birth_date is None:
            return None
        first, last = self.year.usual_birth_dates
        return first <= self.pupil.birth_date <= last

    @property
    def whose(self) -> str:
        """What makes the pupil one who usually finishes, or not, in words."""
        if self.pupil.year_group:
            return f"in Year {self.pupil.year_group}"
        return "of the age of Year 6" if self.finishes else "not of the age of Year 6"

    @property
    def register(self) -> str:
        """How a reason speaks of a pupil who is on no register."""
        return "not on the register" if self.has_register else "perhaps on a register, but no register is loaded"


def answer(case: Case) -> Answer:
    """Say what becomes of a pupil on the roll."""
    pupil, expected = case.pupil, case.expected
    if expected and not expected.is_expected:
        reason = "The register says Unregistered: the pupil was put on the list by mistake and is not expected."
        return Answer(Verdict.NOT_OURS, reason, basis=Basis.ASSUMED)
    if pupil.left and pupil.joined and pupil.left < pupil.joined:
        reason = f"The date of leaving, {in_words(pupil.left)}, is before that of joining, {in_words(pupil.joined)}."
        return Answer(Verdict.DECIDE, f"{reason} Correct the one that is wrong.", pupil.left)
    if pupil.left:
        return _leaver(case, pupil.left)
    return _on_register(case, expected) if expected else _not_on_register(case)


def in_words(day: date) -> str:
    """Return a day as a sentence has it: 21 May 2026."""
    return f"{day.day} {day:%B %Y}"


# -- pupils who left ---------------------------------------------------------------------------------------------------


def _leaver(case: Case, left: date) -> Answer:
    when = case.calendar.when(left)
    if when is When.AFTER:
        return _left_after(case, left)
    if when is When.BEFORE:
        return _left_before(case, left)
    if case.expected is None and case.finishes is False:
        return _other_year_group(case)._replace(day=left)
    where = "is on the register" if case.expected else f"is {case.register}"
    if when is When.UNKNOWN:
        unknown = f"the dates of test week {case.year} are not held, so it cannot be said whether that was before it"
        return Answer(Verdict.DECIDE, f"Left on {in_words(left)} and {where}; {unknown}.", left)
    reason = (
        f"Left on {in_words(left)}, in test week, and {where}. Which school reports such a pupil is not known here:"
    )
    return Answer(Verdict.DECIDE, f"{reason} agree it with the new school.", left)


def _left_before(case: Case, left: date) -> Answer:
    said = f"Left on {in_words(left)}, before test week"
    if case.expected:
        way_out = "" if case.expected.has_left else " Correct the registration to Left too."
        reason = f"{said}, and is on the register: reported as left.{way_out}"
        return Answer(Verdict.REPORT_AS_LEFT, reason, left, _left_basis(case.year))
    if case.has_register:
        return Answer(Verdict.NOT_OURS, f"{said}, and is not on the register.", left, Basis.PUBLISHED_COPY)
    if case.finishes is False:
        return _other_year_group(case)._replace(day=left)
    reason = f"{said}. No register is loaded: a pupil still on it is reported as left, any other is left out."
    return Answer(Verdict.DECIDE, reason, left)


def _left_basis(year: CollectionYear) -> Basis:
    return year.owed.rule(Subject.WRITING, PupilStatus.LEFT).provenance.basis


def _left_after(case: Case, left: date) -> Answer:
    """Judge a pupil who was on roll in test week: the school of test week gives real judgements."""
    expected = case.expected
    if expected is None:
        return _not_on_register(case)
    said = f"On roll in test week; left after it, on {in_words(left)}"
    if expected.has_left and expected.date_left and case.calendar.when(expected.date_left) is not When.AFTER:
        other = f"but the register says that the pupil left on {in_words(expected.date_left)}"
        return Answer(Verdict.DECIDE, f"{said}, {other}. Find out which is right.", left)
    if expected.has_left:
        reason = f"{said}. This school gives the judgements: correct the registration, which says Left, to Registered."
        return Answer(Verdict.REPORT, reason, left, Basis.PUBLISHED_COPY)
    found = _on_register(case, expected)
    if found.verdict is not Verdict.REPORT:
        return found
    reason = f"{said}. This school gives the judgements."
    elsewhen = _elsewhen(expected)
    return Answer(Verdict.REPORT, f"{reason} {elsewhen}".strip(), left, Basis.PUBLISHED_COPY)


# -- pupils on the register --------------------------------------------------------------------------------------------


def _on_register(case: Case, expected: Expected) -> Answer:
    pupil = case.pupil
    when = case.calendar.when(pupil.joined) if pupil.joined else When.BEFORE
    if pupil.joined and when in (When.AFTER, When.UNKNOWN):
        return Answer(Verdict.DECIDE, _joined_late(case, pupil.joined, when, "is on the register"), pupil.joined)
    if expected.has_left and not pupil.left:
        reason = "The register says Left, but the pupil is on the roll without a date of leaving."
        return Answer(Verdict.DECIDE, f"{reason} Correct the one that is wrong.", expected.date_left)
    if elsewhen := _elsewhen(expected):
        return Answer(Verdict.REPORT, f"On the register. {elsewhen}", basis=Basis.ASSUMED)
    if when is When.DURING:
        reason = "Joined in test week and is on the register, so expected in the return."
        return Answer(Verdict.REPORT, reason, pupil.joined, Basis.OFFICIAL)
    if pupil.year_group not in ("", LAST_YEAR_GROUP):
        reason = f"In Year {pupil.year_group} and on the register: whoever finishes key stage 2 this year is reported."
        return Answer(Verdict.REPORT, reason, basis=Basis.OFFICIAL)
    return Answer(Verdict.REPORT, "On the roll and on the register.", basis=Basis.OFFICIAL)


def _elsewhen(expected: Expected) -> str:
    """Say what follows from tests of other years; empty where there are none. Source: the meaning of F and P."""
    said = []
    for status, code, words in (
        (TestStatus.FUTURE, "F", "takes {} in a future year"),
        (TestStatus.PREVIOUS, "P", "took {} in an earlier year"),
    ):
        tests = [str(test) for test, found in expected.test_statuses.items() if found is status]
        if tests:
            which = "every test" if len(tests) == len(expected.test_statuses) else f"a test ({', '.join(tests)})"
            said.append(f"The pupil {words.format(which)}: {code} may be the code in writing and science.")
    return " ".join(said)


def _joined_late(case: Case, joined: date, when: When, where: str) -> str:
    if when is When.UNKNOWN:
        unknown = f"the dates of test week {case.year} are not held, so it cannot be said whether that was after it"
        return f"Joined on {in_words(joined)} and {where}; {unknown}."
    return (
        f"Joined on {in_words(joined)}, after test week, and {where}. The school of test week usually reports the"
        " pupil: ask it whether it does."
    )


# -- pupils who are on no register -------------------------------------------------------------------------------------


def _other_year_group(case: Case) -> Answer:
    where = "not on the register" if case.has_register else "no register is loaded that says otherwise"
    reason = f"{case.whose[:1].upper()}{case.whose[1:]}, and {where}."
    return Answer(Verdict.NOT_OURS, reason, basis=Basis.ASSUMED)


def _not_on_register(case: Case) -> Answer:
    pupil = case.pupil
    if case.finishes is False:
        return _other_year_group(case)._replace(day=pupil.left)
    if case.finishes is None:
        reason = f"Is {case.register}, and neither the year group nor the date of birth is known."
        return Answer(Verdict.DECIDE, reason, pupil.left or pupil.joined)
    when = case.calendar.when(pupil.joined) if pupil.joined else When.BEFORE
    if pupil.joined and when in (When.AFTER, When.UNKNOWN):
        reason = _joined_late(case, pupil.joined, when, f"is {case.register}")
        return Answer(Verdict.DECIDE, reason, pupil.joined)
    if pupil.joined and when is When.DURING:
        reason = (
            f"Joined on {in_words(pupil.joined)}, in test week, and is {case.register}. {_add(case)} Ask the school"
        )
        return Answer(Verdict.DECIDE, f"{reason} the pupil came from which of you reports the pupil.", pupil.joined)
    since = f"On roll in test week; left after it, on {in_words(pupil.left)}" if pupil.left else "On the roll"
    if not case.has_register:
        reason = f"{since} and {case.whose}. Provisional: no register is loaded."
        return Answer(Verdict.REPORT, reason, pupil.left, Basis.ASSUMED)
    deadline = case.calendar.registration_deadline
    if pupil.joined and deadline and pupil.joined > deadline and not pupil.left:
        reason = f"Joined on {in_words(pupil.joined)}, before test week, and is not yet on the register. {_add(case)}"
        return Answer(Verdict.REPORT, reason, pupil.joined, Basis.OFFICIAL)
    reason = f"{since} and {case.whose}, but not on the register. If the pupil finishes key stage 2 here this year:"
    return Answer(Verdict.DECIDE, f"{reason} {_add(case)[:1].lower()}{_add(case)[1:]}", pupil.left)


def _add(case: Case) -> str:
    close = case.calendar.updates_close
    return f"Add to the registration until {in_words(close)}." if close else "Add to the registration."


# -- entries of the register who are not on the roll -------------------------------------------------------------------


def answer_not_on_roll(expected: Expected, calendar: Calendar, year: CollectionYear) -> Answer:
    """Say what becomes of a pupil who is on the register and not on the roll."""
    if not expected.is_expected:
        reason = "The register says Unregistered, and the pupil is not on the roll."
        return Answer(Verdict.NOT_OURS, reason, basis=Basis.ASSUMED)
    if not expected.has_left:
        reason = "On the register and not on the roll: the pupil may have left before the roll was taken, or never"
        return Answer(
            Verdict.DECIDE, f"{reason} have joined. Find out which, and correct the roll or the registration."
        )
    left = expected.date_left
    when = calendar.when(left) if left else When.UNKNOWN
    if left and when is When.BEFORE:
        reason = f"The register says Left, on {in_words(left)}, before test week: reported as left."
        return Answer(Verdict.REPORT_AS_LEFT, reason, left, _left_basis(year))
    if left and when is When.AFTER:
        reason = (
            f"The register says Left, on {in_words(left)}, after test week: this school gives the judgements. Add the"
        )
        return Answer(Verdict.REPORT, f"{reason} pupil to the roll.", left, Basis.PUBLISHED_COPY)
    if left and when is When.DURING:
        reason = f"The register says Left, on {in_words(left)}, in test week. Which school reports such a pupil is not"
        return Answer(Verdict.DECIDE, f"{reason} known here: agree it with the new school.", left)
    reason = (
        "The register says Left, and the pupil is not on the roll. Find out whether that was before test week: then"
    )
    return Answer(Verdict.DECIDE, f"{reason} the pupil is reported as left. If it was after, this school judges.", left)
