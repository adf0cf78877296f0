"""The name of a file: ``LLLEEEE_TTT_DDDDDDD_nnn.xml``.

Source school (authority and establishment), a token for what it holds (``KS2`` or ``CTF`` for this return), the
destination, and a serial number from 001 that goes up with each further file to the same destination.
"""

import re
from dataclasses import dataclass
from pathlib import Path

_STRICT = re.compile(
    r"(?P<source>\d{3}[0-9LMX]{4})_(?P<type>[A-Z0-9]{3})_(?P<to>[0-9A-Z]{7})_(?P<serial>\d{3})\.xml", re.ASCII
)
_TOLERANT = re.compile(
    r"\s*(?P<source>\d{3}[0-9LMX]{4})_(?P<type>[A-Z0-9]{3})_(?P<to>[0-9A-Z]{6,8})_(?P<serial>\d{3})"
    r"(?:[ _-]+(?:copy|\d{1,2}(?!\d))|[ _-]*\(\d+\))*[\s_-]*\.xml",
    re.ASCII | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FileName:
    """The parts of a file's name."""

    source: str
    """Seven characters: authority and establishment."""
    destination: str
    serial: int
    """From 1 to 999."""
    type: str = "KS2"

    def __str__(self) -> str:
        return f"{self.source}_{self.type}_{self.destination}_{self.serial:03}.xml"


def parse(name: str) -> FileName | None:
    """Read a name that follows the pattern to the letter; None for any other."""
    return _file_name(_STRICT.fullmatch(name))


def parse_tolerantly(name: str) -> FileName | None:
    """Read a name with what browsers and copying add to it (``(1)``, ``- Copy``, small letters); None for another."""
    return _file_name(_TOLERANT.fullmatch(name))


def _file_name(found: re.Match[str] | None) -> FileName | None:
    if found is None:
        return None
    return FileName(found["source"].upper(), found["to"].upper(), int(found["serial"]), found["type"].upper())


def next_name(folder: Path, source: str, destination: str, type_: str = "KS2") -> FileName:
    """Return the name for the next file from a school to a destination, after those in a folder.

    Raises:
        ValueError: the serial numbers to 999 are used up.
    """
    held = (parse_tolerantly(path.name) for path in folder.iterdir())
    serials = [n.serial for n in held if n and (n.source, n.destination, n.type) == (source, destination, type_)]
    serial = max(serials, default=0) + 1
    if serial > 999:
        raise ValueError(f"{folder} already holds file 999 from {source} to {destination}; move the old ones away.")
    return FileName(source, destination, serial, type_)
