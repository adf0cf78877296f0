"""The navigation of the school's side: the steps of a year, with what the checks say on every page."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from keystage.service.accounts.frame import nav
from keystage.service.accounts.hooks import place_on
from keystage.service.accounts.models import Organisation
from keystage.service.accounts.places import belonging
from keystage.service.accounts.roles import Permission
from keystage.service.design.words import plural
from keystage.service.school.views.visiting import YearVisit

_STEPS = (
    ("Tasks", "school:tasks"),
    ("Pupils", "school:pupils"),
    ("Marksheet", "school:marksheet"),
    ("Checks", "school:checks"),
    ("Sign", "school:signing"),
    ("Send", "school:exports"),
)
_AFTER = (
    ("Results", "school:results", Permission.SEE_RESULTS),
    ("Reports", "school:reports", Permission.SEE_RESULTS),
    ("Summary", "school:summary", Permission.SEE_RESULTS),
)
"""The steps after the return, for those who may see them."""


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Return the navigation of a school's year, or of the school where the page is of no year."""
    at: YearVisit | None = getattr(request, "at", None)
    if at is not None:
        after = [(text, name) for text, name, permission in _AFTER if at.may(permission)]
        nav_items = [_item(request, text, name, at) for text, name in (*_STEPS, *after)]
        return {**_home(at.school), "at": at, "nav": nav_items}
    visit = getattr(request, "visit", None)
    if visit is None or place_on("school", visit.organisation) is None:
        return {}
    here = belonging(visit.organisation, visit.permissions)
    items = [(place.text, place.href) for place in (*here.places, *here.others)]
    if visit.may(Permission.CHANGE_SETTINGS):
        items.append(("Settings", reverse("school:settings", kwargs={"organisation": visit.organisation.key})))
    if visit.may(Permission.MANAGE_TOKENS) and settings.ENVIRONMENT.gateway and not visit.organisation.is_practice:
        where = {"organisation": visit.organisation.key}
        items.append(("Gateway token", reverse("school:gateway-token", kwargs=where)))
    if visit.may(Permission.GIVE_DATA):
        items.append(("Personal data", reverse("school:personal", kwargs={"organisation": visit.organisation.key})))
    return {
        **_home(visit.organisation),
        "nav": nav(request, items),
    }


def _home(school: Organisation) -> dict[str, str]:
    """Return where the school's name leads: to its years, and from there to its people, record and settings."""
    return {"organisation_href": reverse("school:years", kwargs={"organisation": school.key})}


def _item(request: HttpRequest, text: str, name: str, at: YearVisit) -> dict[str, Any]:
    href = reverse(name, kwargs={"organisation": at.school.key, "year": at.school_return.year})
    is_active = request.path == href or (name != "school:tasks" and request.path.startswith(href))
    return {"text": _with_count(text, at), "href": href, "active": is_active}


def _with_count(text: str, at: YearVisit) -> str:
    """Add to a step how much of it is left."""
    if text == "Marksheet" and (missing := at.records.missing):
        return f"{text} ({missing} left)"
    if text == "Checks":
        return f"{text}{_left_to_check(at)}"
    return text


def _left_to_check(at: YearVisit) -> str:
    """Say how many errors there are; without errors, how many queries nobody has answered."""
    if errors := at.records.report.errors:
        return f" ({plural(errors, 'error')})"
    queries = len(at.records.open_queries)
    return f" ({plural(queries, 'query', 'queries')})" if queries else ""
