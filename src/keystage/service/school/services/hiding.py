"""Changing of how many pupils a figure must be to be shown."""

from django.db import transaction
from django.utils import timezone

from keystage.service.accounts.models import Person
from keystage.service.events.kinds import Kind
from keystage.service.events.record import record
from keystage.service.school.models import SchoolReturn
from keystage.service.school.services.report_settings import settings_of
from keystage.service.school.services.returns import lock


@transaction.atomic
def change_hidden_below(school_return: SchoolReturn, wanted: int, *, by: Person) -> bool:
    """Hide the figures of fewer pupils than this; say whether anything was changed. A closed year takes it too."""
    locked = lock(school_return)
    held = settings_of(locked)
    before = held.hidden_below
    if before == wanted:
        return False
    held.hidden_below = wanted
    held.version += 1
    held.changed_by, held.changed_at = by, timezone.now()
    held.save()
    record(
        Kind.SETTINGS_CHANGED, by=by, organisation=locked.organisation, year=locked.year, target=locked.key,
        changes={"hidden_below": [before, wanted]},
    )  # fmt: skip
    return True
