"""The guides."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from keystage.service.guides.dates import assumed, dates
from keystage.service.guides.permissions import tables
from keystage.service.guides.troubleshooting import families

Content = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Guide:
    """One guide."""

    title: str
    says: str
    """What it is for, in a line."""
    content: Callable[[], Content] = dict
    """What its page is made of besides the words."""


GUIDES: Mapping[str, Guide] = MappingProxyType(
    {
        "about": Guide("About Keystage", "What it does, for whom, and what it is not"),
        "finding-your-way": Guide("Finding your way", "What is where, from the first sign-in to the receipt"),
        "tips": Guide("Tips", "What saves time, and what keeps a return from being late"),
        "troubleshooting": Guide(
            "Troubleshooting",
            "What each error and query means, and how to put it right",
            lambda: {"families": families()},
        ),
        "dates": Guide("Dates", "The dates of each year, and how sure each of them is", lambda: {"years": dates()}),
        "managing-users": Guide("Managing users", "Inviting people, changing what they may do, removing them"),
        "permissions": Guide("Permissions", "Who may do what, role by role", lambda: {"tables": tables()}),
        "not-tried": Guide(
            "What has not been tried", "What nobody has proved yet, and what is assumed", lambda: {"year": assumed()}
        ),
    }
)
"""The guides by the word in their address, in the order in which they are listed."""


@require_safe
def guides(request: HttpRequest) -> HttpResponse:
    """List the guides."""
    return render(request, "guides/guides.html", {"guides": GUIDES})


@require_safe
def guide(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a guide."""
    found = GUIDES.get(slug)
    if found is None:
        raise Http404
    return render(request, f"guides/{slug}.html", {"guide": found, **found.content()})
