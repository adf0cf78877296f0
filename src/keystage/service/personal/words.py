"""By what a pupil is recognised in words, lists and files that are about others as well."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

GONE = "[erased]"
UPN = re.compile(r"(?<![A-Z0-9])[A-Z]\d{11}[0-9A-Z](?![A-Z0-9])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Words:
    """What stands for one pupil: keys and numbers, and the names the pupil had."""

    keys: frozenset[str] = frozenset()
    upns: frozenset[str] = frozenset()
    names: frozenset[tuple[str, str]] = frozenset()
    """Surname and forename, in small letters."""

    def in_text(self, text: str) -> bool:
        """Say whether a text speaks of the pupil: by number or key, or by both names where no other number stands."""
        found = {each.upper() for each in UPN.findall(text)}
        if found & self.upns or any(key in text for key in self.keys):
            return True
        return not found and self.has_name(text)

    def mentioned(self, text: str) -> bool:
        """Say whether a text of many pupils names this one somewhere."""
        return bool({each.upper() for each in UPN.findall(text)} & self.upns) or self.has_name(text)

    def has_name(self, text: str) -> bool:
        """Say whether both names of the pupil stand in a text as whole words."""
        low = text.casefold()
        return any(_word(surname, low) and _word(forename, low) for surname, forename in self.names)

    def taken_out(self, text: str) -> str:
        """Return a text in which the pupil's numbers and names no longer stand."""
        for each in sorted((*self.upns, *self.keys), key=len, reverse=True):
            text = re.sub(re.escape(each), GONE, text, flags=re.IGNORECASE)
        for surname, forename in self.names:
            if self.has_name(text):
                for name in sorted({surname, forename}, key=len, reverse=True):
                    text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", GONE, text, flags=re.IGNORECASE)
        return text


def words_of(rows: Iterator[Any]) -> Words:
    """Return what stands for the pupil of these rows: each has a key, a UPN, a former one, and names."""
    keys, upns, names = set(), set(), set()
    for row in rows:
        keys.add(row.key)
        upns |= {each.upper() for each in (row.upn, row.former_upn) if len(each) > 4}
        if row.surname and row.forename:
            names.add((row.surname.casefold().strip(), row.forename.casefold().strip()))
    return Words(frozenset(keys), frozenset(upns), frozenset(names))


def parts_about(value: Any, words: Words) -> Iterator[Any]:
    """Yield the parts of plain values that speak of a pupil: whole entries of lists, or single texts."""
    if isinstance(value, list):
        for each in value:
            if words.in_text(_own(each)):
                yield each
            else:
                yield from parts_about(each, words)
    elif isinstance(value, dict):
        for name, each in value.items():
            if words.in_text(str(name)):
                yield {name: each}
            else:
                yield from parts_about(each, words)
    elif isinstance(value, str) and words.in_text(value):
        yield value


def without(value: Any, words: Words) -> Any:
    """Return plain values from which what speaks of a pupil is taken out; the same values where nothing does."""
    if isinstance(value, list):
        return [without(each, words) for each in value if not words.in_text(_own(each))]
    if isinstance(value, dict):
        return {name: without(each, words) for name, each in value.items() if not words.in_text(str(name))}
    return words.taken_out(value) if isinstance(value, str) and words.in_text(value) else value


def flat(value: Any) -> str:
    """Return every text in plain values, with spaces between."""
    if isinstance(value, dict):
        return " ".join(f"{name} {flat(each)}" for name, each in value.items())
    return " ".join(map(flat, value)) if isinstance(value, list) else str(value)


def _own(value: Any) -> str:
    """Return the texts that an entry of a list says itself: not those of lists of entries within it."""
    if isinstance(value, dict):
        return " ".join(_own(each) for each in value.values())
    if isinstance(value, list):
        return " ".join(str(each) for each in value if not isinstance(each, dict | list))
    return str(value)


def _word(name: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None
