"""How the systems of several suppliers write a Common Transfer File: small values, each one way of writing.

They are after the shapes described in public code and help pages, not after any supplier's real files.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Dialect:
    """One way of writing a file."""

    name: str
    supplier: str
    declared: str = "UTF-8"
    """The encoding as the file's first line gives it."""
    encoding: str = "utf-8"
    """The same, as Python calls it."""
    mark: bytes = b""
    """A byte order mark."""
    line_end: str = "\n"
    indent: str = "  "
    descriptor: str = ""
    capitals: bool = False
    """Names in capitals."""
    urn: bool = False
    result_dates: bool = False
    basic_details: bool = False
    whole_record: bool = False
    """Addresses, contacts, attendance and history besides."""
    supplement: bool = False
    """A block of the supplier's own in the header."""
    earlier_results: bool = False
    """Rows of assessments of earlier years."""
    decorated: bool = False
    """Comments, CDATA sections and attributes in odd places."""
    token: str = "KS2"  # noqa: S105 - a part of a file's name
    """What stands in the file's name for what it holds."""

    @property
    def letters(self) -> str:
        """The encoding whose letters the pupils' names may have."""
        return "cp1252" if self.encoding == "cp1252" else "utf-8"

    def encode(self, text: str) -> bytes:
        """Return a file's text as bytes; a letter that the encoding lacks is written by its number."""
        return self.mark + text.encode(self.encoding, "xmlcharrefreplace")


_ARBOR = Dialect(
    "arbor",
    "Arbor",
    descriptor="Partial CTF containing Key Stage 2 data",
    result_dates=True,
    basic_details=True,
)
_FOLLETT = Dialect(
    "follett",
    "FSC",
    line_end="\r\n",
    indent="    ",
    result_dates=True,
    basic_details=True,
    whole_record=True,
    supplement=True,
    token="CTF",  # noqa: S106 - a part of a file's name
)

DIALECTS: Mapping[str, Dialect] = MappingProxyType(
    {
        dialect.name: dialect
        for dialect in (
            Dialect("keystage", "Keystage", descriptor="Partial CTF containing Key Stage 2 data", result_dates=True),
            _ARBOR,
            Dialect("giap", "GIAP", mark=b"\xef\xbb\xbf", line_end="\r\n", descriptor="Attainment data from GIAP"),
            Dialect("mtc", "Multiplication Tables Check", declared="utf-8", capitals=True, urn=True),
            _FOLLETT,
            Dialect("minified", "OneLine", indent="", line_end="", result_dates=True),
            Dialect("tabs", "Tabulator", indent="\t", result_dates=True, basic_details=True),
            Dialect("utf-16", "WideMIS", declared="utf-16", encoding="utf-16-le", mark=b"\xff\xfe", result_dates=True),
            Dialect("windows-1252", "OldMIS", declared="windows-1252", encoding="cp1252", line_end="\r\n", urn=True),
            replace(_ARBOR, name="history", supplier="LongMemory", earlier_results=True),
            replace(_ARBOR, name="comments", supplier="Marginalia", decorated=True, token="CTF"),  # noqa: S106
        )
    }
)
"""Every dialect by its name."""

SHARES: Mapping[str, int] = MappingProxyType(
    {
        "keystage": 8,
        "arbor": 30,
        "giap": 6,
        "mtc": 8,
        "follett": 10,
        "minified": 6,
        "tabs": 8,
        "utf-16": 4,
        "windows-1252": 8,
        "history": 8,
        "comments": 4,
    }
)
"""How common each is in a made-up country."""


class DialectUnknown(ValueError):
    """No such dialect; the message lists those there are."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no dialect “{name}”. There are: {', '.join(DIALECTS)}.")


def dialect(name: str) -> Dialect:
    """Return a dialect by its name.

    Raises:
        DialectUnknown: there is none.
    """
    try:
        return DIALECTS[name]
    except KeyError:
        raise DialectUnknown(name) from None
