"""What is kept of people."""

from keystage.service.accounts.models.invitations import Invitation
from keystage.service.accounts.models.outbox import KeptEmail
from keystage.service.accounts.models.people import FormerNumber, Membership, Organisation, People, Person
from keystage.service.accounts.models.tokens import ApiToken, Scope

__all__ = [
    "ApiToken",
    "FormerNumber",
    "Invitation",
    "KeptEmail",
    "Membership",
    "Organisation",
    "People",
    "Person",
    "Scope",
]
