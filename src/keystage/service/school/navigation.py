"""The navigation of the school's side: the steps of a year, with what the checks say on every page."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from keystage.service.accounts.frame import nav
from keystage.service.accounts.models import Organisation
from keystage.service.accounts.roles import OrganisationKind, Permission
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
_SCHOOL = (
    ("Years", "school:years", Permission.SEE_RETURN),
    ("People", "accounts:people", Permission.SEE_PEOPLE),
    ("Record", "accounts:audit", Permission.SEE_AUDIT),
    ("Tokens", "accounts:tokens", Permission.MANAGE_TOKENS),
    ("Settings", "school:settings", Permission.CHANGE_SETTINGS),
)


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Return the navigation of a school's year, or of the school where the page is of no year."""
    at: YearVisit | None = getattr(request, "at", None)
    if at is not None:
        return {**_home(at.school), "at": at, "nav": [_item(request, text, name, at) for text, name in _STEPS]}
    visit = getattr(request, "visit", None)
    if visit is None or visit.organisation.kind != OrganisationKind.SCHOOL:
        return {}
    where = {"organisation": visit.organisation.key}
    items = [(text, reverse(name, kwargs=where)) for text, name, permission in _SCHOOL if visit.may(permission)]
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
