"""What differs between versions of the file, whatever the year: version numbers and the tag for a pupil's sex."""

FIRST_VERSION = 15
"""The oldest version that the reader is made for (2015/16)."""

FIRST_WITH_SEX = 23
"""From 23.0 on the element is ``Sex``, before ``Gender``. Assumed: the exact version of the change was not seen."""


def version_number(version: str) -> int | None:
    """Return the whole number of a version: 25 for ``25.0``; None for anything that is not a version."""
    whole, _, rest = version.strip().partition(".")
    return int(whole) if whole.isdecimal() and whole.isascii() and rest in ("", "0") else None


def version_of_year(year: int) -> str:
    """Return the version of a collection year: the last two figures of the school year's start, then ``.0``."""
    return f"{(year - 1) % 100:02}.0"


def year_of_version(version: str) -> int | None:
    """Return the collection year that a version belongs to: 2026 for ``25.0``."""
    number = version_number(version)
    return None if number is None else 2000 + number + 1


def sex_tag(version: str) -> str:
    """Return the element name for a pupil's sex in a version; ``Sex`` where the version cannot be read."""
    number = version_number(version)
    return "Gender" if number is not None and number < FIRST_WITH_SEX else "Sex"
