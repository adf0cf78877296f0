"""One teacher assessment code for one pupil and subject."""

from typing import NamedTuple

from keystage.years.subjects import Subject


class Judgement(NamedTuple):
    """A code as it was given, and as it is read. A named tuple, because a country has millions and few are distinct."""

    subject: Subject
    code: str
    """Without surrounding spaces and in capitals; empty where a result was given without a value."""
    written: str
    """Exactly as it was found."""
    year: str = ""
    """The collection year that the row names, as found; empty where the source has no such field."""
    date: str = ""
    """The date of the judgement (``ResultDate``), as found; empty where not given."""


def judgement(subject: Subject, written: str, *, year: str = "", date: str = "") -> Judgement:
    """Read a judgement from the text of a cell or a row."""
    return Judgement(subject, tidy(written), written, year, date)


def tidy(text: str) -> str:
    """Return a code without spaces around it and in capitals; letters that are not of codes stay as they are."""
    text = text.strip(" \t\r\n")
    return text.upper() if text.isascii() else text
