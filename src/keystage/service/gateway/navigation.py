"""The navigation of the gateway: for a school's return, for the agency, and for those who are given results."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from keystage.service.accounts.frame import nav
from keystage.service.accounts.roles import OrganisationKind, Permission
from keystage.service.gateway.views.visiting import CollectionVisit

_STEPS: dict[str, tuple[tuple[str, str], ...]] = {
    OrganisationKind.SCHOOL: (
        ("Return", "gateway:return"),
        ("Register", "gateway:register"),
        ("Attendance", "gateway:attendance"),
        ("Files", "gateway:files"),
        ("Numbers", "gateway:numbers"),
        ("Provisional report", "gateway:report"),
        ("Corrections", "gateway:corrections"),
        ("Declaration", "gateway:declaration"),
        ("Results", "gateway:results"),
        ("Help", "gateway:help"),
    ),
    OrganisationKind.AGENCY: (
        ("Country", "agency:collection"),
        ("Schools", "agency:schools"),
        ("Stuck", "agency:stuck"),
        ("Dates", "agency:dates"),
        ("Registration", "agency:registration"),
        ("Results", "agency:results"),
        ("Figures", "agency:figures"),
        ("Help", "agency:help"),
    ),
    OrganisationKind.TRUST: (("Results", "results:results"),),
    OrganisationKind.SECONDARY: (("Results", "results:results"),),
}
"""By the kind of organisation; the first is the page that the others stand below."""

_PRACTICE = "This is a practice collection: nothing in it counts."
_NEEDS = {"agency:results": Permission.RELEASE_RESULTS}
"""Pages that not everybody who sees the others may see."""


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Return the navigation of a collection, where the page is of one."""
    at: CollectionVisit | None = getattr(request, "at_gateway", None)
    steps = _STEPS.get(at.organisation.kind) if at else None
    if at is None:
        return {}
    found: dict[str, Any] = {"practice_says": _PRACTICE}
    if steps is not None:
        found["nav"] = nav(
            request, [(text, reverse(name, kwargs=at.where)) for text, name in steps if _may_go(at, name)]
        )
    return found


def _may_go(at: CollectionVisit, name: str) -> bool:
    return name not in _NEEDS or at.may(_NEEDS[name])
