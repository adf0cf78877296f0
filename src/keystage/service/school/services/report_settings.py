"""What stands on every report for parents of a year: how to discuss it, the headteacher's words, language and badge."""

from dataclasses import dataclass, fields

from django.db import transaction
from django.utils import timezone

from keystage.papers.badge import check_badge
from keystage.service.accounts.models import Person
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.events.kinds import Kind
from keystage.service.events.record import record
from keystage.service.school.models import ReportSettings, SchoolReturn, StoredFile
from keystage.service.school.services import files
from keystage.service.school.services.returns import lock


@dataclass(frozen=True, slots=True)
class OnEveryReport:
    """What a person says of every report of the year."""

    arrangements: str = ""
    head_name: str = ""
    head_words: str = ""
    language: str = "en"
    hidden_below: int = 6


@dataclass(frozen=True, slots=True)
class BadgeChange:
    """What becomes of the badge: a new one in place of any, or none; nothing of this leaves it as it is."""

    name: str = ""
    content: bytes = b""
    is_removed: bool = False


NO_CHANGE = BadgeChange()
FIELDS = tuple(each.name for each in fields(OnEveryReport))


class SettingsChangedMeanwhile(Exception):
    """Somebody else changed the settings after the page was shown."""

    def __init__(self, theirs: ReportSettings) -> None:
        super().__init__("Somebody else has changed these settings in the meantime.")
        self.theirs = theirs


def settings_of(school_return: SchoolReturn) -> ReportSettings:
    """Return the settings of a year; those of a year without any are not saved yet."""
    found = ReportSettings.objects.filter(school_return=school_return).select_related("badge", "changed_by").first()
    return found or ReportSettings(school_return=school_return)


def on_every_report(held: ReportSettings) -> OnEveryReport:
    """Return what a row of settings says."""
    return OnEveryReport(**{name: getattr(held, name) for name in FIELDS})


@transaction.atomic
def change_report_settings(
    school_return: SchoolReturn,
    wanted: OnEveryReport,
    *,
    version: int,
    by: Person,
    badge: BadgeChange = NO_CHANGE,
) -> bool:
    """Change what stands on every report; say whether anything was changed. A closed year takes it too.

    Raises:
        SettingsChangedMeanwhile: the settings have another version now.
        NotAllowedNow: the badge cannot be printed or kept.
    """
    locked = lock(school_return)
    held = settings_of(locked)
    before = on_every_report(held)
    changed = [name for name in FIELDS if getattr(before, name) != getattr(wanted, name)]
    if _is_other_badge(held, badge):
        changed.append("badge")
    if not changed:
        return False
    if held.version != version:
        raise SettingsChangedMeanwhile(held)
    for name in set(changed) - {"badge"}:
        setattr(held, name, getattr(wanted, name))
    if "badge" in changed:
        held.badge = _kept(locked, badge, by)
    held.version += 1
    held.changed_by, held.changed_at = by, timezone.now()
    held.save()
    record(
        Kind.REPORT_SETTINGS_CHANGED, by=by, organisation=locked.organisation, year=locked.year, target=locked.key,
        fields=changed,
    )  # fmt: skip
    return True


def _is_other_badge(held: ReportSettings, badge: BadgeChange) -> bool:
    if badge.content:
        return True
    return badge.is_removed and held.badge is not None


def _kept(locked: SchoolReturn, badge: BadgeChange, by: Person) -> StoredFile | None:
    if not badge.content:
        return None
    if wrong := check_badge(badge.content):
        raise NotAllowedNow(wrong)
    return files.store(locked.organisation, badge.name, badge.content, by=by)
