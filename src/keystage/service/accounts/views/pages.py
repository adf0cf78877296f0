"""The pages that the foot of every page leads to."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def accessibility(request: HttpRequest) -> HttpResponse:
    """Say how accessible the service is, and what is known not to be."""
    return render(request, "accounts/accessibility.html")


def privacy(request: HttpRequest) -> HttpResponse:
    """Say what is kept of whom, and for how long."""
    return render(request, "accounts/privacy.html")


def help_page(request: HttpRequest) -> HttpResponse:
    """Say what to do when signing in does not work, and whom to ask."""
    return render(request, "accounts/help.html")
