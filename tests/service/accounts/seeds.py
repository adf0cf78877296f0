"""What servers in the tests of accounts are filled with."""

from typing import Any

from keystage.service.accounts.roles import Role
from service.made import a_school
from service.seeds import session_of


def a_head(number: str = "9992001") -> dict[str, Any]:
    """Make a school; return its headteacher's email address and a session, and the school's key."""
    school = a_school(number=number)
    head = school.people[Role.HEAD]
    return {
        "email": head.email,
        "session": session_of(head),
        "organisation": school.organisation.key,
        "teacher": school.people[Role.TEACHER].key,
    }
