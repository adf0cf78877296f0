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
    DATA_OFFICER = "data officer"
    MODERATION_MANAGER = "moderation manager"
    ANALYST = "analyst"
    RESULTS_READER = "results reader"
    OPERATOR = "operator"
    HELPDESK = "helpdesk"


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
    SEE_RESULTS = "see the school’s results and its summary of the year"
    IMPORT_RESULTS = "import results, and undo it"
    WRITE_REPORTS = "write reports for parents"
    ISSUE_REPORTS = "make reports for parents"
    CHANGE_SETTINGS = "change the settings of the school"
    OPEN_AND_CLOSE_YEARS = "open and close years"
    SEE_PEOPLE = "see who belongs to the organisation"
    MANAGE_PEOPLE = "invite and remove people"
    SEE_AUDIT = "read the record of who did what"
    GIVE_DATA = "give out everything that is held about a pupil"
    ERASE_DATA = "erase a pupil, and hold what must not be erased"
    # a school at the gateway
    SEE_GATEWAY = "see what the gateway holds of the school"
    REGISTER = "register pupils at the gateway and fill in the attendance register"
    SUBMIT = "send files to the gateway"
    DECLARE = "make the headteacher's declaration"
    ASK_HELP = "write to the helpdesk"
    MANAGE_TOKENS = "let a program send for the organisation"
    # those who are given results
    TAKE_RESULTS = "download results"
    # an authority
    SEE_SCHOOLS = "see the returns of the organisation's schools"
    SET_OWN_DATE = "set the authority's own date"
    UPLOAD_FOR_SCHOOLS = "send files for the authority's schools"
    RECORD_MODERATION = "record moderation"
    SEE_FIGURES = "see the figures of the organisation’s schools"
    ANSWER_CORRECTIONS = "answer what schools report as wrong"
    # the agency
    SEE_COUNTRY = "see the returns of the whole country"
    RUN_COLLECTION = "open, move and close collections"
    ANSWER_SCHOOLS = "answer schools and ask them to send again"
    RELEASE_RESULTS = "load, check and release results"


_P = Permission
_ANYWHERE = frozenset({_P.SEE_PEOPLE})
_EVERYBODY = _ANYWHERE | {_P.SEE_RETURN, _P.SEE_GATEWAY}
_TAUGHT = frozenset({_P.SEE_RESULTS, _P.WRITE_REPORTS})

ALLOWED: Mapping[Role, frozenset[Permission]] = MappingProxyType(
    {
        Role.ACCOUNT_MANAGER: _EVERYBODY
        | {_P.MANAGE_PEOPLE, _P.SEE_AUDIT, _P.CHANGE_SETTINGS, _P.ASK_HELP, _P.MANAGE_TOKENS},
        Role.DATA_MANAGER: _EVERYBODY
        | _TAUGHT
        | {
            *(_P.ENTER_JUDGEMENTS, _P.EDIT_PUPILS, _P.IMPORT_JUDGEMENTS, _P.ANSWER_QUERIES, _P.EXPORT),
            *(_P.CHANGE_SETTINGS, _P.OPEN_AND_CLOSE_YEARS, _P.IMPORT_RESULTS, _P.ISSUE_REPORTS),
            *(_P.REGISTER, _P.SUBMIT, _P.ASK_HELP, _P.TAKE_RESULTS, _P.GIVE_DATA),
        },
        Role.TEACHER: _EVERYBODY | _TAUGHT | {_P.ENTER_JUDGEMENTS, _P.ANSWER_QUERIES, _P.SIGN_CLASS},
        Role.HEAD: _EVERYBODY
        | _TAUGHT
        | {
            *(_P.ENTER_JUDGEMENTS, _P.ANSWER_QUERIES, _P.SIGN_RETURN, _P.DELEGATE_SIGNING, _P.EXPORT),
            *(_P.SEE_AUDIT, _P.MANAGE_PEOPLE, _P.MANAGE_TOKENS, _P.IMPORT_RESULTS, _P.ISSUE_REPORTS),
            *(_P.REGISTER, _P.SUBMIT, _P.DECLARE, _P.ASK_HELP, _P.TAKE_RESULTS, _P.GIVE_DATA, _P.ERASE_DATA),
        },
        Role.DATA_OFFICER: _ANYWHERE
        | {
            *(_P.SEE_SCHOOLS, _P.SET_OWN_DATE, _P.UPLOAD_FOR_SCHOOLS, _P.TAKE_RESULTS, _P.SEE_FIGURES),
            _P.ANSWER_CORRECTIONS,
        },
        Role.MODERATION_MANAGER: _ANYWHERE | {_P.SEE_SCHOOLS, _P.RECORD_MODERATION, _P.SEE_FIGURES},
        Role.ANALYST: _ANYWHERE | {_P.SEE_SCHOOLS, _P.TAKE_RESULTS, _P.SEE_FIGURES},
        Role.RESULTS_READER: _ANYWHERE | {_P.TAKE_RESULTS},
        Role.OPERATOR: _ANYWHERE
        | {
            *(_P.SEE_COUNTRY, _P.RUN_COLLECTION, _P.ANSWER_SCHOOLS, _P.RELEASE_RESULTS, _P.SEE_AUDIT),
            *(_P.GIVE_DATA, _P.ERASE_DATA),
        },
        Role.HELPDESK: _ANYWHERE | {_P.SEE_COUNTRY, _P.ANSWER_SCHOOLS},
    }
)
"""What each role may do; nothing else is allowed to anybody."""

ROLES: Mapping[OrganisationKind, tuple[Role, ...]] = MappingProxyType(
    {
        OrganisationKind.SCHOOL: (Role.DATA_MANAGER, Role.TEACHER, Role.HEAD, Role.ACCOUNT_MANAGER),
        OrganisationKind.AUTHORITY: (Role.DATA_OFFICER, Role.MODERATION_MANAGER, Role.ACCOUNT_MANAGER),
        OrganisationKind.TRUST: (Role.ANALYST, Role.ACCOUNT_MANAGER),
        OrganisationKind.SECONDARY: (Role.RESULTS_READER, Role.ACCOUNT_MANAGER),
        OrganisationKind.AGENCY: (Role.OPERATOR, Role.HELPDESK, Role.ACCOUNT_MANAGER),
    }
)
"""Which roles an organisation has."""


def allowed(roles: Iterable[Role]) -> frozenset[Permission]:
    """Return what somebody with these roles may do."""
    return frozenset().union(*(ALLOWED[role] for role in roles))


def roles_with(permission: Permission) -> tuple[Role, ...]:
    """Return the roles that may do something."""
    return tuple(role for role in Role if permission in ALLOWED[role])
