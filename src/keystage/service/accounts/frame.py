"""What every page needs to know of the visit: who is signed in, where, and what the navigation shows."""

from typing import Any

from django.http import HttpRequest


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return the visit, where the page belongs to an organisation."""
    visit = getattr(request, "visit", None)
    return {"visit": visit, "is_practice": bool(visit and visit.organisation.is_practice)}
