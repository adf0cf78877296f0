"""What the next file would hold, and how that differs from the last file that was sent."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from keystage.ctf.from_return import national_agency
from keystage.ctf.limits import LIMITS
from keystage.ctf.reader import read
from keystage.ctf.to_return import to_return
from keystage.returns.changes import Changes, changes
from keystage.returns.value import Pupil, Return
from keystage.service.accounts.models import Organisation
from keystage.service.school.lines import Line
from keystage.service.school.models import Export, ExportSettings, SchoolReturn
from keystage.service.school.records import Records
from keystage.service.school.services.files import content_of
from keystage.years.year import CollectionYear

MOST_SERIAL = 999


@dataclass(frozen=True)
class Outgoing:
    """The next file of a return."""

    records: Records
    settings: ExportSettings
    serial: int
    previous: Export | None
    """The last file that was sent."""
    left_out: Mapping[str, str]
    """The keys of the pupils who are left out by choice, each with the reason."""

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The pupils in the file."""
        return tuple(line for line in self.records.lines if line.pupil.key not in self.left_out)

    @cached_property
    def return_(self) -> Return:
        """What the file says."""
        whole = self.records.return_
        pairs = zip(self.records.lines, whole.pupils, strict=True)
        pupils = [pupil for line, pupil in pairs if line.pupil.key not in self.left_out]
        if not self.settings.include_former_upn:
            pupils = [pupil._replace(former_upn="") for pupil in pupils]
        return replace(whole, pupils=tuple(pupils))

    @property
    def destination(self) -> str:
        """Where it goes: seven characters."""
        return self.settings.destination or national_agency(self.records.year)

    @property
    def is_for_gateway(self) -> bool:
        """Whether it goes where the return must go."""
        return self.destination == national_agency(self.records.year)

    @cached_property
    def previous_return(self) -> Return | None:
        """What the last file that was sent says; None where none was, or it is not on disk any more."""
        return return_in(self.previous, self.records.year) if self.previous else None

    @cached_property
    def dropped(self) -> tuple[Pupil, ...]:
        """The pupils of the last file who are not in this one."""
        return self.changes.dropped if self.changes else ()

    @property
    def changes(self) -> Changes | None:
        """What is otherwise than in the last file; None where there is none."""
        return changes(self.previous_return, self.return_) if self.previous_return else None


def outgoing(records: Records, left_out: Mapping[str, str] | None = None) -> Outgoing:
    """Return what the next file would hold. Three queries."""
    school_return = records.school_return
    latest = Export.objects.filter(school_return=school_return).order_by("-serial").first()
    return Outgoing(
        records,
        settings_of(school_return.organisation),
        (latest.serial if latest else 0) + 1,
        last_sent(school_return),
        left_out or {},
    )


def settings_of(organisation: Organisation) -> ExportSettings:
    """Return how a school's files are made; the defaults, not saved, where nobody changed them."""
    return ExportSettings.objects.filter(organisation=organisation).first() or ExportSettings(organisation=organisation)


def last_sent(school_return: SchoolReturn, *, before: Export | None = None) -> Export | None:
    """Return the last file that was sent; where one is given, the last of those made before it."""
    sent = Export.objects.filter(school_return=school_return).exclude(sent_at=None)
    if before:
        sent = sent.filter(serial__lt=before.serial)
    return sent.select_related("file").order_by("-serial").first()


def return_in(export: Export, year: CollectionYear) -> Return | None:
    """Return what a file says; None where it is not on disk any more."""
    try:
        content = content_of(export.file)
    except OSError:
        return None
    return to_return(read(content, name=export.file.name, limits=LIMITS), year)


def why_not_left_out(line: Line) -> str:
    """Say why a pupil must be in the file; empty where a reason is enough to leave them out."""
    expected = line.cohort.line.expected
    if expected is None or not expected.is_expected or expected.has_left:
        return ""
    return "is expected by the gateway, which would not take the file without them"
