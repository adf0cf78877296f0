"""What each pupil owes: for each subject whether a judgement is required, optional or closed, and why."""

from dataclasses import dataclass

from keystage.returns.register import Expected
from keystage.years.owed import OwedState
from keystage.years.provenance import Basis
from keystage.years.registration import PupilStatus, TestStatus
from keystage.years.subjects import Subject
from keystage.years.year import CollectionYear

NO_REGISTER = "no register was loaded"
NOT_ON_REGISTER = "the pupil is not on the register"


@dataclass(frozen=True, slots=True)
class Owed:
    """What a pupil owes in a subject."""

    subject: Subject
    state: OwedState
    reason: str
    basis: Basis
    """How sure the rule is."""


def owed(pupil: Expected, year: CollectionYear) -> tuple[Owed, ...]:
    """Return what a pupil on the register owes, subject by subject, by the year's rules."""
    return tuple(owed_in(subject, pupil, year) for subject in Subject)


def owed_in(subject: Subject, pupil: Expected, year: CollectionYear) -> Owed:
    """Return what a pupil on the register owes in one subject."""
    return _by_status(subject, pupil.status_for(subject), year)


def owed_as_left(year: CollectionYear) -> tuple[Owed, ...]:
    """Return what a pupil owes who is reported as left, whatever the register says of the tests.

    The cell stays open: that a pupil has left is said by a person, as L, and never filled in.
    """
    return tuple(_by_status(subject, PupilStatus.LEFT, year) for subject in Subject)


def owed_unregistered(year: CollectionYear, *, why: str = NO_REGISTER) -> tuple[Owed, ...]:
    """Return what a pupil owes of whom it is not known where they stand for each test.

    Args:
        year: the collection year.
        why: the reason that it is not known: :data:`NO_REGISTER` or :data:`NOT_ON_REGISTER`.
    """
    return tuple(_without_status(subject, year, why) for subject in Subject)


def _by_status(subject: Subject, status: str, year: CollectionYear) -> Owed:
    rule = year.owed.rule(subject, status)
    return Owed(subject, rule.state, rule.reason, rule.provenance.basis)


def _without_status(subject: Subject, year: CollectionYear, why: str) -> Owed:
    """Leave reading and maths open, where the status for the test decides; the others everybody expected owes."""
    if subject not in (Subject.READING, Subject.MATHS):
        return _by_status(subject, TestStatus.REGISTERED, year)
    unknown = f"It is not known whether the pupil sits the {subject} test, as {why}."
    reason = f"{unknown} A judgement is wanted of a pupil who works below its standard."
    return Owed(subject, OwedState.OPTIONAL, reason, Basis.ASSUMED)
