"""Making reports to be given to parents: each is kept whole, with a fingerprint of everything that stands on it.

The papers are made first and without holding anybody up; then, in one short transaction, those of which nothing has
changed meanwhile are kept.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from keystage.papers.parent_report import parent_reports
from keystage.papers.typeset import PaperNotMade
from keystage.service.accounts.models import Person
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.events.kinds import Kind
from keystage.service.events.record import Done, record_all
from keystage.service.school.models import IssuedReport, SchoolReturn
from keystage.service.school.records import Records
from keystage.service.school.report_content import Content, name_of
from keystage.service.school.report_paper import file_name, paper_of
from keystage.service.school.reports import Reports
from keystage.service.school.services import files
from keystage.service.school.services.returns import lock


@dataclass(frozen=True, slots=True)
class Made:
    """What came of making reports."""

    reports: tuple[IssuedReport, ...]
    changed: tuple[str, ...] = ()
    """The names of pupils whose report changed while it was made, and was not kept."""


def make_reports(school_return: SchoolReturn, keys: Collection[str], *, by: Person) -> Made:
    """Make the reports of pupils to be given to parents, each a PDF of its own. A closed year takes it too.

    Raises:
        NotAllowedNow: nobody is chosen, a pupil is not in the return any more, or a paper cannot be made or kept.
    """
    reports = Reports(Records.of(school_return))
    contents = [reports.content(line) for line in reports.lines() if line.pupil.key in keys]
    if not contents:
        raise NotAllowedNow("Nobody is chosen, so no report was made.")
    if len(contents) < len(set(keys)):
        raise NotAllowedNow("Somebody is not in the return any more, so no report was made. Look at the list again.")
    papers = [_paper(reports, content) for content in contents]
    return _keep(school_return, contents, papers, by)


def _paper(reports: Reports, content: Content) -> bytes:
    try:
        return parent_reports(paper_of(reports, [content]))
    except PaperNotMade as wrong:
        raise NotAllowedNow(f"The report of {name_of(content.line.pupil)} could not be made. {wrong}") from wrong


@transaction.atomic
def _keep(school_return: SchoolReturn, contents: Sequence[Content], papers: Sequence[bytes], by: Person) -> Made:
    locked = lock(school_return)
    now = Reports(Records.of(locked))
    still = {line.pupil.key: now.content(line).fingerprint for line in now.lines()}
    kept: list[IssuedReport] = []
    changed: list[str] = []
    at = timezone.now()
    for content, paper in zip(contents, papers, strict=True):
        pupil = content.line.pupil
        if still.get(pupil.key) != content.fingerprint:
            changed.append(name_of(pupil))
            continue
        file = files.store(locked.organisation, file_name(content, locked.year), paper, by=by)
        kept.append(
            IssuedReport(
                pupil=pupil, load=now.load, file=file, fingerprint=content.fingerprint, parts=dict(content.parts),
                at=at, by=by,
            )
        )  # fmt: skip
    made = IssuedReport.objects.bulk_create(kept)
    done = [Done(each.pupil.key, "", {"report": each.key, "sha256": each.file.sha256}) for each in made]
    record_all(Kind.REPORT_MADE, done, by=by, organisation=locked.organisation, year=locked.year)
    return Made(tuple(made), tuple(changed))
