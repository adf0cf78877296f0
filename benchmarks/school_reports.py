"""Words and made reports for a made-up school in the database, for benchmarks."""

from django.utils import timezone

from keystage.service.school.models import IssuedReport, PupilReport, SchoolReturn
from keystage.service.school.records import Records
from keystage.service.school.reports import Reports
from keystage.service.school.results import in_force

WORDS = "Has had a good year, reads with growing confidence and helps others. In maths, fractions went well. " * 6


def with_reports(made: SchoolReturn) -> None:
    """Write some 600 characters for each pupil of a school that has results, and make every other report."""
    by, now = made.organisation.memberships.all()[0].person, timezone.now()
    load = in_force(made)
    assert load is not None
    file = load.incoming.file
    PupilReport.objects.bulk_create(
        PupilReport(
            pupil=each, progress=WORDS, achievements=WORDS, possible_sessions=370, attended_sessions=352, version=1
        )
        for each in made.pupils.all()
    )
    reports = Reports(Records.of(made))
    contents = [reports.content(line) for line in reports.lines()]
    IssuedReport.objects.bulk_create(
        IssuedReport(
            pupil=each.line.pupil,
            load=load,
            file=file,
            fingerprint=each.fingerprint,
            parts=dict(each.parts),
            at=now,
            by=by,
        )
        for each in contents[::2]
    )
