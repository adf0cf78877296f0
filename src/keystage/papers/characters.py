"""Characters that cannot be printed: found out, replaced by a sign that is seen, and named at the foot of the paper.

A name is never printed with a gap in it. The font that is shipped has Latin (Welsh, Polish and Vietnamese among it),
Greek and Cyrillic. What it lacks, and what is not a printed character at all, such as a sign that turns the direction
of the text, is printed as ``�``.
"""

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TypeAlias

from keystage.papers.coverage import covered

Value: TypeAlias = "str | int | bool | Sequence[Value] | Mapping[str, Value] | None"
"""What a template is given: what JSON can say."""

FONTS = Path(str(files(__package__))) / "fonts"
SIGN = "\N{REPLACEMENT CHARACTER}"
_JOINERS = {"\u200c", "\u200d", "\u00ad"}
_NOT_PRINTED = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_SPACES = {"\t", "\n", "\r", "\u2028", "\u2029"}


@cache
def _font() -> frozenset[int]:
    return frozenset.intersection(*(covered(font) for font in sorted(FONTS.glob("*.ttf"))))


@cache
def can_print(character: str) -> bool:
    """Say whether a character comes out on paper: both weights of the font have it, and it is one that is seen."""
    if character in _SPACES:
        return True
    seen = character in _JOINERS or unicodedata.category(character) not in _NOT_PRINTED
    return seen and ord(character) in _font()


def missing(text: str) -> tuple[str, ...]:
    """Return the characters of a text that cannot be printed, each time they occur, in order."""
    return () if text.isascii() and text.isprintable() else tuple(each for each in text if not can_print(each))


def describe(character: str) -> str:
    """Name a character by its number in Unicode and its name there: ``U+674E CJK UNIFIED IDEOGRAPH-674E``."""
    return f"U+{ord(character):04X} {unicodedata.name(character, '')}".strip()


@dataclass(slots=True)
class Printable:
    """Makes values fit to print, and counts what it had to replace."""

    replaced: Counter[str] = field(default_factory=Counter)

    def value(self, value: Value) -> Value:
        """Return a value with each text in it as it can be printed."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, Mapping):
            return {key: self.value(each) for key, each in value.items()}
        if isinstance(value, Sequence):
            return [self.value(each) for each in value]
        return value

    def text(self, text: str) -> str:
        """Return a text with spaces for line ends, and the sign for what cannot be printed."""
        if text.isascii() and text.isprintable():
            return text
        self.replaced.update(missing(text))
        return "".join(" " if each in _SPACES else each if can_print(each) else SIGN for each in text)
