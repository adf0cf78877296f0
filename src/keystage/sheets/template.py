"""The teacher assessment template: a school's judgements in a spreadsheet, read as a return."""

from pathlib import Path

from keystage.pupils.birthdays import parse
from keystage.returns.judgement import Judgement, judgement
from keystage.returns.school import school_in
from keystage.returns.value import Pupil, Return
from keystage.sheets.cells import at
from keystage.sheets.headings import FORMER_UPN, NEEDED, PASSED_OVER, Matched, match_headings
from keystage.sheets.schools import distinct, school_number
from keystage.sheets.sheet_file import SheetFile, sheet_file
from keystage.sheets.table import Row, Table, read_table
from keystage.sheets.template_writer import write_template
from keystage.years import CollectionYear, Subject

__all__ = ["SheetFile", "read_template", "write_template"]

_SCHOOL = ("school_lea", "school_estab")


def read_template(source: Path | bytes | Table, year: CollectionYear, *, name: str = "", school: str = "") -> Return:
    """Read a filled template as the return of a collection year; its ``source`` is a :class:`SheetFile`.

    The school is ``school``, else the one in the sheet's columns of authority and establishment, else the one in the
    file's name; empty where none of them says. Rows with neither a UPN nor a name are left out, and a blank cell is no
    judgement.

    Raises:
        FileRefused: F01, F02 or F08: the file cannot be read, is no spreadsheet, or is too large.
        OSError: the path cannot be opened.
    """
    lookup = lookup_of(year)
    table = source if isinstance(source, Table) else read_table(source, name=name, known=lookup)
    matched = match_headings(table, lookup)
    schools = distinct(
        school_number(*(row.cell(matched.columns.get(field)) for field in _SCHOOL)) for row in table.rows
    )
    file = sheet_file(table, matched, NEEDED, schools)
    number = school or (schools[0] if schools else school_in(name or table.name))
    reading = _Reading(matched)
    pupils = tuple(pupil for row in table.rows if (pupil := reading.pupil(row)))
    return Return(number, year.year, pupils, source=file)


def lookup_of(year: CollectionYear) -> dict[str, str]:
    """Return every heading that is known in a template of a year, reduced, and the field it names."""
    return {**PASSED_OVER, **FORMER_UPN, **_school_headings(year), **year.headings.lookup}


def _school_headings(year: CollectionYear) -> dict[str, str]:
    return {heading: field for heading, field in year.results_headings.lookup.items() if field in _SCHOOL}


class _Reading:
    """What is in which column, found once for all rows."""

    def __init__(self, matched: Matched) -> None:
        self.columns = matched.columns
        self.subjects = [(subject, column) for subject in Subject for column in matched.all_of(subject)]
        self.subjects.sort(key=lambda found: found[1])

    def pupil(self, row: Row) -> Pupil | None:
        """Read a row; None where nobody is named in it."""
        upn, surname, forename, born, sex = (
            row.cell(self.columns.get(field)).strip() for field in ("upn", "surname", "forename", "birth_date", "sex")
        )
        if not (upn or surname or forename):
            return None
        judgements: list[Judgement] = []
        places: list[int] = []
        for subject, column in self.subjects:
            written = row.cell(column)
            if written.strip():
                judgements.append(judgement(subject, written))
                places.append(at(row.number, column))
        return Pupil(
            upn,
            surname,
            forename,
            parse(born),
            born,
            sex,
            row.cell(self.columns.get("former_upn")).strip(),
            judgements=tuple(judgements),
            at=at(row.number),
            judgements_at=tuple(places),
        )
