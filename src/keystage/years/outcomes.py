"""The outcome codes of the national tests, and what each does to the measures."""

from dataclasses import dataclass
from enum import StrEnum

from keystage.years.frozen import Frozen
from keystage.years.provenance import Provenance
from keystage.years.reading import Part


class Effect(StrEnum):
    """What an outcome does to the share of pupils reaching a standard."""

    ACHIEVED = "achieved"
    """Counted, and counted as reaching the expected standard; the higher standard goes by the scaled score."""
    NOT_ACHIEVED = "not achieved"
    """Counted, as not reaching the standard."""
    LEFT_OUT = "left out"
    """Not counted at all."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A test outcome code; a None is not known."""

    code: str
    meaning: str
    effect: Effect | None
    in_average: bool | None
    has_score: bool | None
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class SpecialMarker:
    """A special consideration marker, which stands beside an outcome and is none itself."""

    code: str
    meaning: str
    provenance: Provenance


def read_outcomes(parts: tuple[Part, ...]) -> Frozen[str, Outcome]:
    """Read `[[outcomes]]`, by code."""
    found: dict[str, Outcome] = {}
    for part in parts:
        code = part.text("code")
        if code in found:
            raise part.fault(f"The outcome `{code}` stands twice.", "each code once.", "code")
        found[code] = Outcome(
            code=code,
            meaning=part.text("meaning"),
            effect=part.maybe_choice("effect", Effect),
            in_average=part.maybe("in_average", bool),
            has_score=part.maybe("has_score", bool),
            provenance=part.provenance(f"outcome {code}"),
        )
    return Frozen(found)


def read_markers(parts: tuple[Part, ...]) -> Frozen[str, SpecialMarker]:
    """Read `[[special_consideration]]`, by code."""
    found: dict[str, SpecialMarker] = {}
    for part in parts:
        code = part.text("code")
        if code in found:
            raise part.fault(f"The marker `{code}` stands twice.", "each code once.", "code")
        found[code] = SpecialMarker(code, part.text("meaning"), part.provenance(f"special consideration {code}"))
    return Frozen(found)
