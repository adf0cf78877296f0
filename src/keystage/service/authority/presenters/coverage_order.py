"""Which schools of a list are shown, and in what order."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple, TypeAlias
from urllib.parse import urlencode

from keystage.service.authority.presenters.coverage import MARKS, Line
from keystage.service.gateway.models import State

_Value: TypeAlias = str | int | float
_LAST = 9e15
"""Where nothing is known: at the end."""


def _moment(value: datetime | None) -> float:
    return value.timestamp() if value else _LAST


_STATES = {str(state): place for place, state in enumerate(State)}


class Column(NamedTuple):
    """A column by which the list can be sorted."""

    words: str
    value: Callable[[Line], _Value]
    is_number: bool = False


COLUMNS: Mapping[str, Column] = MappingProxyType(
    {
        "school": Column("School", lambda line: line.name.casefold()),
        "state": Column("State", lambda line: _STATES[line.state]),
        "expected": Column("Expected", lambda line: line.expected, is_number=True),
        "received": Column("Received", lambda line: line.received, is_number=True),
        "missing": Column("Missing", lambda line: line.missing, is_number=True),
        "unexpected": Column("Not expected", lambda line: line.unexpected, is_number=True),
        "latest": Column("Latest file", lambda line: _moment(line.latest_at)),
        "wanted": Column("Wanted by", lambda line: _moment(line.wanted_by)),
        "declared": Column("Declared", lambda line: _moment(line.declared_at)),
        "visit": Column("Moderation", lambda line: line.visit_on.toordinal() if line.visit_on else _LAST),
    }
)
"""By the name in the address, in the order of the page."""


class Choice(NamedTuple):
    """Which schools are shown, in what order."""

    q: str = ""
    state: str = ""
    only: str = ""
    sort: str = ""
    """The name of a column; with a stroke before it, from the last to the first."""

    def query(self, **other: str) -> str:
        """Return the choice as the end of an address, with something chosen otherwise."""
        return urlencode({name: value for name, value in {**self._asdict(), **other}.items() if value})

    @property
    def is_narrowed(self) -> bool:
        """Whether not everything is shown."""
        return bool(self.q.strip() or self.state or self.only)


def chosen(lines: Iterable[Line], choice: Choice) -> list[Line]:
    """Return the lines that were chosen, in their order."""
    mark = MARKS.get(choice.only)
    words = choice.q.casefold().split()
    kept = [
        line
        for line in lines
        if (not choice.state or line.state == choice.state)
        and (mark is None or mark.holds(line))
        and all(_is_named(line, word) for word in words)
    ]
    column = COLUMNS.get(choice.sort.removeprefix("-"))
    if column:
        kept.sort(key=column.value, reverse=choice.sort.startswith("-"))
    return kept


def _is_named(line: Line, word: str) -> bool:
    return word in line.name.casefold() or line.number.startswith(word.replace("/", ""))


class Heading(NamedTuple):
    """The heading of a column, and where it leads: to the list sorted by it."""

    words: str
    href: str
    sorted: str
    """``ascending``, ``descending``, or nothing where the list is sorted by another."""
    is_number: bool


def headings(choice: Choice) -> Iterator[Heading]:
    """Yield the headings; a column by which the list is sorted already leads to the other way round."""
    by = choice.sort or "school"
    for name, column in COLUMNS.items():
        is_by = by.removeprefix("-") == name
        way = ("descending" if by.startswith("-") else "ascending") if is_by else ""
        next_way = f"-{name}" if way == "ascending" else name
        yield Heading(column.words, f"?{choice.query(sort=next_way)}", way, column.is_number)
