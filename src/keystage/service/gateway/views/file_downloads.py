"""What can be taken away of a file: itself, the same with the errors marked in it, and what was found."""

import json
from io import BytesIO

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

import keystage
from keystage.checks.report import report_from
from keystage.checks.workbook import write_workbook
from keystage.service.accounts.roles import Permission
from keystage.service.design.attachment import attachment
from keystage.service.gateway.asked import asked, standing_answers
from keystage.service.gateway.models import Submission
from keystage.service.gateway.services.downloads import marked_file, marked_name, taken
from keystage.service.gateway.services.reading import content_of
from keystage.service.gateway.views.visiting import ReturnVisit, of_return
from keystage.sheets.separated_writer import write_separated

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_HEADINGS = (
    *("Severity", "Check", "UPN", "Pupil", "Subject", "Found", "What is wrong", "Allowed", "What to do", "Where"),
    "Answer",
)


def _of(at: ReturnVisit, key: str) -> Submission:
    found = Submission.objects.filter(gateway_return=at.gateway_return, key=key).select_related("file").first()
    if found is None or not found.report:
        raise Http404
    found.gateway_return = at.gateway_return
    return found


@of_return(Permission.SEE_GATEWAY)
@require_safe
def itself(request: HttpRequest, at: ReturnVisit, key: str) -> HttpResponse:
    """Give the file as it came."""
    found = Submission.objects.filter(gateway_return=at.gateway_return, key=key).select_related("file").first()
    if found is None:
        raise Http404
    found.gateway_return = at.gateway_return
    content = content_of(found)
    taken(found, found.file.name, by=at.person)
    return attachment(found.file.name, content, "application/octet-stream")


@of_return(Permission.SEE_GATEWAY)
@require_safe
def marked(request: HttpRequest, at: ReturnVisit, key: str) -> HttpResponse:
    """Give the file with the errors marked in it."""
    found = _of(at, key)
    content, name = marked_file(found), marked_name(found)
    taken(found, name, by=at.person)
    return attachment(name, content, XLSX)


@of_return(Permission.SEE_GATEWAY)
@require_safe
def workbook(request: HttpRequest, at: ReturnVisit, key: str) -> HttpResponse:
    """Give what was found as an Excel workbook."""
    found, sink = _of(at, key), BytesIO()
    write_workbook([report_from(found.report)], sink)
    return attachment(_name(found, "xlsx"), sink.getvalue(), XLSX)


@of_return(Permission.SEE_GATEWAY)
@require_safe
def separated(request: HttpRequest, at: ReturnVisit, key: str) -> HttpResponse:
    """Give what was found as a CSV file, with the answers."""
    found, sink = _of(at, key), BytesIO()
    answers = standing_answers(at.gateway_return)
    rows = [
        (
            *(each.severity, each.code, each.upn or "", each.pupil or "", each.subject or "", each.value or ""),
            *(each.message, " ".join(each.allowed), each.fix, each.place),
            answers[hash_].text if each.severity == "query" and (hash_ := asked(each.as_dict())) in answers else "",
        )
        for each in report_from(found.report).findings
    ]
    write_separated(sink, _HEADINGS, rows, mark=True)
    return attachment(_name(found, "csv"), sink.getvalue(), "text/csv; charset=utf-8")


@of_return(Permission.SEE_GATEWAY)
@require_safe
def as_json(request: HttpRequest, at: ReturnVisit, key: str) -> HttpResponse:
    """Give what was found as JSON, in the shape that ``keystage check --format json`` prints."""
    found = _of(at, key)
    totals = {
        "files": 1,
        "pupils": found.pupils,
        "errors": found.errors,
        "queries": found.queries,
        "infos": found.infos,
    }
    values = {"keystage": keystage.__version__, "year": at.collection.year, "files": [found.report], "totals": totals}
    content = json.dumps(values, ensure_ascii=False, indent=2).encode("utf-8", "replace")
    return attachment(_name(found, "json"), content, "application/json")


def _name(found: Submission, ending: str) -> str:
    return f"{found.file.name} findings.{ending}"


urlpatterns = [
    path("download/", itself, name="file-itself"),
    path("marked.xlsx", marked, name="file-marked"),
    path("findings.xlsx", workbook, name="file-workbook"),
    path("findings.csv", separated, name="file-csv"),
    path("findings.json", as_json, name="file-json"),
]
