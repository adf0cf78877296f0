"""What every page needs to know of the visit: who is signed in, where, and how to leave."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from keystage.service.accounts.models import Person
from keystage.service.accounts.visit import Visit

_FOOT = (
    ("Check a file", "check"),
    ("Help", "accounts:help"),
    ("Privacy", "accounts:privacy"),
    ("Accessibility", "accounts:accessibility"),
)


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return what ``design/base.html`` shows of the person and the organisation."""
    person = getattr(request, "user", None)
    visit: Visit | None = getattr(request, "visit", None)
    found: dict[str, Any] = {
        "visit": visit,
        "home_href": reverse("accounts:home"),
        "footer_links": [{"text": text, "href": reverse(name)} for text, name in _FOOT],
        "is_demo": settings.DEMO,
    }
    if settings.DEMO:
        found["footer_links"].append({"text": "Email outbox", "href": reverse("accounts:outbox")})
    if visit:
        found |= {"organisation_name": visit.organisation.name, "practice": visit.organisation.is_practice}
    if isinstance(person, Person):
        found |= {
            "account_name": str(person),
            "account_href": reverse("accounts:account"),
            "sign_out_href": reverse("account_logout"),
        }
    return found


def nav(request: HttpRequest, items: Iterable[tuple[str, str]]) -> list[dict[str, Any]]:
    """Return the items of a navigation, each a text and an address; all but the first stand for what is below them."""
    found = list(items)
    first, at = found[0][1], request.path
    return [
        {"text": text, "href": href, "active": at == href or (href != first and at.startswith(href))}
        for text, href in found
    ]
