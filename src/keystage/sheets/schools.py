"""Which school a spreadsheet is from: its columns, else its file's name."""

from collections.abc import Iterable


def school_number(authority: str, establishment: str) -> str:
    """Join the numbers of authority and establishment; zeros that a spreadsheet dropped are put back."""
    authority, establishment = authority.strip(), establishment.strip()
    if not authority or not establishment:
        return authority or establishment
    return authority + (establishment.zfill(4) if establishment.isdecimal() else establishment)


def distinct(numbers: Iterable[str]) -> tuple[str, ...]:
    """Return each school number once, in order."""
    return tuple(dict.fromkeys(filter(None, numbers)))
