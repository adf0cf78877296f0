"""Which column holds what: headings matched by name, in any order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from keystage.sheets.table import Table
from keystage.years import Subject, held, load
from keystage.years.frozen import Frozen
from keystage.years.headings import Headings, plain

NEEDED = ("upn", "surname", "forename", "writing", "science")
"""The fields without which a template cannot be read (check F11)."""

REGISTER_COLUMNS = (
    *("upn", "surname", "forename", "dob", "sex", "reading", "maths", "gps"),
    *("status", "former_upn", "date_left", "moderated_writing"),
)
"""The columns of the register, in order."""

REGISTER: Mapping[str, str] = Frozen(
    {
        **{plain(heading): heading for heading in REGISTER_COLUMNS},
        **dict.fromkeys(("uniquepupilnumber", "pupilupn"), "upn"),
        **dict.fromkeys(("legalsurname", "lastname", "familyname", "pupilsurname"), "surname"),
        **dict.fromkeys(("legalforename", "firstname", "givenname", "pupilforename"), "forename"),
        **dict.fromkeys(("dateofbirth", "birthdate", "pupildob"), "dob"),
        **dict.fromkeys(("gender", "legalsex"), "sex"),
        **dict.fromkeys(("readingstatus", "readingtest"), "reading"),
        **dict.fromkeys(("mathematics", "mathsstatus", "mathstest"), "maths"),
        **dict.fromkeys(("gpsstatus", "gpstest"), "gps"),
        "pupilstatus": "status",
        "previousupn": "former_upn",
        "leavingdate": "date_left",
    }
)
"""Every heading that is read in a register, reduced, and its column's name."""

CLASS = "Class"
"""The heading of the marksheet's column of classes, which a return has no place for."""

WRONG = "What is wrong (Keystage)"
"""The heading of the column that :mod:`keystage.sheets.marked` adds; it is made anew each time."""

FORMER_UPN: Mapping[str, str] = Frozen(dict.fromkeys(map(plain, ("Former UPN", "Previous UPN")), "former_upn"))
"""Headings of the UPN that a pupil had before; a template need not have them."""

PASSED_OVER: Mapping[str, str] = Frozen(
    {**dict.fromkeys(map(plain, (CLASS, "Class name")), "class_name"), plain(WRONG): "wrong"}
)
"""Headings that are known in a template, and not read."""


@dataclass(frozen=True, slots=True)
class Matched:
    """The headings of a table, matched with what is known. Columns are counted from 0."""

    columns: Mapping[str, int]
    """Field to its column: the first of that field."""
    unknown: tuple[tuple[str, int], ...]
    """Headings that mean nothing here, and a column that has entries but no heading, with their columns."""
    repeated: tuple[tuple[str, int], ...]
    """Fields that stand a second time, with the columns where they do."""

    def missing(self, needed: Sequence[str]) -> tuple[str, ...]:
        """Return which of the needed fields have no column."""
        return tuple(field for field in needed if field not in self.columns)

    def all_of(self, field: str) -> tuple[int, ...]:
        """Return every column of a field, the first one first."""
        first = (self.columns[field],) if field in self.columns else ()
        return (*first, *(column for other, column in self.repeated if other == field))


def match_headings(table: Table, lookup: Mapping[str, str]) -> Matched:
    """Match a table's headings: case, spaces and punctuation do not matter, nor does the order."""
    columns: dict[str, int] = {}
    unknown: list[tuple[str, int]] = []
    repeated: list[tuple[str, int]] = []
    filled = {column for row in table.rows for column, text in enumerate(row.cells) if text.strip()}
    for column in range(max((len(table.headings), *(each + 1 for each in filled)))):
        heading = table.headings[column] if column < len(table.headings) else ""
        field = lookup.get(plain(heading))
        if field is None:
            if heading.strip() or column in filled:
                unknown.append((heading.strip(), column))
        elif columns.setdefault(field, column) != column:
            repeated.append((field, column))
    return Matched(Frozen(columns), tuple(unknown), tuple(repeated))


def looks_like_register(table: Table) -> bool:
    """Say whether a table is a register: it has UPNs with a status or a full identity, and no results of any kind."""
    fields = {REGISTER.get(plain(heading)) for heading in table.headings}
    has_status = not fields.isdisjoint({"reading", "maths", "gps", "status"})
    has_identity = fields >= {"surname", "forename", "dob", "sex"}
    has_results = looks_like_results(table) or any(map(_is_assessment, table.headings))
    return "upn" in fields and (has_status or has_identity) and not has_results


def looks_like_results(table: Table) -> bool:
    """Say whether a table holds test results: a mark, a score or an outcome."""
    fields = (_newest_results().field(heading) for heading in table.headings)
    return any(field and field.endswith((".raw", ".scaled", ".outcome")) for field in fields)


def _is_assessment(heading: str) -> bool:
    """Say whether a heading is of teacher assessment alone: “Reading” may be that or the status of a test."""
    field = _newest_template().field(heading)
    return field in set(Subject) and plain(heading) not in REGISTER


@cache
def _newest_template() -> Headings:
    return load(max(held())).headings


@cache
def _newest_results() -> Headings:
    return load(max(held())).results_headings
