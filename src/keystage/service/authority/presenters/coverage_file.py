"""The list of schools as lines of a file."""

from datetime import date, datetime

from django.utils import timezone

from keystage.service.authority.presenters.coverage import Line

HEAD = (
    *("School number", "School", "State", "Expected", "Received", "Missing", "Not expected", "Latest file"),
    *("Wanted by", "Late", "Asked to send again", "Waiting for help", "Declared", "Moderated", "Visit planned"),
    *("Visit held", "Pupils that differ from moderation", "Last reminded", "Reminded by"),
)


def row_of(line: Line) -> tuple[str, ...]:
    """Return the line of a school."""
    return (
        *(line.number, line.name, line.words, str(line.expected), str(line.received), str(line.missing)),
        *(str(line.unexpected), _moment(line.latest_at), _day(timezone.localdate(line.wanted_on))),
        *(_yes(line.is_late), _yes(line.is_asked), _yes(line.is_waiting), _moment(line.declared_at)),
        *(_yes(line.is_moderated), _day(line.visit_on), _day(line.held_on)),
        str(line.differing) if line.is_moderated else "",
        *(_moment(line.chased_at), line.chased_by),
    )


def _yes(value: bool) -> str:
    return "Yes" if value else "No"


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _moment(moment: datetime | None) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M") if moment else ""
