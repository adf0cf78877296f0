"""Reminding schools by email: choosing them, looking at the message, sending it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from keystage.service.accounts.rates import MESSAGES, slow_down
from keystage.service.accounts.roles import Permission
from keystage.service.authority.forms.chasing import ChaseForm
from keystage.service.authority.forms.filtering import SchoolsFilter
from keystage.service.authority.presenters.chasing import Candidate, candidates
from keystage.service.authority.presenters.coverage_order import Choice, chosen
from keystage.service.authority.views.schools import lines_of
from keystage.service.authority.views.visiting import of_authority, own_settings, return_at
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.design.posted import posted
from keystage.service.design.words import plural
from keystage.service.gateway.dates import dates_of
from keystage.service.gateway.queries import covered, people_who_can_send
from keystage.service.gateway.services.chasing import chase as chase_school
from keystage.service.gateway.services.chasing import filled
from keystage.service.gateway.views.visiting import CollectionVisit


@of_authority(Permission.UPLOAD_FOR_SCHOOLS)
def chase(request: HttpRequest, at: CollectionVisit) -> HttpResponseBase:
    """Show the schools and the message; show what a school would get; send it."""
    choice = SchoolsFilter(request.GET).chosen
    ticked = set(request.POST.getlist("school")) if request.method == "POST" else None
    found = _candidates(at, choice, ticked)
    form = ChaseForm(posted(request)[0])
    if request.method == "POST" and form.is_valid():
        to = [each for each in found if each.is_ticked]
        _must_be_meant(form, to)
        if form.is_valid() and "send" in request.POST:
            try:
                slow_down(at.person, "sent", "message", MESSAGES)
            except NotAllowedNow as refused:
                form.add_error(None, str(refused))  # said here, so that the message is not lost
            else:
                _send(request, at, form, to)
                return redirect(f"{at.to('authority:schools')}{'?' if choice.query() else ''}{choice.query()}")
    return _page(request, at, form, found, choice)


def _candidates(at: CollectionVisit, choice: Choice, ticked: set[str] | None) -> list[Candidate]:
    """Return the schools that were chosen, in their order, as far as something is missing of them."""
    by_key = {each.key: each for each in covered(at.collection, at.organisation)}
    shown = [by_key[line.key] for line in chosen(lines_of(at), choice) if line.key in by_key]
    return candidates(shown, people_who_can_send(at.collection, at.organisation), ticked)


def _must_be_meant(form: ChaseForm, to: list[Candidate]) -> None:
    if not to:
        form.add_error(None, "Tick the schools that are to be reminded")
    today = sum(each.is_chased_today for each in to)
    if today and not form.cleaned_data.get("again"):
        were = plural(today, "school that you ticked was", "schools that you ticked were")
        form.add_error("again", f"{were} reminded today already. Tick this box to write again, or untick them")


def _send(request: HttpRequest, at: CollectionVisit, form: ChaseForm, to: list[Candidate]) -> None:
    """Remind each school; one that cannot be is said with why, and stops no other."""
    said = form.cleaned_data
    written = []
    for each in to:
        try:
            chase_school(return_at(at, each.key), said["message"], by=at.person, asked_for=at.organisation,
                         again=said["again"])  # fmt: skip
            written.append(each.name)
        except NotAllowedNow as refused:
            messages.error(request, str(refused))
    if written:
        messages.success(request, f"{plural(len(written), 'school has', 'schools have')} been reminded by email.")


def _page(
    request: HttpRequest, at: CollectionVisit, form: ChaseForm, found: list[Candidate], choice: Choice
) -> HttpResponse:
    to = [each for each in found if each.is_ticked]
    sample = None
    if form.is_bound and not form.errors and to:
        returned = return_at(at, to[0].key)
        sample = filled(form.cleaned_data["message"], returned, dates_of(returned, own_settings(at)).wanted_by)
    shown = {
        "at": at, "form": form, "found": found, "choice": choice, "sample": sample, "first": to[0] if to else None,
        "people": sum(each.people for each in to), "schools": len(to), "back": at.to("authority:schools"),
    }  # fmt: skip
    return render(request, "authority/chase.html", shown, status=422 if form.errors else 200)
