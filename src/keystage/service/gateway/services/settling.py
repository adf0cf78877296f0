"""Settling a return: its state and numbers, worked out anew in the transaction of every change."""

from collections.abc import Sequence
from datetime import UTC, datetime

from django.utils import timezone

from keystage.checks import run
from keystage.checks.london import london_date
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.config.rows import update
from keystage.service.config.years import load
from keystage.service.gateway.models import GatewayReturn, HeldPupil, RegisteredPupil, Stage, State
from keystage.service.gateway.models.returns import MOVES
from keystage.service.gateway.moderated import differing
from keystage.service.gateway.register import held_of, is_expected, register_of, registered_of, return_of
from keystage.service.gateway.same import Same, same

_WRITTEN = ("state", "expected", "received", "missing", "unexpected", "accepted", "differing", "settled_at")
_WAITING = frozenset({Stage.RECEIVED, Stage.TO_ANSWER, Stage.TO_CONFIRM})


def numbers(held: Sequence[HeldPupil], registered: Sequence[RegisteredPupil]) -> Same[HeldPupil, RegisteredPupil]:
    """Return who of those that count is expected; alone on the left the unexpected, on the right the missing."""
    return same(held, list(filter(is_expected, registered)))


def settle(
    locked: GatewayReturn,
    held: Sequence[HeldPupil] | None = None,
    registered: Sequence[RegisteredPupil] | None = None,
    *,
    is_sound: bool = False,
    also: tuple[str, ...] = (),
) -> None:
    """Work out the state and the numbers of a locked return, and write them.

    Args:
        locked: the return.
        held: who counts, where the caller has them already.
        registered: who is on the register, where the caller has them already.
        is_sound: whether it is known that the checks find no error in what counts.
        also: fields that the caller has changed and that are to be written too.
    """
    held = held_of(locked) if held is None else held
    registered = registered_of(locked) if registered is None else registered
    found = numbers(held, registered)
    locked.received = len(found.pairs)
    locked.missing = len(found.only_right)
    locked.expected = locked.received + locked.missing
    locked.unexpected = len(found.only_left)
    locked.accepted = len(held)
    locked.differing = len(differing(locked, held, registered))
    state = _state(locked, held, registered, is_sound=is_sound)
    before = State(locked.state)
    if state is not before and state not in MOVES[before]:
        raise NotAllowedNow(f"A return that is {before} cannot become {state}.")
    locked.state, locked.settled_at = state, timezone.now()
    update(locked, [*_WRITTEN, *also])


def _state(
    locked: GatewayReturn, held: Sequence[HeldPupil], registered: Sequence[RegisteredPupil], *, is_sound: bool
) -> State:
    if held:
        if not is_sound and _has_errors(locked, held, registered):
            return State.INCOMPLETE
        counting = locked.counting
        return State.ACCEPTED_WITH_QUERIES if counting and counting.queries else State.ACCEPTED
    if locked.nil_at:
        return State.INCOMPLETE if locked.expected else State.ACCEPTED
    if locked.removed_at:
        return State.REMOVED
    return _before_anything_counts(Stage(locked.latest.stage)) if locked.latest else State.NOT_STARTED


def _before_anything_counts(latest: Stage) -> State:
    if latest in (Stage.IN_ERROR, Stage.UNREADABLE):
        return State.IN_ERROR
    return State.INCOMPLETE if latest in _WAITING else State.NOT_STARTED


def _has_errors(locked: GatewayReturn, held: Sequence[HeldPupil], registered: Sequence[RegisteredPupil]) -> bool:
    """Say whether what counts would not be accepted as the register stands now."""
    report = run(
        return_of(locked, held),
        year=load(locked.collection.year),
        register=register_of(registered),
        today=london_date(datetime.now(UTC)),
    )
    return report.errors > 0
