"""Words and attendance for reports from a file: shown first, then accepted; nothing written is lost unasked."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from keystage.service.accounts.models import Person
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.events.kinds import Kind
from keystage.service.events.record import Done, record, record_all
from keystage.service.school.models import Incoming, PupilReport
from keystage.service.school.services.report_import_plan import Becomes, PlanLine, plan
from keystage.service.school.services.report_texts import put
from keystage.service.school.services.returns import lock


@dataclass(frozen=True, slots=True)
class Taken:
    """What was accepted."""

    pupils: int
    left: int
    """Pupils whose words differ and were not ticked."""


@transaction.atomic
def accept(
    incoming: Incoming,
    replaced: Collection[str],
    *,
    seen: str,
    by: Person,
    classes: Collection[str] | None = None,
) -> Taken:
    """Write what fills something empty, and replace what differs for the pupils that were ticked.

    Raises:
        NotAllowedNow: something has changed since the page was shown, or there is nothing to accept.
        FileRefused: the file cannot be read.
    """
    locked = lock(incoming.school_return)
    found = plan(incoming, locked, classes)
    if found.seen != seen:
        raise NotAllowedNow(
            "Somebody has written in these reports since this page was shown, so nothing was accepted. Look again."
        )
    wanted = [line for line in found.of("new", "differs") if line.becomes is Becomes.NEW or line.token in replaced]
    if not wanted:
        raise NotAllowedNow("Nothing is ticked, and nothing in the file is new. Tick the pupils to accept.")
    for line in wanted:
        _put(line, by)
    done = [
        Done(line.token, "", {"how": "imported", "fields": [each.field for each in line.changes]}) for line in wanted
    ]
    where: dict[str, Any] = {"organisation": locked.organisation, "year": locked.year}
    record_all(Kind.REPORT_WRITTEN, done, by=by, **where)
    record(Kind.REPORTS_IMPORTED, by=by, target=locked.key, name=incoming.file.name, pupils=len(wanted), **where)
    Incoming.objects.filter(pk=incoming.pk).update(accepted_at=timezone.now())
    return Taken(len(wanted), len(found.of("new", "differs")) - len(wanted))


def _put(line: PlanLine, by: Person) -> None:
    assert line.pupil is not None  # noqa: S101 - only matched lines change anything
    put(line.held or PupilReport(pupil=line.pupil), {each.field: each.new for each in line.changes}, by=by)
