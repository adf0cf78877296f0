"""The list of what was put right at the gateway and is to be put right in the school's own records too, by pupil."""

from collections.abc import Iterable
from dataclasses import dataclass

from keystage.service.gateway.models import Correction, GatewayReturn
from keystage.service.gateway.presenters.difference import FIELDS, in_words
from keystage.service.gateway.services.correcting import LEFT_OUT, PUPIL, REMOVED


@dataclass(frozen=True, slots=True)
class Shown:
    """One correction, in words."""

    key: str
    words: str
    correction: Correction


@dataclass(frozen=True, slots=True)
class OfPupil:
    """A pupil's corrections."""

    who: str
    upn: str
    counts: bool
    """Whether the pupil counts; who does not is in no file for the school's records."""
    items: tuple[Shown, ...]


def corrections_of(gateway_return: GatewayReturn, *, done: bool) -> tuple[OfPupil, ...]:
    """Return the corrections that are open, or those that are done, by pupil in the order of the names."""
    found = Correction.objects.filter(gateway_return=gateway_return, done_at__isnull=not done)
    found = found.select_related("held", "submission__file", "by", "done_by").order_by("pk")
    by_pupil: dict[object, list[Correction]] = {}
    for each in found:
        by_pupil.setdefault(each.held_id or each.key, []).append(each)
    return tuple(sorted(map(_of_pupil, by_pupil.values()), key=lambda each: each.who.casefold()))


def _of_pupil(corrections: list[Correction]) -> OfPupil:
    first = corrections[0]
    held = first.held
    return OfPupil(
        first.who, held.upn if held else first.upn, held is not None and held.removed_at is None,
        tuple(_shown(corrections)),
    )  # fmt: skip


def _shown(corrections: Iterable[Correction]) -> list[Shown]:
    return [Shown(each.key, words_of(each), each) for each in corrections]


def words_of(each: Correction) -> str:
    """Return a correction in words: what is to be done in the school's records."""
    if each.field == PUPIL:
        if each.after == REMOVED:
            reason = each.held.removed_reason if each.held else ""
            return f"Removed at the gateway: {reason or 'see the record'}"
        if each.after == LEFT_OUT:
            return "In the school’s own file, and not in the spreadsheet that counts: see whether they belong in it"
        return "Added at the gateway: not in the school’s own file"
    what = FIELDS.get(each.field, f"{each.field} judgement")
    before, after = in_words(each.field, each.before), in_words(each.field, each.after)
    return f"Change the {what} from {before or 'nothing'} to {after or 'nothing'}"
