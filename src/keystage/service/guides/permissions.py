"""Who may do what, as the guide shows it: read from the one table in ``accounts/roles.py``."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from keystage.service.accounts.roles import ALLOWED, ROLES, OrganisationKind, Permission, Role

_P = Permission
_ALL = (_P.SEE_PEOPLE, _P.MANAGE_PEOPLE, _P.SEE_AUDIT)
_BELONG = {
    OrganisationKind.AUTHORITY: {
        *(_P.SEE_SCHOOLS, _P.SET_OWN_DATE, _P.UPLOAD_FOR_SCHOOLS, _P.RECORD_MODERATION),
        *(_P.TAKE_RESULTS, _P.SEE_FIGURES, _P.ANSWER_CORRECTIONS, _P.MANAGE_TOKENS, *_ALL),
    },
    OrganisationKind.TRUST: {_P.SEE_SCHOOLS, _P.TAKE_RESULTS, _P.SEE_FIGURES, _P.MANAGE_TOKENS, *_ALL},
    OrganisationKind.SECONDARY: {_P.TAKE_RESULTS, _P.MANAGE_TOKENS, *_ALL},
    OrganisationKind.AGENCY: {
        *(_P.SEE_COUNTRY, _P.RUN_COLLECTION, _P.ANSWER_SCHOOLS, _P.RELEASE_RESULTS, _P.GIVE_DATA, _P.ERASE_DATA),
        *_ALL,
    },
}
_ELSEWHERE = {_P.SEE_SCHOOLS, _P.SET_OWN_DATE, _P.UPLOAD_FOR_SCHOOLS, _P.RECORD_MODERATION}
_ELSEWHERE |= {_P.SEE_FIGURES, _P.ANSWER_CORRECTIONS}
_ELSEWHERE |= {_P.SEE_COUNTRY, _P.RUN_COLLECTION, _P.ANSWER_SCHOOLS, _P.RELEASE_RESULTS}

MEANT_AT: Mapping[OrganisationKind, frozenset[Permission]] = MappingProxyType(
    {
        OrganisationKind.SCHOOL: frozenset(Permission) - _ELSEWHERE,
        **{kind: frozenset(found) for kind, found in _BELONG.items()},
    }
)
"""What there is to be allowed at each kind of organisation: a trust has no marksheet to enter into."""


@dataclass(frozen=True, slots=True)
class Table:
    """Who may do what at one kind of organisation."""

    kind: OrganisationKind
    roles: tuple[Role, ...]
    rows: tuple[tuple[Permission, tuple[bool, ...]], ...]
    """What may be done, and whether each role may."""


def tables() -> tuple[Table, ...]:
    """Return a table for each kind of organisation."""
    return tuple(Table(kind, roles, _rows(kind, roles)) for kind, roles in ROLES.items())


def _rows(kind: OrganisationKind, roles: tuple[Role, ...]) -> tuple[tuple[Permission, tuple[bool, ...]], ...]:
    return tuple(
        (each, tuple(each in ALLOWED[role] for role in roles)) for each in Permission if each in MEANT_AT[kind]
    )
