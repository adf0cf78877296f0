"""Letting go of what was kept for as long as it should be: what would go is said first, then each piece goes whole.

A piece is one transaction with one event. Killed in between, the pieces that went are gone and the others are there,
and the next run goes on with them.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from keystage.service.accounts.models import Organisation
from keystage.service.events import erasing
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Erasure, Event
from keystage.service.personal.doomed import doom

Counts = dict[str, int]


@dataclass(frozen=True)
class Piece:
    """Something that goes at once, or not at all."""

    words: str
    """What it is, in words: ``the year 2019 of Quellbridge Primary School``."""
    count: int
    """How much it is, in what its rule counts."""
    go: Callable[[Erasure], Counts]
    """Lets it go, in the caller's transaction."""
    organisation: Organisation | None = None
    targets: tuple[str, ...] = ()
    """The keys whose events lose words with it."""
    before: datetime | None = None


@dataclass(frozen=True)
class Rule:
    """Something that is let go after a time."""

    words: str
    counts: str
    """What it counts: ``pupils``, ``files``."""
    pieces: Callable[[datetime], Iterable[Piece]]
    """What is over at a moment, as far as nothing open and no legal hold needs it."""
    is_technical: bool = False
    """Whether it goes on its own, also where nobody has asked for it: it is of no use to anybody any more."""


@transaction.atomic
def let_go(piece: Piece) -> Counts:
    """Let a piece go, with its event."""
    erasure = erasing.begin(
        Kind.RETENTION_DONE, "retention", by=None, organisation=piece.organisation, reason=piece.words,
        targets=piece.targets, before=piece.before,
    )  # fmt: skip
    counts = piece.go(erasure)
    if piece.targets:
        counts["events"] = erasing.take_words_out(erasure, erasing.of_targets(erasure))
    erasing.finish(erasure, counts)
    return counts


def technical(words: str, rows: QuerySet[Any]) -> Iterable[Piece]:
    """Yield one piece of rows that are simply deleted; nothing where there are none."""
    if count := rows.count():
        yield Piece(words, count, lambda _erasure: {words: rows.delete()[0]})


def empty_contents(rows: QuerySet[Any]) -> int:
    """Let go of the content of files; their rows stay. Return how many had any."""
    found = list(rows.exclude(sha256="").values_list("pk", "sha256"))
    doom(sha256 for _, sha256 in found)
    rows.model._default_manager.filter(pk__in=[pk for pk, _ in found]).update(sha256="")
    return len(found)


def old_words(erasure: Erasure, events: QuerySet[Event], also_plain: frozenset[str] = frozenset()) -> Counts:
    """Take the words out of old events."""
    return {"events": erasing.take_words_out(erasure, events, also_plain=also_plain)}


def due(rules: Sequence[Rule], moment: datetime) -> list[tuple[Rule, Piece]]:
    """Return everything that is over at a moment."""
    return [(rule, piece) for rule in rules for piece in rule.pieces(moment)]
