"""One file: what came of it, and what is done about it."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST, require_safe

from keystage.service.accounts.roles import Permission
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.design.posted import posted
from keystage.service.design.words import plural
from keystage.service.gateway.forms.deciding import AnswerForm, ReasonForm
from keystage.service.gateway.models import Stage, Submission
from keystage.service.gateway.presenters.findings import registrations
from keystage.service.gateway.presenters.outcome import outcome_of
from keystage.service.gateway.services.answering import answer as keep_answer
from keystage.service.gateway.services.answering import take_back as take_answer_back
from keystage.service.gateway.services.deciding import check_again, set_aside
from keystage.service.gateway.services.deciding import confirm as confirm_difference
from keystage.service.gateway.views import file_downloads
from keystage.service.gateway.views.visiting import ReturnVisit, of_return


def submission_of(at: ReturnVisit, key: str) -> Submission:
    """Return a file of the return, or say that there is no such page."""
    found = Submission.objects.filter(gateway_return=at.gateway_return, key=key).select_related("file", "by").first()
    if found is None:
        raise Http404
    found.gateway_return = at.gateway_return
    return found


def _page(
    request: HttpRequest, at: ReturnVisit, found: Submission, code: str = "", form: AnswerForm | None = None
) -> HttpResponse:
    outcome = outcome_of(found)
    forms = {group.code: AnswerForm(prefix=group.code) for group in outcome.findings.queries}
    if form is not None:
        forms[code] = form
    shown = {
        "at": at,
        "outcome": outcome,
        "submission": found,
        "is_by_pupil": request.GET.get("by") == "pupil",
        "registrations": registrations(at, outcome.findings),
        "forms": forms,
        "form": form,
        "chosen": request.POST.getlist("found"),
        "may_act": at.may(Permission.SUBMIT) and at.dates.is_open,
        "may_ask": at.may(Permission.ASK_HELP),
    }
    return render(request, "gateway/files/file.html", shown)


@of_return(Permission.SEE_GATEWAY)
@require_safe
def file(request: HttpRequest, at: ReturnVisit, key: str) -> HttpResponse:
    """Show what became of a file."""
    return _page(request, at, submission_of(at, key))


@of_return(Permission.SEE_GATEWAY)
@require_safe
def print_view(request: HttpRequest, at: ReturnVisit, key: str) -> HttpResponse:
    """Show everything that was found, open and without anything to press, to be printed."""
    found = submission_of(at, key)
    return render(request, "gateway/files/print.html", {"at": at, "outcome": outcome_of(found), "submission": found})


@of_return(Permission.SUBMIT)
def answer(request: HttpRequest, at: ReturnVisit, key: str) -> HttpResponse:
    """Answer one query or several alike."""
    found = submission_of(at, key)
    if request.method == "POST":
        code, hashes = request.POST.get("code", "")[:3], request.POST.getlist("found")
        form = AnswerForm(request.POST, prefix=code)
        if form.is_valid() and not hashes:
            form.add_error(None, "Choose which of them the note answers")
        if not form.is_valid():
            return _page(request, at, found, code, form)
        said = f"{plural(len(set(hashes)), 'query', 'queries')} answered."
        _act(request, lambda: keep_answer(found, hashes, form.cleaned_data["note"], by=at.person), said)
    return _to_file(at, key)


@of_return(Permission.SUBMIT)
@require_POST
def take_back(request: HttpRequest, at: ReturnVisit, key: str) -> HttpResponse:
    """Take an answer back."""
    submission_of(at, key)
    hash_ = request.POST.get("found", "")
    said = "The answer was taken back: the query is open again."
    _act(request, lambda: take_answer_back(at.gateway_return, hash_, by=at.person), said)
    return _to_file(at, key)


@of_return(Permission.SUBMIT)
@require_POST
def confirm(request: HttpRequest, at: ReturnVisit, key: str) -> HttpResponse:
    """Let a file count, whose changes were seen."""
    found = submission_of(at, key)

    def act() -> Submission:
        done = confirm_difference(found, request.POST.get("version", ""), by=at.person)
        if done.stage == Stage.TO_CONFIRM:
            raise NotAllowedNow(
                "What counts has changed since you looked. Look at the changes again, then confirm them."
            )
        return done

    _act(request, act, "")
    return _to_file(at, key)


@of_return(Permission.SUBMIT)
@require_POST
def again(request: HttpRequest, at: ReturnVisit, key: str) -> HttpResponse:
    """Check a file again, against the register as it is now."""
    found = submission_of(at, key)
    _act(request, lambda: check_again(found, by=at.person), "The file was checked again.")
    return _to_file(at, key)


@of_return(Permission.SUBMIT)
def aside(request: HttpRequest, at: ReturnVisit, key: str) -> HttpResponse:
    """Set a file aside, with a reason."""
    found = submission_of(at, key)
    form = ReasonForm(posted(request)[0])
    if request.method == "POST" and form.is_valid():
        try:
            set_aside(found, form.cleaned_data["reason"], by=at.person)
        except NotAllowedNow as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{found.file.name} was set aside. What counts is as it was.")
            return _to_file(at, key)
    return render(request, "gateway/files/set_aside.html", {"at": at, "submission": found, "form": form})


def _act(request: HttpRequest, act: Callable[[], object], said: str) -> None:
    """Do something and say so; say why where it cannot be done now."""
    try:
        act()
    except NotAllowedNow as refused:
        messages.error(request, str(refused))
    else:
        if said:
            messages.success(request, said)


def _to_file(at: ReturnVisit, key: str) -> HttpResponse:
    return redirect(at.to("gateway:file", key=key))


urlpatterns = [
    path("", file, name="file"),
    path("print/", print_view, name="file-print"),
    path("answer/", answer, name="file-answer"),
    path("take-back/", take_back, name="file-take-back"),
    path("confirm/", confirm, name="file-confirm"),
    path("again/", again, name="file-again"),
    path("set-aside/", aside, name="file-set-aside"),
    *file_downloads.urlpatterns,
]
