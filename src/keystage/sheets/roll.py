"""The roll of a school as its own system exports it: CSV or a workbook, headings matched by name in any order."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from keystage.pupils import sexes
from keystage.pupils.birthdays import parse_written
from keystage.pupils.characteristics import (
    is_unreadable_language,
    read_first_language,
    read_sen,
    read_yes_no,
)
from keystage.pupils.upn import explain_format, is_well_formed
from keystage.returns.roll import PARTS, Roll, RollFault, RollPupil, RollRefused, duplicates, year_group
from keystage.returns.school import school_in
from keystage.sheets.cells import at, split
from keystage.sheets.headings import match_headings
from keystage.sheets.schools import distinct, school_number
from keystage.sheets.sheet_file import sheet_file
from keystage.sheets.table import Row, Table, read_table
from keystage.years import CollectionYear
from keystage.years.frozen import Frozen
from keystage.years.headings import plain

NEEDED = {"upn": "UPN", "surname": "Surname", "forename": "Forename", "birth_date": "Date of birth"}
"""The fields without which a roll is of no use, and a heading for each."""

_SYNONYMS = {
    "upn": ("UPN", "Unique pupil number", "Pupil UPN", "UPN number"),
    "former_upn": ("Former UPN", "Previous UPN", "Old UPN"),
    "legal_surname": ("Legal surname", "Legal last name", "Legal family name"),
    "surname": ("Surname", "Last name", "Family name", "Pupil surname"),
    "legal_forename": ("Legal forename", "Legal first name", "Legal given name"),
    "forename": ("Forename", "First name", "Given name", "Pupil forename"),
    "birth_date": ("DOB", "Date of birth", "Birth date", "Birthdate", "Pupil DOB"),
    "sex": ("Sex", "Gender", "Legal sex", "Sex (legal)", "Pupil sex", "Pupil gender"),
    "class_name": (
        *("Class", "Class name", "Reg", "Reg group", "Registration group", "Registration form", "Reg form", "Form"),
        *("Tutor group", "Main class", "Current class"),
    ),
    "year_group": (
        *("Year", "Year group", "NC year", "NC year group", "Curriculum year", "National curriculum year", "Yr"),
        *("Actual NC year", "NC year actual", "NCyearActual", "Current year group", "Year taught in"),
    ),
    "joined": (
        *("Date of admission", "Admission date", "Date joined", "Join date", "Joined", "Date of joining", "Admitted"),
        *("Entry date", "Date of entry", "Start date", "School start date", "Enrolment date"),
    ),
    "disadvantaged": (
        *("Disadvantaged", "Disadvantaged pupil", "Is disadvantaged", "Pupil premium", "Pupil premium eligible"),
        *("Eligible for pupil premium", "Pupil premium indicator", "PP"),
    ),
    "sen": (
        *("SEN", "SEN provision", "SEN status", "SEN stage", "Special educational needs", "SEND", "SEND status"),
        *("SEND provision", "Current SEN provision"),
    ),
    "first_language": ("First language", "Language", "Home language", "First language code", "Mother tongue"),
    "left": (
        *("Date of leaving", "Leaving date", "Date left", "Leave date", "Left", "DOL", "Leaver date"),
        *("End date", "Off roll date", "School leaving date", "Enrolment end date"),
    ),
}
ROLL: Mapping[str, str] = Frozen({plain(name): field for field, names in _SYNONYMS.items() for name in names})
"""Every heading that is read in a roll, reduced, and its field. Assumed: the likely names of common exports, gathered
from general knowledge; no export of a real system was at hand. So is it that a column for the pupil premium says who is
disadvantaged. A column for free school meals is not read: it says who has them now, and not in the last six years."""

_DATES = {"birth_date": "date of birth", "joined": "date of joining", "left": "date of leaving"}
_SCHOOL = ("school_lea", "school_estab")
_TRAPS = {
    "formula": "The formula here was saved without its result, so the cell was read as blank.",
    "error": "The cell shows an error in place of an entry.",
    "merged": "Cells are merged here, so only the first of the block was read.",
}


def read_roll(source: Path | bytes, *, name: str = "", year: CollectionYear) -> Roll:
    """Read a roll. Rows with neither a UPN nor a name are left out; a fault in a row costs nobody their place.

    Args:
        source: the file or its bytes.
        name: the file's name, where it is not that of the path.
        year: the collection year, whose headings are read besides.

    Raises:
        RollRefused: a column is missing without which it is no roll, or nobody is in it.
        FileRefused: F01, F02 or F08: the file cannot be read, is no spreadsheet, or is too large.
        OSError: the path cannot be opened.
    """
    lookup = _lookup(year)
    table = read_table(source, name=name, known=lookup)
    reading = _Reading(table, lookup)
    reading.refuse_without_columns()
    pupils, twice = duplicates(tuple(reading.pupils()))
    if not pupils:
        what = f"The file has the headings of a roll, but no pupil below them (row {table.heading_row})."
        raise RollRefused(table.name, what, "Export the list of pupils again, and check that it is not empty.")
    return Roll(
        pupils,
        table.name,
        reading.school(),
        (*reading.traps(), *reading.faults, *twice),
        tuple(heading for heading, _ in reading.matched.unknown if heading),
        tuple(words for field, words in PARTS.items() if field not in reading.columns),
    )


def _lookup(year: CollectionYear) -> Mapping[str, str]:
    identity = {heading: field for heading, field in year.headings.lookup.items() if field in _SYNONYMS}
    school = {heading: field for heading, field in year.results_headings.lookup.items() if field in _SCHOOL}
    return {**identity, **school, **ROLL}


class _Reading:
    """One pass over a roll: gathers faults and goes on."""

    def __init__(self, table: Table, lookup: Mapping[str, str]) -> None:
        self.table = table
        self.matched = match_headings(table, lookup)
        self.columns = self.matched.columns
        self.file = sheet_file(table, self.matched, (), ())
        self.faults: list[RollFault] = []

    def refuse_without_columns(self) -> None:
        lacking = [
            heading
            for field, heading in NEEDED.items()
            if field not in self.columns and f"legal_{field}" not in self.columns
        ]
        if lacking:
            named = ", ".join(f"“{heading}”" for heading in lacking)
            what = f"The list has no column {named}." if len(lacking) == 1 else f"The list has no columns {named}."
            fix = "Export the list of pupils again with UPN, surname, forename and date of birth, under those headings."
            raise RollRefused(self.table.name, what, fix)

    def pupils(self) -> Iterator[RollPupil]:
        for row in self.table.rows:
            surname = self.text(row, "legal_surname") or self.text(row, "surname")
            forename = self.text(row, "legal_forename") or self.text(row, "forename")
            upn = self.text(row, "upn").upper()
            if upn or surname or forename:
                yield self.pupil(row, upn, surname, forename)

    def pupil(self, row: Row, upn: str, surname: str, forename: str) -> RollPupil:
        who = " ".join(filter(None, (forename, surname))) or upn
        if not upn:
            self.fault(
                row, "upn", f"{who} has no UPN.", "Enter it in the school's system, and bring the roll in again."
            )
        elif not is_well_formed(upn):
            fix = "Correct it in the school's system, and bring the roll in again."
            self.fault(row, "upn", f"{who} has “{upn}” where a UPN is needed: {explain_format(upn)}.", fix)
        days = {field: self.day(row, field, who) for field in _DATES}
        return RollPupil(
            upn,
            surname,
            forename,
            days["birth_date"],
            sexes.letter(self.text(row, "sex")),
            self.text(row, "former_upn").upper(),
            self.text(row, "class_name"),
            year_group(self.text(row, "year_group")),
            days["joined"],
            days["left"],
            place=self.file.place(at(row.number)),
            disadvantaged=self.disadvantaged(row, who),
            sen=self.sen(row, who),
            first_language=self.first_language(row, who),
        )

    def disadvantaged(self, row: Row, who: str) -> bool | None:
        text = self.text(row, "disadvantaged")
        found = read_yes_no(text)
        if text and found is None:
            self.unreadable(row, "disadvantaged", f"Whether {who} is disadvantaged", "Write it as yes or no.")
        return found

    def sen(self, row: Row, who: str) -> str:
        text = self.text(row, "sen")
        found = read_sen(text)
        if text and not found:
            fix = "Write N for none, K for SEN support or E for an education, health and care plan."
            self.unreadable(row, "sen", f"The special educational needs of {who}", fix)
        return found

    def first_language(self, row: Row, who: str) -> str:
        text = self.text(row, "first_language")
        if is_unreadable_language(text):
            self.unreadable(row, "first_language", f"The first language of {who}", "Write English, or the language.")
        return read_first_language(text)

    def unreadable(self, row: Row, field: str, what: str, fix: str) -> None:
        wrong = f"{what} cannot be read, “{self.text(row, field)}”, and was taken as not known."
        self.fault(row, field, wrong, fix)

    def day(self, row: Row, field: str, who: str) -> date | None:
        text = self.text(row, field)
        found = parse_written(text)
        if text and found is None:
            wrong = f"The {_DATES[field]} of {who} cannot be read, “{text}”, and was taken as not known."
            self.fault(row, field, wrong, "Write it like 09/03/2015 or 2015-03-09.")
        return found

    def text(self, row: Row, field: str) -> str:
        return " ".join(row.cell(self.columns.get(field)).split())

    def fault(self, row: Row, field: str, wrong: str, fix: str) -> None:
        self.faults.append(RollFault(self.file.place(at(row.number), field), wrong, fix))

    def traps(self) -> Iterator[RollFault]:
        """Yield what a spreadsheet program did to cells that are read. A rounded UPN is a fault of its row."""
        used = set(self.columns.values())
        for trap in self.table.traps:
            if trap.kind in _TRAPS and split(trap.at)[1] in used:
                fix = "Correct it in the spreadsheet, save it, and bring it in again."
                yield RollFault(self.file.place(trap.at), _TRAPS[trap.kind], fix)

    def school(self) -> str:
        """Return the one school that the columns name, else the one in the file's name."""
        columns = [self.columns.get(field) for field in _SCHOOL]
        found = distinct(school_number(*(row.cell(column) for column in columns)) for row in self.table.rows)
        return found[0] if len(found) == 1 else "" if found else school_in(self.table.name)
