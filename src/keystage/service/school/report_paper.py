"""Reports for parents as a paper: what is printed of one pupil, or of several one after another."""

from collections.abc import Sequence

from django.utils import timezone

from keystage.papers.frame import Frame
from keystage.papers.parent_report import ReportsPaper
from keystage.service.school.report_content import Content, Part
from keystage.service.school.reports import Reports
from keystage.service.school.services.files import content_of as file_content


def paper_of(reports: Reports, contents: Sequence[Content]) -> ReportsPaper:
    """Return the reports of pupils as they are printed: whole pages for each, with nothing of another."""
    held = reports.settings
    return ReportsPaper(
        frame=frame_of(reports),
        reports=tuple(content.report for content in contents),
        comparators=reports.compared.comparators,
        national_status=reports.compared.national_status,
        arrangements=held.arrangements,
        head_name=held.head_name,
        head_words=held.head_words,
        badge=badge_of(reports),
        language=reports.words.code,
        is_before_results=reports.load is None,
        is_revised=bool(contents) and all(is_revised(reports, content) for content in contents),
    )


def frame_of(reports: Reports) -> Frame:
    """Return whose paper it is; reports have no fingerprint on them, and no version."""
    school_return = reports.school_return
    school = school_return.organisation
    return Frame(
        school.name, school_return.number, reports.records.year, "", 0, timezone.now(), practice=school.is_practice
    )


def badge_of(reports: Reports) -> bytes | None:
    """Return the school's badge; None where there is none, or it is not in the store any more."""
    badge = reports.settings.badge
    try:
        return file_content(badge) if badge else None
    except OSError:
        return None


def is_revised(reports: Reports, content: Content) -> bool:
    """Say whether parents were given a report with other results of the pupil, whose place this one takes."""
    earlier = reports.all_made.get(content.line.pupil.pk, ())
    return any(each.load_id and Part.RESULTS in content.changed_since(each.parts) for each in earlier)


def file_name(content: Content, year: int) -> str:
    """Return a name that every system takes: ``report-2026-example-ada-9992.pdf``; the end is of the pupil's key."""
    pupil = content.line.pupil
    name = "-".join(filter(None, (pupil.surname, pupil.forename))).lower()
    safe = "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in name)
    return "-".join(filter(None, ["report", str(year), *safe.split("-")[:6], pupil.key[:4]])) + ".pdf"
