"""The reports of a school that were made, together: one PDF to print, or a file each in a zip."""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from keystage.papers.parent_report import parent_reports
from keystage.papers.typeset import PaperNotMade
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.school.models import IssuedReport
from keystage.service.school.report_content import MUST, Content
from keystage.service.school.report_paper import paper_of
from keystage.service.school.reports import Reports
from keystage.service.school.services.files import content_of

_NOTHING = "No report is as it was made, so there is nothing to hand out. Make the reports first."


def _made(reports: Reports, class_name: str | None) -> Iterator[tuple[Content, IssuedReport]]:
    for line in reports.lines(class_name):
        if made := reports.made(line):
            yield reports.content(line), made


def set_pdf(reports: Reports, class_name: str | None) -> tuple[str, bytes]:
    """Return the name and the content of one PDF: the reports that were made and of which nothing has changed since.

    Raises:
        NotAllowedNow: there are none, or the paper cannot be made.
    """
    wanted = [
        (content, made) for content, made in _made(reports, class_name) if content.fingerprint == made.fingerprint
    ]
    if not wanted:
        raise NotAllowedNow(_NOTHING)
    paper = paper_of(reports, [content for content, _ in wanted])
    last = max(made.at for _, made in wanted)
    try:
        return f"{_name(reports, class_name)}.pdf", parent_reports(
            replace(paper, frame=replace(paper.frame, made=last))
        )
    except PaperNotMade as wrong:
        raise NotAllowedNow(str(wrong)) from wrong


def set_zip(reports: Reports, class_name: str | None) -> tuple[str, bytes]:
    """Return the name and the content of a zip: each report as it was made, without those to be made again.

    Raises:
        NotAllowedNow: there are none, or one is not in the store any more.
    """
    wanted = [
        made for content, made in _made(reports, class_name) if MUST.isdisjoint(content.changed_since(made.parts))
    ]
    if not wanted:
        raise NotAllowedNow(_NOTHING)
    sink = BytesIO()
    with ZipFile(sink, "w", ZIP_DEFLATED) as archive:
        for made in wanted:
            archive.writestr(made.file.name, _content(made))
    return f"{_name(reports, class_name)}.zip", sink.getvalue()


def _content(made: IssuedReport) -> bytes:
    try:
        return content_of(made.file)
    except OSError:
        why = f"{made.file.name} is not where it was kept any more. Make that report again."
        raise NotAllowedNow(why) from None


def _name(reports: Reports, class_name: str | None) -> str:
    safe = "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in (class_name or "").lower())
    return "-".join(filter(None, ["reports", str(reports.school_return.year), *safe.split("-")]))[:80]
