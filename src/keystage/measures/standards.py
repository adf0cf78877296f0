"""The measures by name, each with its rule in words: what stands beside every figure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from keystage.years.subjects import Test


class Area(StrEnum):
    """What a measure is of."""

    RWM = "rwm"
    """Reading, writing and maths together."""
    READING = "reading"
    WRITING = "writing"
    MATHS = "maths"
    GPS = "gps"
    SCIENCE = "science"


class Of(StrEnum):
    """What sort of measure it is."""

    EXPECTED = "expected"
    """The share of pupils who reach the expected standard."""
    HIGHER = "higher"
    """The share of pupils who reach the higher standard: greater depth in writing."""
    AVERAGE = "average"
    """The mean scaled score."""


NAMES: Mapping[Area, str] = MappingProxyType(
    {
        Area.RWM: "Reading, writing and maths",
        Area.READING: "Reading",
        Area.WRITING: "Writing",
        Area.MATHS: "Maths",
        Area.GPS: "Grammar, punctuation and spelling",
        Area.SCIENCE: "Science",
    }
)
"""The areas in words."""

TESTED = {Area.READING: Test.READING, Area.MATHS: Test.MATHS, Area.GPS: Test.GPS}
"""The areas that go by a test."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure: a share of pupils, or an average."""

    area: Area
    of: Of
    rule: str
    """Who is in the numerator and who in the denominator."""

    @property
    def key(self) -> str:
        """The name by which programs know it: ``reading.expected``."""
        return f"{self.area}.{self.of}"

    @property
    def name(self) -> str:
        """The name by which people know it."""
        if self.of is Of.AVERAGE:
            return f"{NAMES[self.area]}: average scaled score"
        depth = "greater depth" if self.area is Area.WRITING else "higher standard"
        return f"{NAMES[self.area]}: {'expected standard' if self.of is Of.EXPECTED else depth}"


_COUNTED = (
    "all pupils with an outcome that counts. Absent, below the standard of the test, unable to take it, just arrived"
)
_NOT = f"{_COUNTED} and annulled count as not reaching it; left and missing are not counted."
_JUDGED = "all pupils with a judgement that counts. Pre-key stage and too little evidence (A) count as not reaching it"


def _test(area: Area) -> tuple[Measure, ...]:
    return (
        Measure(area, Of.EXPECTED, f"Pupils whose test outcome is AS (a scaled score of 100 or more), of {_NOT}"),
        Measure(area, Of.HIGHER, f"Pupils with outcome AS and a scaled score of 110 or more, of {_NOT}"),
        Measure(area, Of.AVERAGE, "The sum of the scaled scores, divided by the number of pupils who have one."),
    )


MEASURES: tuple[Measure, ...] = (
    Measure(
        Area.RWM, Of.EXPECTED, "Pupils who reach the expected standard in the reading test, the maths test and writing,"
        " of all pupils who count in each of the three.",
    ),
    Measure(
        Area.RWM, Of.HIGHER, "Pupils with a scaled score of 110 or more in reading and in maths, and greater depth"
        " (GDS) in writing, of all pupils who count in each of the three.",
    ),
    *_test(Area.READING),
    Measure(Area.WRITING, Of.EXPECTED, f"Pupils judged EXS or GDS in writing, of {_JUDGED}; left is not counted."),
    Measure(Area.WRITING, Of.HIGHER, f"Pupils judged GDS in writing, of {_JUDGED}; left is not counted."),
    *_test(Area.MATHS),
    *_test(Area.GPS),
    Measure(
        Area.SCIENCE, Of.EXPECTED, "Pupils judged EXS in science, of all pupils with a judgement that counts. HNM and"
        " too little evidence (A) count as not reaching it; left is not counted.",
    ),
)  # fmt: skip
"""Every measure, in the order in which tables show them."""

BY_KEY: Mapping[str, Measure] = MappingProxyType({each.key: each for each in MEASURES})
"""Every measure by its key."""
