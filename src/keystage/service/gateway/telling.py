"""What the gateway tells the accounts: where it is, and what the keys in the record stand for."""

from collections.abc import Collection as Keys
from collections.abc import Iterator

from django.urls import reverse

from keystage.service.accounts.hooks import Place
from keystage.service.accounts.models import Organisation
from keystage.service.accounts.roles import OrganisationKind, Permission
from keystage.service.gateway.models import HeldPupil, RegisteredPupil

_AT_ONCE = 500
"""Keys in one query: databases have a limit."""

_PLACES = {
    OrganisationKind.SCHOOL: (
        *("Gateway", "gateway:collections", "Registration, upload, expected numbers, receipts, help"),
        Permission.SEE_GATEWAY,
    ),
    OrganisationKind.AGENCY: (
        *("Collections", "agency:collections", "The country’s returns, help and results"),
        Permission.SEE_COUNTRY,
    ),
    OrganisationKind.SECONDARY: (
        *("Results", "results:collections", "The results of your incoming Year 7"),
        Permission.TAKE_RESULTS,
    ),
    OrganisationKind.TRUST: (
        *("Results", "results:collections", "The results of your schools"),
        Permission.TAKE_RESULTS,
    ),
}


def places(organisation: Organisation) -> Iterator[Place]:
    """Say where an organisation meets the gateway."""
    found = _PLACES.get(OrganisationKind(organisation.kind))
    if found:
        text, name, says, permission = found
        yield Place(text, reverse(name, kwargs={"organisation": organisation.key}), says, 2, "gateway", permission)


def target_names(organisation: Organisation, keys: Keys[str]) -> dict[str, str]:
    """Return the names of the pupils with these keys, on the register or among those who count."""
    wanted = sorted(keys)
    names: dict[str, str] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        for model in (RegisteredPupil, HeldPupil):
            found = model.objects.filter(gateway_return__school=organisation, key__in=some)
            names |= {
                key: f"{forename} {surname}"
                for key, forename, surname in found.values_list("key", "forename", "surname")
            }
    return names
