"""Typed reading of a year's file: every value has the type it should have, or the file is refused at its line."""

from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

from keystage.years.errors import YearFileInvalid
from keystage.years.lines import Path as Keys
from keystage.years.lines import line_of
from keystage.years.provenance import Basis, PartProvenance, Provenance

if TYPE_CHECKING:
    from collections.abc import Iterator

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

_WORDS: dict[type[object], str] = {
    str: "text in quotation marks.",
    int: "a whole number.",
    bool: "true or false.",
    date: "a date such as 2026-06-26, without quotation marks.",
    time: "a time such as 07:30:00, without quotation marks.",
    list: "a list in square brackets.",
    dict: "a table.",
}


@dataclass(slots=True)
class Document:
    """One year's file as TOML gave it, with what has been learnt while reading it."""

    file: Path
    text: str
    table: dict[str, object]
    sources: dict[str, str] = field(default_factory=dict)
    said: list[PartProvenance] = field(default_factory=list)

    def fault(self, path: Keys, wrong: str, expected: str) -> YearFileInvalid:
        """Make the refusal for a place in the file."""
        return YearFileInvalid(self.file, line_of(self.text, path), wrong, expected)

    def root(self) -> "Part":
        """Give the whole file as a part."""
        return Part(self, (), self.table)


class Part:
    """One table of a year's file. A key that nobody asks for is a fault, found by `finish`."""

    __slots__ = ("_asked", "_children", "_document", "_path", "_table")

    def __init__(self, document: Document, path: Keys, table: dict[str, object]) -> None:
        self._document = document
        self._path = path
        self._table = table
        self._asked: set[str] = set()
        self._children: list[Part] = []

    def fault(self, wrong: str, expected: str, key: str | None = None) -> YearFileInvalid:
        """Make the refusal for this table, or for a key in it."""
        return self._document.fault(self._path if key is None else (*self._path, key), wrong, expected)

    def has(self, key: str) -> bool:
        """Say whether the key is present."""
        return key in self._table

    def names(self) -> tuple[str, ...]:
        """Give the keys in the order of the file."""
        return tuple(self._table)

    def maybe(self, key: str, kind: type[T]) -> T | None:
        """Give the value of a key that may be absent."""
        self._asked.add(key)
        value = self._table.get(key)
        if value is not None and type(value) is not kind:  # exact: true is no number, a time of day is no date
            raise self.fault(f"`{key}` is {value!r}.", _WORDS[kind], key)
        return value

    def need(self, key: str, kind: type[T]) -> T:
        """Give the value of a key that must be present."""
        value = self.maybe(key, kind)
        if value is None:
            has = ", ".join(self._table) or "nothing"
            raise self.fault(f"`{key}` is missing (the table has: {has}).", f"`{key}`: {_WORDS[kind]}")
        return value

    def text(self, key: str) -> str:
        """Give a text, which must not be empty."""
        value = self.need(key, str)
        if not value.strip():
            raise self.fault(f"`{key}` is empty.", "some text, or no such line where it is not known.", key)
        return value

    def maybe_choice(self, key: str, kind: type[E]) -> E | None:
        """Give one of the words of an enumeration, where present."""
        value = self.maybe(key, str)
        return None if value is None else self._choose(key, value, kind)

    def choice(self, key: str, kind: type[E]) -> E:
        """Give one of the words of an enumeration."""
        return self._choose(key, self.need(key, str), kind)

    def choices(self, key: str, kind: type[E]) -> tuple[E, ...]:
        """Give a list of words of an enumeration."""
        return tuple(self._choose(key, value, kind) for value in self.texts(key))

    def _choose(self, key: str, value: str, kind: type[E]) -> E:
        try:
            return kind(value)
        except ValueError:
            raise self.fault(f"`{key}` is {value!r}.", f"one of {', '.join(kind)}.", key) from None

    def texts(self, key: str) -> tuple[str, ...]:
        """Give a list of texts; none where the key is absent."""
        values = self.maybe(key, list) or []
        for value in values:
            if not isinstance(value, str):
                raise self.fault(f"`{key}` holds {value!r}.", "a list of texts in quotation marks.", key)
        return tuple(cast("list[str]", values))

    def part(self, key: str) -> "Part":
        """Give a table inside this one."""
        return self._child((key,), self.need(key, dict))

    def maybe_part(self, key: str) -> "Part | None":
        """Give a table inside this one, where present."""
        table = self.maybe(key, dict)
        return None if table is None else self._child((key,), table)

    def parts(self, key: str) -> "tuple[Part, ...]":
        """Give a list of tables; none where the key is absent."""
        found = []
        for index, value in enumerate(self.maybe(key, list) or []):
            if not isinstance(value, dict):
                raise self.fault(f"`{key}` holds {value!r}.", "a list of tables.", key)
            found.append(self._child((key, index), value))
        return tuple(found)

    def named(self, kind: type[E]) -> "Iterator[tuple[E, Part]]":
        """Give the tables inside this one that are named by a word of an enumeration."""
        for word in kind:
            if word in self._table:
                yield word, self.part(word)

    def provenance(self, label: str, otherwise: Provenance | None = None) -> Provenance:
        """Give the basis, source and note of this table and note them down; what a row leaves out is its table's."""
        if otherwise and not {"basis", "source", "note"} & self._table.keys():
            return otherwise
        source = self.text("source") if self.has("source") or not otherwise else otherwise.source
        if source not in self._document.sources:
            raise self.fault(f"The source {source!r} is not listed.", "an id that stands under [sources].", "source")
        basis = self.choice("basis", Basis) if self.has("basis") or not otherwise else otherwise.basis
        note = self.maybe("note", str) or (otherwise.note if otherwise else None)
        self._document.said.append(PartProvenance(label, basis, source, note))
        return Provenance(basis, source, note)

    def finish(self) -> None:
        """Refuse the file for a key that nobody asked for, here or further in."""
        for key in self._table:
            if key not in self._asked:
                raise self.fault(f"`{key}` is not known here.", f"only {', '.join(sorted(self._asked))}.", key)
        for child in self._children:
            child.finish()

    def _child(self, step: Keys, table: dict[str, object]) -> "Part":
        child = Part(self._document, (*self._path, *step), table)
        self._children.append(child)
        return child
