"""An authority's own date, and what it is told by email."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from keystage.service.accounts.roles import Permission
from keystage.service.authority.forms.asking import SettingsForm
from keystage.service.authority.views.visiting import of_authority, own_settings
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.design.words import until_words
from keystage.service.gateway.models import AuthoritySettings
from keystage.service.gateway.services.authorities import set_authority_date, set_authority_emails
from keystage.service.gateway.services.collections import end_of
from keystage.service.gateway.views.visiting import CollectionVisit


@of_authority(Permission.SET_OWN_DATE)
def settings(request: HttpRequest, at: CollectionVisit) -> HttpResponse:
    """Show and change what the authority has set for itself."""
    held = own_settings(at) or AuthoritySettings(collection=at.collection, authority=at.organisation)
    last = timezone.localdate(held.due_at - timedelta(seconds=1)) if held.due_at else None
    form = SettingsForm(
        request.POST if request.method == "POST" else None, initial={"due_on": last, "emails": held.emails}
    )
    if request.method == "POST" and form.is_valid() and _saved(form, at):
        messages.success(request, "Your date and emails are saved.")
        return redirect(at.to("authority:settings"))
    closes = until_words(at.collection.closes_at)
    shown = {"at": at, "form": form, "due": until_words(held.due_at), "closes": closes}
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
