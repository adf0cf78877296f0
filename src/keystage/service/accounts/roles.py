"""The one table of who may do what."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType


class OrganisationKind(StrEnum):
    """What sort of organisation it is."""

    SCHOOL = "school"
    AUTHORITY = "authority"
    TRUST = "trust"
    SECONDARY = "secondary school"
    AGENCY = "agency"


class Role(StrEnum):
    """What a person is in an organisation; a person may be several."""

    ACCOUNT_MANAGER = "account manager"
    DATA_MANAGER = "data manager"
    TEACHER = "teacher"
    HEAD = "headteacher"


class Permission(StrEnum):
    """Something that not everybody may do. The words end the sentence “You may …”."""

    SEE_RETURN = "see the return"
    ENTER_JUDGEMENTS = "enter judgements"
    EDIT_PUPILS = "change pupils and load the roll and the register"
    IMPORT_JUDGEMENTS = "import judgements from other software"
    ANSWER_QUERIES = "answer queries"
    SIGN_CLASS = "sign for a class"
    SIGN_RETURN = "sign the return as headteacher"
    DELEGATE_SIGNING = "let somebody else sign in your place"
    EXPORT = "make, send and download the file"
    CHANGE_SETTINGS = "change the settings of the school"
    OPEN_AND_CLOSE_YEARS = "open and close years"
    SEE_PEOPLE = "see who belongs to the school"
    MANAGE_PEOPLE = "invite and remove people"
    SEE_AUDIT = "read the record of who did what"


_P = Permission
_EVERYBODY = frozenset({_P.SEE_RETURN, _P.SEE_PEOPLE})

ALLOWED: Mapping[Role, frozenset[Permission]] = MappingProxyType(
    {
        Role.ACCOUNT_MANAGER: _EVERYBODY | {_P.MANAGE_PEOPLE, _P.SEE_AUDIT, _P.CHANGE_SETTINGS},
        Role.DATA_MANAGER: _EVERYBODY
        | {
            *(_P.ENTER_JUDGEMENTS, _P.EDIT_PUPILS, _P.IMPORT_JUDGEMENTS, _P.ANSWER_QUERIES, _P.EXPORT),
            *(_P.CHANGE_SETTINGS, _P.OPEN_AND_CLOSE_YEARS),
        },
        Role.TEACHER: _EVERYBODY | {_P.ENTER_JUDGEMENTS, _P.ANSWER_QUERIES, _P.SIGN_CLASS},
        Role.HEAD: _EVERYBODY
        | {
            *(_P.ENTER_JUDGEMENTS, _P.ANSWER_QUERIES, _P.SIGN_RETURN, _P.DELEGATE_SIGNING, _P.EXPORT),
            *(_P.SEE_AUDIT, _P.MANAGE_PEOPLE),
        },
    }
)
"""What each role may do; nothing else is allowed to anybody."""

ROLES: Mapping[OrganisationKind, tuple[Role, ...]] = MappingProxyType(
    {
        OrganisationKind.SCHOOL: (Role.DATA_MANAGER, Role.TEACHER, Role.HEAD, Role.ACCOUNT_MANAGER),
        OrganisationKind.AUTHORITY: (Role.ACCOUNT_MANAGER,),
        OrganisationKind.TRUST: (Role.ACCOUNT_MANAGER,),
        OrganisationKind.SECONDARY: (Role.ACCOUNT_MANAGER,),
        OrganisationKind.AGENCY: (Role.ACCOUNT_MANAGER,),
    }
)
"""Which roles an organisation has."""


def allowed(roles: Iterable[Role]) -> frozenset[Permission]:
    """Return what somebody with these roles may do."""
    return frozenset().union(*(ALLOWED[role] for role in roles))


def roles_with(permission: Permission) -> tuple[Role, ...]:
    """Return the roles that may do something."""
    return tuple(role for role in Role if permission in ALLOWED[role])
