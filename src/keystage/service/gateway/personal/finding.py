"""One pupil at the gateway: in every collection and at every school where the UPN, or one that was theirs, stands."""

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from keystage.service.accounts.models import Organisation
from keystage.service.gateway.dates import dates_of
from keystage.service.gateway.models import GatewayReturn, HeldPupil, RegisteredPupil
from keystage.service.personal.same import same_pupil
from keystage.service.personal.subject import Subject
from keystage.service.personal.words import words_of

_WITH = ("gateway_return__collection", "gateway_return__school")


def find(upn: str, *, is_practice: bool) -> RegisteredPupil | HeldPupil | None:
    """Return a row of the pupil with a UPN, now or before; None where nobody has it."""
    for model in (RegisteredPupil, HeldPupil):
        rows = model.objects.filter(gateway_return__collection__is_practice=is_practice)
        if found := rows.filter(Q(upn__iexact=upn) | Q(former_upn__iexact=upn)).order_by("-pk").first():
            return found
    return None


def by_key(key: str, *, is_practice: bool) -> RegisteredPupil | HeldPupil | None:
    """Return the row with a key."""
    for model in (RegisteredPupil, HeldPupil):
        rows = model.objects.filter(gateway_return__collection__is_practice=is_practice, key=key)
        if found := rows.select_related(*_WITH).first():
            return found
    return None


def subject_of(about: RegisteredPupil | HeldPupil) -> Subject:
    """Return the pupil of a row at every school and in every collection of its kind, practice or not."""
    practice = about.gateway_return.collection.is_practice
    found, beside = [about], _beside([about], practice)
    while len(new := same_pupil(about, [about, *[each for each in beside if each != about]])) > len(found):
        found, beside = new, _beside(new, practice)
    returns = {each.gateway_return_id: each.gateway_return for each in found}
    others = [each for each in beside if each not in found and each.gateway_return_id in returns]
    return Subject(
        name=str(about) or about.upn or "No name",
        words=words_of(iter(found)),
        rows={
            "gateway.RegisteredPupil": tuple(each for each in found if isinstance(each, RegisteredPupil)),
            "gateway.HeldPupil": tuple(each for each in found if isinstance(each, HeldPupil)),
        },
        returns=tuple(sorted(returns)),
        organisations=tuple({each.school_id: each.school for each in returns.values()}.values()),
        years=tuple(sorted({each.collection.year for each in returns.values()})),
        open_in=tuple(sorted(_says(each) for each in returns.values() if _is_open(each, timezone.now()))),
        others=tuple(words_of(iter([each])) for each in others),
    )


def _beside(found: list[Any], is_practice: bool) -> list[Any]:
    """Return everybody of the returns in which these rows are, and whoever shares a UPN with them anywhere."""
    upns = {upn.upper() for each in found for upn in (each.upn, each.former_upn) if upn}
    sought = Q(gateway_return__in={each.gateway_return_id for each in found})
    sought |= Q(upn__in=upns) | Q(former_upn__in=upns)
    beside: list[Any] = []
    for model in (RegisteredPupil, HeldPupil):
        rows = model.objects.filter(sought, gateway_return__collection__is_practice=is_practice)
        beside += rows.select_related(*_WITH).order_by("pk")
    return beside


def _is_open(at: GatewayReturn, moment: datetime) -> bool:
    dates = dates_of(at)
    return moment < dates.closes_at and (dates.is_extended or not dates.is_closed_by_hand)


def _says(at: GatewayReturn) -> str:
    return f"the collection {at.collection.year} of {at.school}"


def lock(subject: Subject) -> None:
    """Hold the pupil's returns against changes until the transaction ends."""
    list(GatewayReturn.objects.select_for_update().filter(pk__in=subject.returns).order_by("pk"))


def receivers(subject: Subject) -> list[int]:
    """Return the organisations whose prepared files may have the pupil's results in them."""
    numbers = {each.number for each in subject.organisations}
    found = Q(pk__in=[each.pk for each in subject.organisations])
    found |= Q(pk__in=[each.trust_id for each in subject.organisations if each.trust_id])
    found |= Q(kind="authority", number__in={each[:3] for each in numbers if each})
    following = {each.next_school for each in subject.rows["gateway.RegisteredPupil"] if each.next_school}
    found |= Q(number__in=following)
    return list(Organisation.objects.filter(found).values_list("pk", flat=True))
