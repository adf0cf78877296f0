"""Two people changed one pupil: what each of them wants, side by side."""

from dataclasses import dataclass

from keystage.service.events.models import Event
from keystage.service.school.models import Pupil
from keystage.service.school.presenters.pupil_history import FIELD_WORDS
from keystage.service.school.presenters.pupil_page import shown
from keystage.service.school.services.pupils import FIELDS, Details


@dataclass(frozen=True, slots=True)
class Side:
    """One field of which the two say different things."""

    field: str
    yours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """What the second person must be shown."""

    by: str
    sides: tuple[Side, ...]
    version: int
    """The version to save over, once the person has chosen."""


def conflict(yours: Details, theirs: Pupil) -> Conflict:
    """Return what two people say of a pupil where they differ, and who the other one is."""
    last = Event.objects.filter(target=theirs.key, part="").select_related("person").order_by("-id").first()
    sides = tuple(
        Side(FIELD_WORDS[name], shown(name, getattr(yours, name)), shown(name, getattr(theirs, name)))
        for name in FIELDS
        if getattr(yours, name) != getattr(theirs, name)
    )
    return Conflict(str(last.person) if last and last.person else "Somebody else", sides, theirs.version)
