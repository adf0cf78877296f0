"""Which school a spreadsheet is from: its columns, else its file's name."""

import re
from collections.abc import Iterable

_IN_NAME = re.compile(r"(?<!\d)(\d{3})[ /-]?(\d{4})(?!\d)", re.ASCII)


def school_number(authority: str, establishment: str) -> str:
    """Join the numbers of authority and establishment; zeros that a spreadsheet dropped are put back."""
    authority, establishment = authority.strip(), establishment.strip()
    if not authority or not establishment:
        return authority or establishment
    return authority + (establishment.zfill(4) if establishment.isdecimal() else establishment)


def school_in_name(name: str) -> str:
    """Return the seven figures of the school that a file's name holds; empty where there is not just one."""
    numbers = {"".join(found.groups()) for found in _IN_NAME.finditer(name.replace("_", " "))}
    return numbers.pop() if len(numbers) == 1 else ""


def distinct(numbers: Iterable[str]) -> tuple[str, ...]:
    """Return each school number once, in order."""
    return tuple(dict.fromkeys(filter(None, numbers)))
