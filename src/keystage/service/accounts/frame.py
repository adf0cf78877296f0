"""What every page needs to know of the visit: who is signed in, where, where else they can go, and how to leave."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from keystage.service.accounts.models import Organisation, Person
from keystage.service.accounts.places import Belonging, belonging, belongings
from keystage.service.accounts.visit import Visit

_FOOT = (
    ("Check a file", "check"),
    ("Help", "accounts:help"),
    ("Guides", "guides:guides"),
    ("Privacy", "accounts:privacy"),
    ("Accessibility", "accounts:accessibility"),
)
_IN_MENU = 12
"""So many other organisations stand in the menu; the page of all of them has the rest."""


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
        demo = (("Email outbox", "accounts:outbox"), ("Files to try", "demo:files"))
        found["footer_links"] += [{"text": text, "href": reverse(name)} for text, name in demo]
    if visit:
        found |= _at(request, visit)
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


def _at(request: HttpRequest, visit: Visit) -> dict[str, Any]:
    """Return what is shown at an organisation; a side says more of its own pages."""
    here = belonging(visit.organisation, visit.permissions)
    links = [(place.text, place.href) for place in (*here.places, *here.others)]
    return {
        "organisation_name": visit.organisation.name,
        "organisation_href": here.href,
        "organisation_menu": lambda: _menu(request, here, visit),
        "practice": visit.organisation.is_practice,
        "practice_title": f"{_practice(visit.organisation)}: made-up data.",
        "nav": nav(request, links) if links else [],
    }


def _practice(organisation: Organisation) -> str:
    return f"Practice {organisation.kind}"


def _menu(request: HttpRequest, here: Belonging, visit: Visit) -> dict[str, Any]:
    """Return where one can go from here: the places of this organisation, and the other organisations."""
    others = belongings(visit.elsewhere)
    at = max(
        (place.href for place in (*here.places, *here.others) if request.path.startswith(place.href)),
        key=len,
        default="",
    )
    return {
        "places": [
            {"text": place.text, "href": place.href, "current": place.href == at}
            for place in (*here.places, *here.others)
        ],
        "others": [
            {"text": each.organisation.name, "about": each.about, "href": each.href} for each in others[:_IN_MENU]
        ],
        "more": max(0, len(others) - _IN_MENU),
    }
