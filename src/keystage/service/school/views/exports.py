"""The file for the gateway: making it, its log, and taking it."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_GET, require_safe

from keystage.ctf.filename import FileName
from keystage.papers.receipt import export_record
from keystage.service.accounts.hooks import place_on
from keystage.service.accounts.roles import Permission
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.design.attachment import attachment, plain
from keystage.service.design.posted import posted
from keystage.service.school.forms.exports import MakeForm
from keystage.service.school.models import Export
from keystage.service.school.outgoing import Outgoing, outgoing, settings_of, why_not_left_out
from keystage.service.school.presenters.exports import file_rows, in_words, log_of, paper_of
from keystage.service.school.readiness import before_file
from keystage.service.school.services.exports import Made, Wanted, make_file
from keystage.service.school.services.sent import downloaded
from keystage.service.school.signatures import Signing
from keystage.service.school.views import sending
from keystage.service.school.views.export_files import export_of
from keystage.service.school.views.visiting import YearVisit, of_year


@of_year(Permission.SEE_RETURN)
@require_safe
def exports(request: HttpRequest, at: YearVisit) -> HttpResponse:
    """Show the files that were made, and what stands in the way of the next."""
    made = list(
        Export.objects.filter(school_return=at.school_return)
        .select_related("file", "made_by", "sent_by")
        .order_by("-serial")
    )
    where = {"organisation": at.school.key, "year": at.school_return.year}
    shown = {
        "at": at,
        "latest": made[0] if made else None,
        "rows": file_rows(made, lambda each: reverse("school:export", kwargs={**where, "key": each.key})),
        "obstacles": before_file(at.records, Signing.of(at.records)),
        "is_nil": bool(at.school_return.nil_reason) and not at.records.lines,
        "may_export": at.may(Permission.EXPORT),
        "gateway": at.records.year.gateway,
    }
    return render(request, "school/exports/overview.html", shown)


@of_year(Permission.EXPORT)
def make(request: HttpRequest, at: YearVisit) -> HttpResponse:
    """Show what will be in the file, and make it."""
    file = outgoing(at.records)
    choosing = request.GET.get("leave") == "yes" or "leaving" in request.POST
    lines = [line for line in at.records.lines if not why_not_left_out(line)] if choosing else []
    seen = {"seen": at.records.fingerprint, "serial": file.serial}
    form = MakeForm(posted(request)[0], initial=seen, lines=lines)
    if request.method == "POST" and form.is_valid():
        return _make(request, at, form)
    return render(request, "school/exports/make.html", {"at": at, "form": form, **_making(at, file, choosing)})


def _making(at: YearVisit, file: Outgoing, choosing: bool) -> dict[str, Any]:
    number, token = at.school_return.number, at.records.year.ctf.type_token
    return {
        "file": file,
        "name": str(FileName(number, file.destination, file.serial, token)),
        "obstacles": before_file(at.records, Signing.of(at.records)),
        "differences": tuple(in_words(file.changes)) if file.changes is not None else None,
        "choosing": choosing,
        "back_href": reverse("school:exports", kwargs={"organisation": at.school.key, "year": at.school_return.year}),
        "back_text": "Back to the files",
    }


def _make(request: HttpRequest, at: YearVisit, form: MakeForm) -> HttpResponse:
    data = form.cleaned_data
    wanted = Wanted(data["seen"], data["serial"], form.left_out, data["dropped_note"])
    made: Made = make_file(at.school_return, wanted, by=at.person)
    if made.export is None:
        return render(request, "school/exports/faulty.html", {"at": at, "faults": made.faults}, status=500)
    messages.success(request, f"{made.export} is made, checked and kept.")
    return redirect("school:export", organisation=at.school.key, year=at.school_return.year, key=made.export.key)


@of_year(Permission.SEE_RETURN)
@require_safe
def export(request: HttpRequest, at: YearVisit, key: str) -> HttpResponse:
    """Show the log of a file, and what to do with it now."""
    found = export_of(at, key)
    shown = {
        "at": at,
        "log": log_of(found, at),
        "export": found,
        "settings": settings_of(at.school),
        "gateway": at.records.year.gateway,
        "gateway_here": place_on("gateway", at.school),
        "may_export": at.may(Permission.EXPORT),
        "may_send": at.may(Permission.EXPORT)
        and bool(settings.ENVIRONMENT.gateway)
        and not at.school.is_practice
        and not at.school_return.is_closed,
        "back_href": reverse("school:exports", kwargs={"organisation": at.school.key, "year": at.school_return.year}),
        "back_text": "Back to the files",
    }
    return render(request, "school/exports/log.html", shown)


@of_year(Permission.EXPORT)
@require_GET
def export_file(request: HttpRequest, at: YearVisit, key: str) -> HttpResponse:
    """Give the file; that somebody took it is recorded."""
    found = export_of(at, key)
    try:
        content = downloaded(found, by=at.person)
    except NotAllowedNow as refused:
        messages.error(request, str(refused))
        return redirect("school:exports", organisation=at.school.key, year=at.school_return.year)
    return attachment(found.file.name, content, "application/xml")


@of_year(Permission.SEE_RETURN)
@require_safe
def export_paper(request: HttpRequest, at: YearVisit, key: str) -> HttpResponse:
    """Give the record of an export as a PDF."""
    found = export_of(at, key)
    headers = {"Content-Disposition": f'inline; filename="{plain(found.file.name.removesuffix(".xml"))}-record.pdf"'}
    return HttpResponse(export_record(paper_of(found, at)), content_type="application/pdf", headers=headers)


urlpatterns = [
    path("", exports, name="exports"),
    path("make/", make, name="make-file"),
    path("<str:key>/", export, name="export"),
    path("<str:key>/file.xml", export_file, name="export-file"),
    path("<str:key>/record.pdf", export_paper, name="export-paper"),
    path("<str:key>/uploaded/", sending.uploaded, name="export-uploaded"),
    path("<str:key>/send/", sending.send, name="export-send"),
    path("<str:key>/receipt/", sending.receipt, name="export-receipt"),
]
