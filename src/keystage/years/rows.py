"""How results stand in a CTF: which stage, subject, method, component and qualifier carries what."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from keystage.years.frozen import Frozen
from keystage.years.provenance import Provenance
from keystage.years.reading import Part
from keystage.years.subjects import Subject, Test

RowKey = tuple[str, str, str, str, str]
"""Stage, subject, method, component and qualifier, as they stand in the file."""


class ResultValue(StrEnum):
    """What a test row holds."""

    RAW = "raw"
    SCALED = "scaled"
    OUTCOME = "outcome"


@dataclass(frozen=True, slots=True)
class Row:
    """The codes of one kind of `StageAssessment`."""

    stage: str
    locale: str
    subject: str
    method: str
    component: str
    status: str
    qualifier: str

    @property
    def key(self) -> RowKey:
        """What a reader looks a row up by; the locale and status say nothing about what it holds."""
        return self.stage, self.subject, self.method, self.component, self.qualifier


@dataclass(frozen=True, slots=True)
class OtherRows:
    """Rows that belong to another assessment; an empty part matches anything."""

    name: str
    stage: str
    subjects: tuple[str, ...]
    methods: tuple[str, ...]
    components: tuple[str, ...]
    qualifiers: tuple[str, ...]
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a year, to look up by key (`ta`, `tests`) and by what they hold (`ta_row`, `test_row`)."""

    ta: Mapping[RowKey, Subject]
    ta_row: Mapping[Subject, Row]
    tests: Mapping[RowKey, tuple[Test, ResultValue]]
    test_row: Mapping[tuple[Test, ResultValue], Row]
    other: tuple[OtherRows, ...]
    ta_provenance: Mapping[Subject, Provenance]
    tests_provenance: Provenance

    def other_name(self, stage: str, subject: str, method: str, component: str, qualifier: str) -> str | None:
        """Name the other assessment that a row belongs to; None where no such row is known."""
        for rows in self.other:
            parts = (rows.subjects, subject), (rows.methods, method), (rows.components, component)
            if rows.stage == stage and all(not of or one in of for of, one in (*parts, (rows.qualifiers, qualifier))):
                return rows.name
        return None


def read_rows(part: Part) -> Rows:
    """Read `[rows]`: `ta` by subject, `tests`, and `other`."""
    taken: set[RowKey] = set()
    ta: dict[Subject, Row] = {}
    judged = part.part("ta")
    said: dict[Subject, Provenance] = {}
    for subject in Subject:
        each = judged.part(subject)
        ta[subject] = _row(each, taken)
        said[subject] = each.provenance(f"row {subject} TA")
    tests: dict[tuple[Test, ResultValue], Row] = {}
    table = part.part("tests")
    for each in table.parts("list"):
        tests[each.choice("test", Test), each.choice("value", ResultValue)] = _row(each, taken)
    return Rows(
        ta=Frozen({row.key: subject for subject, row in ta.items()}),
        ta_row=Frozen(ta),
        tests=Frozen({row.key: holds for holds, row in tests.items()}),
        test_row=Frozen(tests),
        other=tuple(_other(each) for each in part.parts("other")),
        ta_provenance=Frozen(said),
        tests_provenance=table.provenance("rows of tests"),
    )


def _row(part: Part, taken: set[RowKey]) -> Row:
    row = Row(*(part.text(key) for key in ("stage", "locale", "subject", "method", "component", "status", "qualifier")))
    if row.key in taken:
        raise part.fault(f"The row {' '.join(row.key)} stands twice.", "each row once.")
    taken.add(row.key)
    return row


def _other(part: Part) -> OtherRows:
    name = part.text("name")
    return OtherRows(
        name,
        part.text("stage"),
        subjects=part.texts("subjects"),
        methods=part.texts("methods"),
        components=part.texts("components"),
        qualifiers=part.texts("qualifiers"),
        provenance=part.provenance(f"rows of {name}"),
    )
