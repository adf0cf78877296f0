"""One pupil in all years of a school: the same UPN, one that was theirs before, or the same name and date of birth."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from keystage.service.accounts.models import Organisation
from keystage.service.personal.same import same_pupil
from keystage.service.personal.subject import Subject
from keystage.service.personal.words import words_of
from keystage.service.school.models import Expected, Pupil, SchoolReturn


def find_at(number: str, upn: str) -> Pupil | Expected | None:
    """Return a row of the pupil with a UPN, now or before, at the school with a number; None where nobody has it."""
    for model in (Pupil, Expected):
        rows = model.objects.filter(school_return__organisation__number=number)
        rows = rows.filter(Q(upn__iexact=upn) | Q(former_upn__iexact=upn)).order_by("-pk")
        if found := rows.select_related("school_return__organisation").first():
            return found
    return None


def subject_of(about: Pupil | Expected) -> Subject:
    """Return the pupil of a row in all years of its school."""
    organisation = about.school_return.organisation
    everybody = _everybody(organisation)
    found = same_pupil(about, everybody)
    returns = {each.school_return_id for each in found}
    beside = [each for each in everybody if each not in found and each.school_return_id in returns]
    return Subject(
        name=str(about) or about.upn or "No name",
        words=words_of(iter(found)),
        rows={
            "school.Pupil": tuple(each for each in found if isinstance(each, Pupil)),
            "school.Expected": tuple(each for each in found if isinstance(each, Expected)),
        },
        returns=tuple(sorted(returns)),
        organisations=(organisation,),
        years=tuple(sorted({each.school_return.year for each in found})),
        open_in=tuple(f"the year {each}" for each in _open_years(found)),
        others=tuple(words_of(iter([each])) for each in beside),
    )


def _everybody(organisation: Organisation) -> list[Any]:
    found: list[Any] = []
    for model in (Pupil, Expected):
        found += model.objects.filter(school_return__organisation=organisation).select_related(
            "school_return__organisation"
        )
    return found


def _open_years(found: Iterable[Any]) -> list[int]:
    return sorted({each.school_return.year for each in found if not each.school_return.is_closed})


def lock(subject: Subject) -> None:
    """Hold the pupil's returns against changes until the transaction ends."""
    list(SchoolReturn.objects.select_for_update().filter(pk__in=subject.returns).order_by("pk"))
