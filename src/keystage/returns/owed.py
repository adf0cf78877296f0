"""What each pupil owes: for each subject whether a judgement is required, optional or closed, and why."""

from dataclasses import dataclass

from keystage.returns.register import Expected
from keystage.years.owed import OwedState
from keystage.years.provenance import Basis
from keystage.years.subjects import Subject
from keystage.years.year import CollectionYear


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
    rule = year.owed.rule(subject, pupil.status_for(subject))
    return Owed(subject, rule.state, rule.reason, rule.provenance.basis)
