"""Writing for the reports for parents: what people say of a pupil. None of it changes the return."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from django.db import transaction
from django.utils import timezone

from keystage.service.accounts.models import Person
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.design.words import plural
from keystage.service.events.kinds import Kind
from keystage.service.events.record import record
from keystage.service.school.models import Pupil, PupilReport, SchoolReturn
from keystage.service.school.services.returns import lock

_NOT_YOURS = "You may write reports for the pupils of your own classes only. Ask the data manager."
_GONE = "This pupil is not on the roll of this year, so nothing was saved."


@dataclass(frozen=True, slots=True)
class ReportTexts:
    """What people write for one pupil's report."""

    progress: str = ""
    achievements: str = ""
    engagement: str = ""
    exempt_from: str = ""
    possible_sessions: int | None = None
    attended_sessions: int | None = None
    unauthorised_absences: int | None = None
    reasons: Mapping[str, str] = field(default_factory=dict)
    """Why a test was not taken, by test; only those with words."""


FIELDS: tuple[str, ...] = tuple(each.name for each in fields(ReportTexts))


class WrittenMeanwhile(Exception):
    """Somebody else wrote in the report after the page was shown: both are to be seen, and a person chooses."""

    def __init__(self, theirs: PupilReport) -> None:
        super().__init__("Somebody else has written in this report in the meantime.")
        self.theirs = theirs


def texts_of(report: PupilReport | None) -> ReportTexts:
    """Return what is written for a pupil; nothing where there is no row yet."""
    return ReportTexts(**{name: getattr(report, name) for name in FIELDS}) if report else ReportTexts()


@transaction.atomic
def write(
    school_return: SchoolReturn,
    key: str,
    texts: ReportTexts,
    *,
    version: int,
    by: Person,
    classes: Collection[str] | None = None,
) -> PupilReport | None:
    """Keep what a person wrote for a pupil's report; saying again what is there changes nothing and returns None.

    A closed year takes it too: reports are written after the return is done.

    Args:
        school_return: the year.
        key: the pupil's.
        texts: everything that is to stand there.
        version: of the report that the person saw; 0 where there was none.
        by: who writes.
        classes: the classes that the person may write for; None for all.

    Raises:
        NotAllowedNow: the pupil is not there, or is of a class that is not theirs.
        WrittenMeanwhile: the report has another version now.
    """
    locked = lock(school_return)
    pupil = Pupil.objects.filter(school_return=locked, key=key, removed_at=None).first()
    if pupil is None:
        raise NotAllowedNow(_GONE)
    if classes is not None and pupil.class_name not in classes:
        raise NotAllowedNow(_NOT_YOURS)
    held = PupilReport.objects.filter(pupil=pupil).select_related("changed_by").first()
    changed = changes(held, texts)
    if not changed:
        return None
    if (held.version if held else 0) != version:
        raise WrittenMeanwhile(held or PupilReport(pupil=pupil))
    saved = put(held or PupilReport(pupil=pupil), changed, by=by)
    record(
        Kind.REPORT_WRITTEN, by=by, organisation=locked.organisation, year=locked.year, target=pupil.key,
        fields=sorted(changed),
    )  # fmt: skip
    return saved


def changes(held: PupilReport | None, texts: ReportTexts) -> dict[str, Any]:
    """Return the fields that would be otherwise, with what they would be."""
    before = texts_of(held)
    return {name: getattr(texts, name) for name in FIELDS if getattr(before, name) != getattr(texts, name)}


def put(report: PupilReport, changed: Mapping[str, Any], *, by: Person) -> PupilReport:
    """Save changed fields under a new version; the caller holds the year locked and writes the event."""
    for name, value in changed.items():
        setattr(report, name, value)
    report.version += 1
    report.changed_by, report.changed_at = by, timezone.now()
    report.save()
    return report


def sessions_faults(
    possible_sessions: int | None, attended_sessions: int | None, unauthorised_absences: int | None
) -> tuple[str, ...]:
    """Return what cannot be in numbers of sessions, in words; nothing where all is possible."""
    if possible_sessions is None:
        return ()
    attended, missed = attended_sessions or 0, unauthorised_absences or 0
    if attended > possible_sessions:
        return (f"{plural(attended, 'session')} attended are more than the {possible_sessions} possible.",)
    if attended + missed > possible_sessions:
        both = f"{plural(attended, 'session')} attended and {missed} missed without leave"
        return (f"{both} are together more than the {possible_sessions} possible.",)
    return ()
