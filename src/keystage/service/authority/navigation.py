"""The navigation of an authority's pages."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from keystage.service.accounts.frame import nav
from keystage.service.accounts.roles import OrganisationKind, Permission
from keystage.service.gateway.views.visiting import CollectionVisit

_STEPS = (("Schools", "authority:schools"), ("Results", "authority:results"))


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Return the navigation of an authority's collection, where the page is of one."""
    at: CollectionVisit | None = getattr(request, "at_gateway", None)
    if at is None or at.organisation.kind != OrganisationKind.AUTHORITY:
        return {}
    items = [(text, reverse(name, kwargs=at.where)) for text, name in _STEPS if _may_go(at, name)]
    return {
        "organisation_href": reverse("authority:collections", kwargs={"organisation": at.organisation.key}),
        "nav": nav(request, items),
    }


def _may_go(at: CollectionVisit, name: str) -> bool:
    return name != "authority:results" or at.may(Permission.TAKE_RESULTS)
