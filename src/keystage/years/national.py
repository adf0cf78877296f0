"""The national figures held for a year: only those that are known."""

from collections.abc import Mapping
from dataclasses import dataclass

from keystage.years.frozen import Frozen
from keystage.years.provenance import Provenance
from keystage.years.reading import Part

MEASURES = ("rwm", "reading", "gps", "maths", "writing", "science")
"""What a figure may be of; `rwm` is reading, writing and maths together."""


@dataclass(frozen=True, slots=True)
class National:
    """England figures: percentages at the expected and higher standard, and average scaled scores."""

    status: str
    expected: Mapping[str, int]
    higher: Mapping[str, int]
    average: Mapping[str, int]
    provenance: Provenance


def read_national(part: Part) -> National:
    """Read `[national]`."""
    return National(
        status=part.text("status"),
        expected=_figures(part.maybe_part("expected"), 0, 100),
        higher=_figures(part.maybe_part("higher"), 0, 100),
        average=_figures(part.maybe_part("average"), 80, 120),
        provenance=part.provenance("national figures"),
    )


def _figures(part: Part | None, least: int, most: int) -> Frozen[str, int]:
    found: dict[str, int] = {}
    for measure in MEASURES:
        value = part.maybe(measure, int) if part else None
        if part and value is not None:
            if not least <= value <= most:
                raise part.fault(f"`{measure}` is {value}.", f"a number from {least} to {most}.", measure)
            found[measure] = value
    return Frozen(found)
