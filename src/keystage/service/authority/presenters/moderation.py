"""The moderated schools of an authority, and the pupils from whom a sample is chosen."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from keystage.service.gateway.models import GatewayReturn, ModeratedPupil
from keystage.service.gateway.moderated import reported
from keystage.service.gateway.presenters.moderation import state_of
from keystage.service.gateway.register import expected, held_of, registered_of
from keystage.service.gateway.sampling import propose, size_of_sample
from keystage.years.codes import Kind
from keystage.years.subjects import Subject
from keystage.years.year import CollectionYear


@dataclass(frozen=True, slots=True)
class School:
    """A moderated school."""

    key: str
    name: str
    number: str
    visit_on: date | None
    held_on: date | None
    moderator: str
    state: str
    colour: str
    sample: int
    judged: int
    differing: int
    is_exempt: bool
    """Whether the authority's own date does not apply to it yet."""


def schools(returns: Iterable[GatewayReturn], today: date) -> list[School]:
    """Return the moderated schools, those with a day first, in the order of their days."""
    found = [_school(each, today) for each in returns]
    return sorted(found, key=lambda each: (each.visit_on is None, each.visit_on or today, each.name.casefold()))


def _school(found: GatewayReturn, today: date) -> School:
    visit = getattr(found, "moderation", None)
    sample, judged = getattr(found, "in_sample", 0), getattr(found, "judged", 0)
    return School(
        found.key, found.school.name, found.number, found.visit_on, visit.held_on if visit else None,
        visit.moderator if visit else "", *state_of(found, visit, sample, judged), sample, judged, found.differing,
        found.visit_on is None or today <= found.visit_on,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choosable:
    """A pupil who can be in the sample."""

    key: str
    name: str
    upn: str
    own: str
    """The school's judgement in writing; empty where none counts."""
    is_in: bool
    is_judged: bool
    """Whether a moderated judgement is recorded, so that the pupil stays."""


def choosable(found: GatewayReturn) -> list[Choosable]:
    """Return the expected pupils of a school, by name."""
    registered = registered_of(found)
    said = reported(held_of(found), registered)
    sample = set(ModeratedPupil.objects.filter(gateway_return=found).values_list("registered_id", flat=True))
    return [
        Choosable(each.key, str(each), each.upn, said[each.key].code if each.key in said else "", each.pk in sample,
                  each.pk in sample and bool(each.moderated_writing))
        for each in registered
        if expected(each).is_expected or each.pk in sample
    ]  # fmt: skip


def proposed(pupils: Sequence[Choosable], year: CollectionYear, asked: Mapping[str, int]) -> list[str]:
    """Return the keys of a sample: those with a moderated judgement, filled up from the others.

    Who has a code that is no judgement, as of a pupil who has left, is not proposed; by hand they can be chosen.
    """
    table = year.code_table(Subject.WRITING)
    none = {each.code for each in table.codes if each.kind is Kind.NO_JUDGEMENT}
    stay = [each.key for each in pupils if each.is_judged]
    others = {each.key: each.own for each in pupils if each.own not in none and not each.is_judged}
    size = size_of_sample(len(stay) + len(others), asked["share"], asked["least"])
    return stay + propose(others, max(0, size - len(stay)), asked["seed"])
