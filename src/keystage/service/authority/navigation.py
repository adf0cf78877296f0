"""The navigation of an authority's pages, and of a trust's among them."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from keystage.service.accounts.frame import nav
from keystage.service.accounts.roles import Permission
from keystage.service.gateway.views.visiting import CollectionVisit

_STEPS = (
    ("Schools", "authority:schools", Permission.SEE_SCHOOLS),
    ("Moderation", "authority:moderation", Permission.SEE_SCHOOLS),
    ("Figures", "authority:figures", Permission.SEE_FIGURES),
    ("Reported as wrong", "authority:corrections", Permission.SEE_SCHOOLS),
    ("Send files", "authority:uploads", Permission.UPLOAD_FOR_SCHOOLS),
    ("Results", "authority:results", Permission.TAKE_RESULTS),
    ("Downloads", "authority:downloads", Permission.SEE_SCHOOLS),
    ("Lately", "authority:lately", Permission.SEE_SCHOOLS),
    ("Dates and emails", "authority:settings", Permission.SET_OWN_DATE),
)


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Return the navigation of an authority's collection, where the page is one of these."""
    at: CollectionVisit | None = getattr(request, "at_gateway", None)
    match = request.resolver_match
    if at is None or match is None or match.app_name != "authority":
        return {}
    items = [(text, reverse(name, kwargs=at.where)) for text, name, permission in _STEPS if at.may(permission)]
    return {
        "organisation_href": reverse("authority:collections", kwargs={"organisation": at.organisation.key}),
        "nav": nav(request, items),
    }
