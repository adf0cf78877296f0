"""The headings of spreadsheets: the one that is written for each field, and all that are read."""

from collections.abc import Mapping
from dataclasses import dataclass

from keystage.years.frozen import Frozen
from keystage.years.provenance import Provenance
from keystage.years.reading import Part

TEMPLATE_FIELDS = ("upn", "surname", "forename", "birth_date", "sex", "reading", "writing", "maths", "science")
"""The columns of the teacher assessment template, in order."""

RESULTS_FIELDS = (
    *("school_lea", "school_estab", "upn", "surname", "forename", "birth_date", "sex"),
    *("reading.raw", "reading.scaled", "reading.outcome"),
    *("gps.paper1", "gps.paper2", "gps.raw", "gps.scaled", "gps.outcome"),
    *("maths.paper1", "maths.paper2", "maths.paper3", "maths.raw", "maths.scaled", "maths.outcome"),
    *("reading.ta", "writing.ta", "maths.ta", "science.ta"),
    *("reading.special", "gps.special", "maths.special"),
)
"""The columns of the results file, in order."""

GROUP_FIELDS = ("disadvantaged", "sen", "first_language")
"""The columns that a national results file may have beside those: by what figures are broken down."""


@dataclass(frozen=True, slots=True)
class Headings:
    """The columns of a spreadsheet, in order."""

    written: Mapping[str, str]
    """Field to the heading that is written."""
    synonyms: Mapping[str, tuple[str, ...]]
    """Field to every heading that is read, the written one first."""
    lookup: Mapping[str, str]
    provenance: Provenance

    def field(self, heading: str) -> str | None:
        """Give the field that a heading names; case, spaces and punctuation do not matter."""
        return self.lookup.get(plain(heading))


def plain(heading: str) -> str:
    """Reduce a heading to its letters and digits in lower case."""
    return "".join(letter for letter in heading.casefold() if letter.isalnum())


def read_headings(part: Part, fields: tuple[str, ...], label: str) -> Headings:
    """Read a table of headings: each field must be there, and no heading may name two."""
    synonyms: dict[str, tuple[str, ...]] = {}
    lookup: dict[str, str] = {}
    for field in fields:
        row = part.part(field)
        synonyms[field] = (row.text("written"), *row.texts("read"))
        for heading in synonyms[field]:
            if lookup.setdefault(plain(heading), field) != field:
                wrong = f"The heading {heading!r} names both {lookup[plain(heading)]} and {field}."
                raise row.fault(wrong, "each heading for one field.")
    written = Frozen({field: names[0] for field, names in synonyms.items()})
    return Headings(written, Frozen(synonyms), Frozen(lookup), part.provenance(label))
