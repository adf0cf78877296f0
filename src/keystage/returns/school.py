"""The number of a school in the name of a file."""

import re

_NUMBER = re.compile(r"(?<!\d)(\d{3})[ /-]?(\d{4})(?!\d)", re.ASCII)


def school_in(name: str) -> str:
    """Return the seven figures of the school that a file's name holds; empty where there is not just one."""
    numbers = {"".join(found.groups()) for found in _NUMBER.finditer(name.replace("_", " "))}
    return numbers.pop() if len(numbers) == 1 else ""
