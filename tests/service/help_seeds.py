"""A help thread for a browser: a school and the helpdesk, both signed in."""

from typing import Any

from keystage.service.accounts.roles import Role
from keystage.service.gateway.models import GatewayReturn
from keystage.service.gateway.services.helping import write
from service.at_gateway import a_gateway, a_school_there
from service.made import YEAR
from service.seeds import session_of


def thread() -> dict[str, Any]:
    """Make a school that has written once; return both sides' addresses and sessions."""
    gateway = a_gateway()
    there = a_school_there(gateway)
    write(there.gateway_return, "Where is Ada?", by=there.manager, is_helpdesk=False, base="https://keystage.example")
    return {
        "key": there.gateway_return.key,
        "school": f"/gateway/{there.organisation.key}/{YEAR}/help/",
        "queue": f"/agency/{gateway.agency.key}/{YEAR}/help/",
        "manager": session_of(there.manager),
        "teacher": session_of(there.people[Role.TEACHER]),
        "helper": session_of(gateway.people[Role.HELPDESK]),
    }


def answer(key: str, text: str) -> None:
    """Answer as the helpdesk."""
    found = GatewayReturn.objects.get(key=key)
    helper = next(iter(_helpers()))
    write(found, text, by=helper, is_helpdesk=True, base="https://keystage.example")


def _helpers() -> Any:
    from keystage.service.accounts.models import Person

    return Person.objects.filter(memberships__role=Role.HELPDESK)


def texts(key: str) -> list[str]:
    """Return what stands on a thread, in order."""
    return list(GatewayReturn.objects.get(key=key).messages.order_by("pk").values_list("text", flat=True))
