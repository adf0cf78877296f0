"""The checks: what they say of the records now, and the notes on queries."""

from dataclasses import replace
from io import BytesIO

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST, require_safe

from keystage.checks.report import Report
from keystage.checks.workbook import write_workbook
from keystage.service.accounts.roles import Permission
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.design.words import plural
from keystage.service.school.forms.answering import AnswerForm
from keystage.service.school.presenters.findings import findings_page, reasons_not_run, unsigned, with_sign_off
from keystage.service.school.presenters.marksheet import classes_to_change
from keystage.service.school.services.queries import answer as keep_answer
from keystage.service.school.services.queries import withdraw as take_back
from keystage.service.school.signatures import Signing
from keystage.service.school.views.visiting import YearVisit, of_year
from keystage.sheets.separated_writer import write_separated

_HEADINGS = ("Severity", "Check", "UPN", "Pupil", "Subject", "Found", "What is wrong", "Allowed", "What to do", "Note")


@of_year(Permission.SEE_RETURN)
@require_safe
def checks(request: HttpRequest, at: YearVisit) -> HttpResponse:
    """Show what the checks say, and which of them ran."""
    return _page(request, at)


def _page(request: HttpRequest, at: YearVisit, code: str = "", form: AnswerForm | None = None) -> HttpResponse:
    page = findings_page(at, Signing.of(at.records))
    forms = {group.code: AnswerForm(prefix=group.code) for group in page.queries}
    if form is not None:
        forms[code] = form
    shown = {
        "at": at,
        "page": page,
        "not_run": tuple(reasons_not_run(page)),
        "forms": forms,
        "form": form,
        "chosen": request.POST.getlist("found"),
        "may_answer": at.may(Permission.ANSWER_QUERIES) and not at.school_return.is_closed,
    }
    return render(request, "school/checks/page.html", shown)


@of_year(Permission.ANSWER_QUERIES)
def answer(request: HttpRequest, at: YearVisit) -> HttpResponse:
    """Keep a note on one query or on several."""
    if request.method == "POST":
        code = request.POST.get("code", "")[:3]
        form = AnswerForm(request.POST, prefix=code)
        hashes = request.POST.getlist("found")
        if form.is_valid() and not hashes:
            form.add_error(None, "Choose which of them the note answers")
        if form.is_valid():
            try:
                own = classes_to_change(at)
                count = keep_answer(at.school_return, hashes, form.cleaned_data["note"], by=at.person, classes=own)
                messages.success(request, f"{plural(count, 'query', 'queries')} answered.")
            except NotAllowedNow as refused:
                messages.error(request, str(refused))
        else:
            return _page(request, at, code, form)
    return redirect("school:checks", organisation=at.school.key, year=at.school_return.year)


@of_year(Permission.ANSWER_QUERIES)
@require_POST
def withdraw(request: HttpRequest, at: YearVisit, note: int) -> HttpResponse:
    """Take a note back."""
    try:
        take_back(at.school_return, note, by=at.person, classes=classes_to_change(at))
        messages.success(request, "The note was taken back: the query is open again.")
    except NotAllowedNow as refused:
        messages.error(request, str(refused))
    return redirect("school:checks", organisation=at.school.key, year=at.school_return.year)


@of_year(Permission.SEE_RETURN)
@require_safe
def workbook(request: HttpRequest, at: YearVisit) -> HttpResponse:
    """Give the findings as an Excel workbook."""
    sink = BytesIO()
    write_workbook([_named(at)], sink)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _download(at, sink.getvalue(), "xlsx", kind)


@of_year(Permission.SEE_RETURN)
@require_safe
def separated(request: HttpRequest, at: YearVisit) -> HttpResponse:
    """Give the findings as a CSV file, with the notes."""
    sink = BytesIO()
    standing = at.records.answers.standing
    rows = [
        (
            *(str(each.finding.severity), each.finding.code, each.finding.upn or "", each.finding.pupil or ""),
            *(each.finding.subject or "", each.finding.value or "", each.finding.message),
            *(" ".join(each.finding.allowed), each.finding.fix),
            standing[each.hash].text if each.hash in standing else "",
        )
        for each in (*at.records.found, *unsigned(Signing.of(at.records)))
    ]
    write_separated(sink, _HEADINGS, rows, mark=True)
    return _download(at, sink.getvalue(), "csv", "text/csv; charset=utf-8")


def _named(at: YearVisit) -> Report:
    report = with_sign_off(at.records.report, Signing.of(at.records))
    return replace(report, file=f"{at.school}, as it stands now")


def _download(at: YearVisit, content: bytes, ending: str, kind: str) -> HttpResponse:
    name = f"{at.school_return.number}-{at.school_return.year}-checks.{ending}"
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


urlpatterns = [
    path("", checks, name="checks"),
    path("answer/", answer, name="answer-queries"),
    path("withdraw/<int:note>/", withdraw, name="withdraw-answer"),
    path("findings.xlsx", workbook, name="findings-workbook"),
    path("findings.csv", separated, name="findings-csv"),
]
