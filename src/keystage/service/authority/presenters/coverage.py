"""What an authority's schools have sent: a line for each, and how many are in each state."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import NamedTuple

from keystage.service.gateway.dates import dates_of
from keystage.service.gateway.models import AuthoritySettings, GatewayReturn, State
from keystage.service.gateway.presenters.states import COLOURS, DONE, capital


class Line(NamedTuple):
    """A school's line."""

    key: str
    name: str
    number: str
    state: str
    expected: int
    received: int
    missing: int
    unexpected: int
    latest_at: datetime | None
    wanted_by: datetime
    declared_at: datetime | None
    is_moderated: bool
    visit_on: date | None
    held_on: date | None
    differing: int
    is_late: bool
    """Whether the date has passed on which it was wanted, and it is not accepted."""
    is_asked: bool
    """Whether the school was asked to send again, and has not."""
    is_waiting: bool
    """Whether the school waits for an answer of the helpdesk."""
    chased_at: datetime | None
    chased_by: str

    @property
    def short_by(self) -> int:
        """How many expected pupils are missing of a school that has sent something and is not accepted."""
        return 0 if self.state in DONE or self.state == State.NOT_STARTED else self.missing

    @property
    def words(self) -> str:
        """The state in words."""
        return capital(self.state)

    @property
    def colour(self) -> str:
        """The colour of the state's tag."""
        return COLOURS[State(self.state)]

    @property
    def wanted_on(self) -> datetime:
        """A moment of the last day on which the return is wanted."""
        return self.wanted_by - timedelta(seconds=1)


def line_of(found: GatewayReturn, settings: AuthoritySettings | None, now: datetime) -> Line:
    """Return the line of a school."""
    wanted_by = dates_of(found, settings).wanted_by
    visit = getattr(found, "moderation", None)
    return Line(
        found.key, found.school.name, found.number, found.state, found.expected, found.received, found.missing,
        found.unexpected, found.latest.received_at if found.latest else None, wanted_by, found.declared_at,
        found.is_moderated, found.visit_on, visit.held_on if visit else None, found.differing,
        now >= wanted_by and found.state not in DONE, getattr(found, "is_asked", False),
        found.waiting_for == "helpdesk", found.chased_at, found.chased_by.name if found.chased_by else "",
    )  # fmt: skip


def _was_never_chased(line: Line) -> bool:
    return line.state not in DONE and line.chased_at is None


class Mark(NamedTuple):
    """Something that a school can be besides its state."""

    words: str
    holds: Callable[[Line], bool]


MARKS: Mapping[str, Mark] = MappingProxyType(
    {
        "short": Mark("Short of pupils", lambda line: line.short_by > 0),
        "late": Mark("Late", lambda line: line.is_late),
        "asked": Mark("Asked to send again", lambda line: line.is_asked),
        "help": Mark("Waiting for help", lambda line: line.is_waiting),
        "moderated": Mark("Moderated", lambda line: line.is_moderated),
        "differs": Mark("Differs from moderation", lambda line: line.differing > 0),
        "undeclared": Mark("Without the headteacher’s declaration", lambda line: line.declared_at is None),
        "unchased": Mark("Not accepted and never reminded", _was_never_chased),
    }
)
"""By the name in the address, in the order of the page."""


@dataclass(frozen=True, slots=True)
class Total:
    """A state or a mark, and how many schools are in it."""

    name: str
    words: str
    colour: str
    schools: int


@dataclass(frozen=True, slots=True)
class Totals:
    """Every state and mark with its schools."""

    states: tuple[Total, ...]
    marks: tuple[Total, ...]
    schools: int

    @property
    def accepted(self) -> int:
        """How many schools' returns are accepted, with queries or without."""
        return sum(each.schools for each in self.states if each.name in DONE)


def totals(lines: Sequence[Line]) -> Totals:
    """Count every line, also those that are not shown."""
    counted = Counter(line.state for line in lines)
    states = tuple(Total(str(each), capital(each), COLOURS[each], counted[each]) for each in State)
    marks = (Total(name, mark.words, "", sum(map(mark.holds, lines))) for name, mark in MARKS.items())
    return Totals(states, tuple(marks), len(lines))


def stamp(lines: Iterable[Line]) -> str:
    """Return a text that changes whenever anything in the lines does."""
    return hashlib.blake2b(repr(list(lines)).encode(), digest_size=12).hexdigest()
