"""The results of a pupil, each distinct one read once.

A return of sixty pupils has some hundred result rows and a dozen distinct ones, so the reader asks for the bytes of a
row before it asks for their meaning. Inside a ``KeyStage`` the parser reports only the ends of elements; those of the
usual parts of a row are dealt with by a dictionary, without a call into Python. What stands between the end of one part
of the ``KeyStage`` and the end of the next is then looked up, and read when it is met for the first time.
"""

from collections.abc import Callable
from typing import NamedTuple
from xml.parsers import expat

from keystage.ctf.limits import Limits
from keystage.ctf.model import Row
from keystage.ctf.vocabulary import ROW, ROW_FIELDS, canonical

_OUTER = b"<KeyStage>"
_DEPTH_OF_OUTER = 5  # CTfile, CTFpupilData, Pupil, StageAssessments, KeyStage
_FIELDS = frozenset(ROW_FIELDS)


class TooDeep(Exception):
    """Elements stand too deep inside one another."""


class UsualParts(dict[str, None]):
    """The names of a row's usual parts; the end of an element with any other name is passed on.

    Its ``__getitem__`` is what the parser calls at the end of an element.
    """

    def __init__(self, ended: Callable[[str], None]) -> None:
        super().__init__(dict.fromkeys(ROW_FIELDS))
        self._ended = ended

    def __missing__(self, name: str) -> None:
        self._ended(name)


class Part(NamedTuple):
    """One element directly inside a ``KeyStage``."""

    name: str
    """Its known name, or as it stands where it is not known."""
    begins: int
    """How many bytes stand before it in what was read."""
    text: str
    row: Row | None
    """The row, where it is one."""


class Distinct:
    """The distinct parts of all key stages of one file, by the stage they stand in and their bytes."""

    def __init__(self, limits: Limits) -> None:
        self._parts: dict[tuple[str, bytes], tuple[Part, ...]] = {}
        self._deepest = limits.depth - _DEPTH_OF_OUTER + 1

    def parts(self, stage: str, xml: bytes) -> tuple[Part, ...]:
        """Return the elements in ``xml``; nothing where it ends inside one of them.

        Raises:
            TooDeep: elements stand deeper inside one another than the limits allow.
        """
        parts = self._parts.get((stage, xml))
        if parts is None:
            parts = self._parts[stage, xml] = tuple(_read(stage, xml, self._deepest))
        return parts


def _read(stage: str, xml: bytes, deepest: int) -> list[Part]:
    parser = expat.ParserCreate("utf-8")
    texts: list[str] = []
    depth = begins = 0
    fields: list[tuple[str, str]] = []
    parts: list[Part] = []

    def start(_name: str, _attributes: object) -> None:
        nonlocal depth, begins
        depth += 1
        if depth > deepest:
            raise TooDeep
        if depth == 2:
            begins = parser.CurrentByteIndex - len(_OUTER)
            fields.clear()
        if depth <= 3:
            texts.clear()

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        if depth == 2:
            fields.append((name, "".join(texts)))
        if depth == 1:
            known = canonical(name) or name
            row = _row(stage, fields) if known == ROW else None
            parts.append(Part(known, begins, "".join(texts), row))

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = texts.append
    parser.Parse(_OUTER + xml, False)
    return parts if depth == 1 else []


def _row(stage: str, fields: list[tuple[str, str]]) -> Row:
    known: dict[str, str] = {}
    other: list[tuple[str, str]] = []
    for name, text in fields:
        field = canonical(name)
        if field in _FIELDS and field not in known:
            known[field] = text
        else:
            other.append((name, text))
    locale, year, subject, method, component, status, qualifier, result, date = (
        known.get(field, "") for field in ROW_FIELDS
    )
    return Row(stage, locale, year, subject, method, component, status, qualifier, result, date, tuple(other))
