"""What an authority sets for itself: its own date, what it is told by email, who sees figures early."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from keystage.service.accounts.roles import Permission
from keystage.service.authority.forms.asking import FiguresForm, SettingsForm
from keystage.service.authority.views.visiting import of_authority, own_settings
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.design.words import until_words
from keystage.service.gateway.early import Early
from keystage.service.gateway.models import AuthoritySettings
from keystage.service.gateway.services.authorities import (
    set_authority_date,
    set_authority_emails,
    set_authority_figures,
)
from keystage.service.gateway.services.collections import end_of
from keystage.service.gateway.views.visiting import CollectionVisit

_FIGURES = ("early_figures", "hidden_below")


@of_authority(Permission.SET_OWN_DATE)
def settings(request: HttpRequest, at: CollectionVisit) -> HttpResponse:
    """Show and change what the authority has set for itself: one form at a time is sent."""
    held = own_settings(at) or AuthoritySettings(collection=at.collection, authority=at.organisation)
    last = timezone.localdate(held.due_at - timedelta(seconds=1)) if held.due_at else None
    posted = request.POST if request.method == "POST" else None
    of_figures = posted is not None and posted.get("form") == "figures"
    form = SettingsForm(None if of_figures else posted, initial={"due_on": last, "emails": held.emails})
    figures = FiguresForm(posted if of_figures else None, initial={name: getattr(held, name) for name in _FIGURES})
    if of_figures and figures.is_valid():
        said = figures.cleaned_data
        set_authority_figures(
            at.collection, at.organisation, Early(said["early_figures"]), said["hidden_below"], by=at.person
        )
        messages.success(request, "Who sees figures early is saved.")
        return redirect(at.to("authority:settings"))
    if posted is not None and not of_figures and form.is_valid() and _saved(form, at):
        messages.success(request, "Your date and emails are saved.")
        return redirect(at.to("authority:settings"))
    closes = until_words(at.collection.closes_at)
    shown = {"at": at, "form": form, "figures": figures, "due": until_words(held.due_at), "closes": closes}
    shown["has_errors"] = bool(figures.is_bound and figures.errors)
    return render(request, "authority/settings.html", shown)


def _saved(form: SettingsForm, at: CollectionVisit) -> bool:
    """Save both; what the date cannot be is said beside it."""
    day = form.cleaned_data["due_on"]
    try:
        set_authority_date(at.collection, at.organisation, end_of(day) if day else None, by=at.person)
    except (NotAllowedNow, OverflowError) as refused:
        form.add_error("due_on", str(refused) if isinstance(refused, NotAllowedNow) else "Enter a date of this year")
        return False
    set_authority_emails(at.collection, at.organisation, form.cleaned_data["emails"], by=at.person)
    return True
