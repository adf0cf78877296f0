"""The email of the demonstration. Anywhere else there is no such page."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from keystage.service.accounts.models import KeptEmail


def outbox(request: HttpRequest) -> HttpResponse:
    """Show what would have been sent, the newest first."""
    if not settings.DEMO:
        raise Http404
    return render(request, "accounts/outbox.html", {"kept": KeptEmail.objects.order_by("-pk")[:30]})
