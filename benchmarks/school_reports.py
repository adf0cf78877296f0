"""Results, words and made reports for a made-up school in the database, for benchmarks."""

from hashlib import sha256

from django.utils import timezone

from keystage.returns.results import PupilResult, TestResult
from keystage.service.school.models import Incoming, IssuedReport, PupilReport, ResultsLoad, SchoolReturn, StoredFile
from keystage.service.school.models import PupilResult as Row
from keystage.service.school.models.files import IncomingKind
from keystage.service.school.records import Records
from keystage.service.school.reports import Reports
from keystage.service.school.results import row_of
from keystage.years.subjects import Test

WORDS = "Has had a good year, reads with growing confidence and helps others. In maths, fractions went well. " * 6


def with_reports(made: SchoolReturn) -> None:
    """Give a school results, words of some 600 characters for each pupil, and a report made for every other pupil."""
    by, now = made.organisation.memberships.all()[0].person, timezone.now()
    file = StoredFile.objects.create(
        organisation=made.organisation, name="results.csv", sha256=sha256(b"").hexdigest(), size=0, made_by=by
    )
    incoming = Incoming.objects.create(school_return=made, kind=IncomingKind.RESULTS, file=file, by=by)
    load = ResultsLoad.objects.create(school_return=made, serial=1, incoming=incoming, accepted_by=by, accepted_at=now)
    tests = dict.fromkeys(Test, TestResult(raw=40, scaled=104, outcome="AS"))
    Row.objects.bulk_create(
        row_of(
            PupilResult(each.upn, each.surname, each.forename, each.birth_date, "", each.sex, tests=tests),
            load, place, each, "UPN",
        )
        for place, each in enumerate(made.pupils.all(), 1)
    )  # fmt: skip
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
