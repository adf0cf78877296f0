"""A school's provisional report at the gateway, and reporting something in it as wrong."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from keystage.pupils.names import full_name
from keystage.service.accounts.rates import MESSAGES, slow_down
from keystage.service.accounts.roles import Permission
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.design.words import name_in_sentence
from keystage.service.gateway.early import hidden_below, school_sees
from keystage.service.gateway.forms.reporting import WrongForm, WrongOfPupilForm
from keystage.service.gateway.models import CorrectionRequest
from keystage.service.gateway.presenters.provisional_report import report_shown, reported_of
from keystage.service.gateway.released import standing_of
from keystage.service.gateway.report_now import Entry, report_now
from keystage.service.gateway.reported import PUPIL, shown_in, tested
from keystage.service.gateway.services.correction_requests import Wrong, report_wrong, take_back
from keystage.service.gateway.views.visiting import ReturnVisit, of_return

_NOT_YET = "Your provisional report is not shown to your school before the results are released."


def may_see(at: ReturnVisit) -> bool:
    """Say whether the school sees its report now."""
    return school_sees(at.authority, is_released=is_released(at))


def is_released(at: ReturnVisit) -> bool:
    """Say whether results of the collection are released."""
    return standing_of(at.collection, timezone.now()).latest is not None


@of_return(Permission.SEE_GATEWAY)
@require_safe
def report(request: HttpRequest, at: ReturnVisit) -> HttpResponse:
    """Show the report, or why it is not shown yet; what was reported as wrong is shown in any case."""
    sees, now = at.may(Permission.SEE_RESULTS), timezone.now()
    reported = reported_of(at.gateway_return, results=sees)
    shown = None
    if may_see(at):
        made = report_now(at.gateway_return, at.year, now)
        below = hidden_below(at.authority)
        standing = [each.request for each in reported]
        shown = report_shown(at.gateway_return, made, at.year, standing, below=below, now=now, results=sees)
    context = {
        "at": at, "report": shown, "requests": reported,
        "may_report": at.may(Permission.SUBMIT), "school": at.gateway_return.school, "found": at.gateway_return,
    }  # fmt: skip
    return render(request, "gateway/report/page.html", context)


@of_return(Permission.SUBMIT)
def wrong(request: HttpRequest, at: ReturnVisit) -> HttpResponse:
    """Report something as wrong of the school as a whole."""
    form = WrongForm(request.POST if request.method == "POST" else None)
    return _reporting(request, at, form, None)


@of_return(Permission.SUBMIT)
def wrong_of_pupil(request: HttpRequest, at: ReturnVisit, key: str) -> HttpResponse:
    """Report something as wrong of a pupil."""
    _must_see(at)
    entry = _entry(at, key)
    form = WrongOfPupilForm(request.POST if request.method == "POST" else None, with_tests=is_released(at))
    return _reporting(request, at, form, entry)


@of_return(Permission.SUBMIT)
@require_POST
def back(request: HttpRequest, at: ReturnVisit, key: str) -> HttpResponse:
    """Take back something that was reported."""
    found = CorrectionRequest.objects.filter(gateway_return=at.gateway_return, key=key).first()
    if found is None:
        raise Http404
    try:
        take_back(found, by=at.person)
        messages.success(request, "It is taken back.")
    except NotAllowedNow as refused:
        messages.error(request, str(refused))
    return redirect(at.to("gateway:report"))


@dataclass(frozen=True)
class _Who:
    """Of whom something is reported."""

    name: str
    """As lists show it."""
    upn: str
    words: str
    """As a sentence says it."""


def _reporting(request: HttpRequest, at: ReturnVisit, form: WrongForm, entry: Entry | None) -> HttpResponse:
    _must_see(at)
    who = _who(entry) if entry else None
    if request.method == "POST" and form.is_valid():
        slow_down(at.person, "sent", "message", MESSAGES)
        try:
            report_wrong(at.gateway_return, _wrong(form, entry, who), by=at.person)
        except NotAllowedNow as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _done(at, form.cleaned_data.get("what", PUPIL)))
            return redirect(at.to("gateway:report"))
    shown = {"at": at, "form": form, "who": who, "is_open": at.dates.is_open}
    return render(request, "gateway/report/wrong.html", shown)


def _wrong(form: WrongForm, entry: Entry | None, who: _Who | None) -> Wrong:
    says, what = form.cleaned_data["says"], form.cleaned_data.get("what", PUPIL)
    if entry is None or who is None:
        return Wrong(PUPIL, says)
    test = tested(what)
    result = entry.result.tests.get(test) if entry.result and test else None
    return Wrong(what, says, who.upn, who.name, shown_in(what, entry.held or entry.registered, result))


def _done(at: ReturnVisit, what: str) -> str:
    if tested(what):
        return "It is reported. No file that you send changes a test result, so write to the helpdesk too."
    if at.dates.is_open:
        return "It is reported. If it is wrong in your records, put it right there and send the file again."
    return (
        "It is reported. Files are not taken any more, so write to the helpdesk too: only the agency can let you send."
    )


def _must_see(at: ReturnVisit) -> None:
    if not may_see(at):
        raise NotAllowedNow(_NOT_YET)


def _entry(at: ReturnVisit, key: str) -> Entry:
    """Return the pupil with a key: one who counts or is expected at this school."""
    for each in report_now(at.gateway_return, at.year, timezone.now()).entries:
        if key and key in (each.held.key if each.held else "", each.registered.key if each.registered else ""):
            return each
    raise Http404


def _who(entry: Entry) -> _Who:
    who = entry.held or entry.registered
    assert who is not None  # noqa: S101 - found by a key
    return _Who(full_name(who.surname, who.forename), who.upn, name_in_sentence(who) or who.upn)


urlpatterns = [
    path("", report, name="report"),
    path("wrong/", wrong, name="report-wrong"),
    path("pupil/<str:key>/wrong/", wrong_of_pupil, name="report-wrong-pupil"),
    path("wrong/<str:key>/back/", back, name="report-back"),
]
