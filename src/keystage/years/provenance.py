"""How sure a table of the year's data is, and where it was read."""

from enum import StrEnum
from typing import NamedTuple


class Basis(StrEnum):
    """How sure a table is."""

    OFFICIAL = "official"
    """Read on a page of the government or in legislation."""
    PUBLISHED_COPY = "published copy"
    """Read on a page of an authority, a supplier, a school or the press, or in a program that is in use."""
    ASSUMED = "assumed"
    """Worked out, or carried from another year: nobody states it in a page that was read."""


class Provenance(NamedTuple):
    """The basis of a table, the id of its source in `[sources]`, and what a reader should know."""

    basis: Basis
    source: str
    note: str | None


class PartProvenance(NamedTuple):
    """The provenance of a named part of a year, as a page lists it."""

    part: str
    basis: Basis
    source: str
    note: str | None
