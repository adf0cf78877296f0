"""The list of what was put right at the gateway and is to be put right in the school's own records too, by pupil."""

from collections.abc import Iterable
from dataclasses import dataclass

from keystage.service.gateway.models import Correction, GatewayReturn, HeldPupil
from keystage.service.gateway.presenters.difference import FIELDS, in_words
from keystage.service.gateway.services.correcting import PUPIL, REMOVED


@dataclass(frozen=True, slots=True)
class Shown:
    """One correction, in words."""

    key: str
    words: str
    correction: Correction


@dataclass(frozen=True, slots=True)
class OfPupil:
    """A pupil's corrections."""

    held: HeldPupil
    items: tuple[Shown, ...]

    @property
    def is_removed(self) -> bool:
        """Whether the pupil counts no more: they are in no file for the school's records."""
        return self.held.removed_at is not None


def corrections_of(gateway_return: GatewayReturn, *, done: bool) -> tuple[OfPupil, ...]:
    """Return the corrections that are open, or those that are done, by pupil in the order of the names."""
    found = Correction.objects.filter(gateway_return=gateway_return, done_at__isnull=not done)
    found = found.select_related("held", "submission__file", "by", "done_by").order_by("pk")
    by_pupil: dict[int, list[Correction]] = {}
    for each in found:
        by_pupil.setdefault(each.held_id, []).append(each)
    pupils = (OfPupil(each[0].held, tuple(_shown(each))) for each in by_pupil.values())
    return tuple(sorted(pupils, key=lambda each: (each.held.surname.casefold(), each.held.forename.casefold())))


def _shown(corrections: Iterable[Correction]) -> list[Shown]:
    return [Shown(each.key, words_of(each), each) for each in corrections]


def words_of(each: Correction) -> str:
    """Return a correction in words: what is to be done in the school's records."""
    if each.field == PUPIL:
        if each.after == REMOVED:
            return f"Removed at the gateway: {each.held.removed_reason or 'see the record'}"
        return "Added at the gateway: not in the school’s own file"
    what = FIELDS.get(each.field, f"{each.field} judgement")
    before, after = in_words(each.field, each.before), in_words(each.field, each.after)
    return f"Change the {what} from {before or 'nothing'} to {after or 'nothing'}"
