"""What the school's side tells the accounts: the classes on the roll, and what the keys in the record stand for."""

from collections.abc import Collection, Iterator

from django.urls import reverse

from keystage.service.accounts.hooks import Place
from keystage.service.accounts.models import Organisation, Person
from keystage.service.accounts.roles import OrganisationKind, Permission, Role
from keystage.service.school.models import Expected, Pupil
from keystage.service.school.services.signing import end_delegations_of

_AT_ONCE = 500
"""Keys in one query: databases have a limit."""


def places(organisation: Organisation) -> Iterator[Place]:
    """Say where the school's own records are."""
    if organisation.kind == OrganisationKind.SCHOOL:
        href = reverse("school:years", kwargs={"organisation": organisation.key})
        says = "Pupils, marksheet, checks, signatures and the file"
        yield Place("School records", href, says, 1, "school", Permission.SEE_RETURN)


def class_names(organisation: Organisation) -> set[str]:
    """Return the names of the classes on the roll of any year that is not closed."""
    pupils = Pupil.objects.filter(
        school_return__organisation=organisation, school_return__closed_at=None, removed_at=None
    )
    return set(pupils.values_list("class_name", flat=True).distinct())


def somebody_left(*, person: Person, organisation: Organisation, by: Person | None, **_signal: object) -> None:
    """End the delegations of somebody who left the school."""
    end_delegations_of(person, organisation, by=by)


def role_ended(*, person: Person, organisation: Organisation, role: Role, by: Person | None, **_signal: object) -> None:
    """End what somebody delegated as headteacher when they are it no longer."""
    if role is Role.HEAD:
        end_delegations_of(person, organisation, by=by)


def target_names(organisation: Organisation, keys: Collection[str]) -> dict[str, str]:
    """Return the names of the pupils with these keys, on the roll or on the register."""
    wanted = sorted(keys)
    names: dict[str, str] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        for model in (Expected, Pupil):
            found = model.objects.filter(school_return__organisation=organisation, key__in=some)
            names |= {
                key: f"{forename} {surname}"
                for key, forename, surname in found.values_list("key", "forename", "surname")
            }
    return names
