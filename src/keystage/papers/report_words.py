"""The fixed wording of reports for parents: a file for each language, as complete as the English one or refused.

What people wrote is never translated. Another language is one more file, shipped in ``words/`` or in a folder of one's
own, which goes first: so a better translation can take the place of a shipped one.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any

from keystage.papers.word_faults import PLACE, SHIPPED, word_faults
from keystage.years.frozen import Frozen

_CODE = re.compile(r"[a-z]{2,3}(-[a-z]{2,8})?")


class WordsRefused(Exception):
    """A wording file cannot be used; the message names the file, the key and what is wrong."""


@dataclass(frozen=True, slots=True)
class Words:
    """The wording of one language."""

    code: str
    region: str
    name: str
    """In the language itself: ``Polski``."""
    is_draft: bool
    """Whether no translator has checked it: then each page says so."""
    decimal: str
    months: tuple[str, ...]
    date_form: str
    sentences: Mapping[str, str]
    judgements: Mapping[str, str]
    """What codes mean, where this file has a meaning of its own; by ``EXS`` or ``reading.A``."""
    outcomes: Mapping[str, str]
    statuses: Mapping[str, str]

    def say(self, key: str, **values: object) -> str:
        """Return a sentence with its places filled. The values are never read for places of their own."""
        return _fill(self.sentences[key], values)

    def day(self, when: date) -> str:
        """Return a date as the language writes it: ``9 March 2015``."""
        return _fill(self.date_form, {"day": when.day, "month": self.months[when.month - 1], "year": when.year})

    def percent(self, count: int, of: int, places: int = 0) -> str:
        """Return a share as a figure, rounded last and half up: ``95.8``. There must be somebody to share among."""
        exact = Decimal(100) * count / of
        return str(exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)).replace(".", self.decimal)


def _fill(sentence: str, values: Mapping[str, object]) -> str:
    return PLACE.sub(lambda place: str(values[place[1]]), sentence)


def words_of(language: str, folder: Path | None = None) -> Words:
    """Return the wording of a language. A file in the folder goes before a shipped one. Raises WordsRefused."""
    if not _CODE.fullmatch(language):
        raise WordsRefused(f"{language!r} is no language code. Use a code such as en or pl.")
    for place in (folder, SHIPPED):
        if place is not None and (file := place / f"{language}.toml").is_file():
            return read_words(file)
    raise WordsRefused(
        f"There is no wording for the language {language}. There is: {', '.join(dict(languages(folder)))}."
    )


def languages(folder: Path | None = None) -> tuple[tuple[str, str], ...]:
    """Return the languages there are, as code and name, English first. Raises WordsRefused for a bad file."""
    codes = {file.stem for place in (SHIPPED, folder) if place is not None for file in place.glob("*.toml")}
    return tuple((code, words_of(code, folder).name) for code in sorted(codes, key=lambda code: (code != "en", code)))


def read_words(file: Path) -> Words:
    """Read a wording file; what is wrong with it is refused, by name. Raises WordsRefused."""
    return _read(file, file.stat().st_mtime_ns)


@cache
def _read(file: Path, _changed: int) -> Words:
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as wrong:
        raise WordsRefused(f"{file.name} cannot be read: {wrong}.") from wrong
    if faults := list(word_faults(table, file.stem)):
        raise WordsRefused(f"{file.name} cannot be used. {' '.join(faults)}")
    return _words(table)


def _words(table: dict[str, Any]) -> Words:
    return Words(
        code=table["code"],
        region=table.get("region", ""),
        name=table["name"],
        is_draft=table["draft"],
        decimal=table["decimal"],
        months=tuple(table["date"]["months"]),
        date_form=table["date"]["form"],
        sentences=Frozen(table["sentences"]),
        judgements=Frozen(table.get("judgements", {})),
        outcomes=Frozen(table.get("outcomes", {})),
        statuses=Frozen(table.get("statuses", {})),
    )


LANGUAGES = languages()
"""Those shipped."""
