"""The fixed wording of reports for parents, in a file for each language."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

SHIPPED = Path(__file__).parent / "words"


class WordsRefused(Exception):
    """A wording file cannot be used; the message names the file, the key and what is wrong."""


@dataclass(frozen=True, slots=True)
class Words:
    """The wording of one language."""

    code: str
    name: str
    """In the language itself: ``Polski``."""
    is_draft: bool
    """Whether no translator has checked it: then each page says so."""
    sentences: Mapping[str, str]

    def say(self, key: str, **values: object) -> str:
        """Return a sentence with its places filled."""
        raise NotImplementedError


def words_of(language: str, folder: Path | None = None) -> Words:
    """Return the wording of a language. A file in the folder goes before a shipped one. Raises WordsRefused."""
    raise NotImplementedError


def languages(folder: Path | None = None) -> tuple[tuple[str, str], ...]:
    """Return the languages there are, as code and name, English first."""
    raise NotImplementedError


LANGUAGES: tuple[tuple[str, str], ...] = (("en", "English"), ("pl", "Polski"))
"""Those shipped."""
