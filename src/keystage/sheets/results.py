"""The results of the national tests as a spreadsheet, under the names of the national pupil database."""

from collections.abc import Mapping
from pathlib import Path
from typing import IO

from keystage.pupils.birthdays import parse
from keystage.pupils.characteristics import (
    NOTHING_KNOWN,
    Characteristics,
    read_first_language,
    read_sen,
    read_yes_no,
)
from keystage.returns.results import PupilResult, Results, TestResult, mark
from keystage.returns.school import school_in
from keystage.sheets.cells import at
from keystage.sheets.headings import match_headings
from keystage.sheets.schools import distinct, school_number
from keystage.sheets.separated_writer import write_separated
from keystage.sheets.sheet_file import sheet_file
from keystage.sheets.table import Row, Table, read_table
from keystage.years import CollectionYear, Subject, Test
from keystage.years.frozen import Frozen
from keystage.years.headings import GROUP_FIELDS, RESULTS_FIELDS

_NEEDED = ("upn", "surname", "forename")
_PAPERS = {
    test: [field for field in RESULTS_FIELDS if field.startswith(f"{test}.paper")] for test in Test
}  # fields such as "gps.paper1"


def read_results(source: Path | bytes | Table, year: CollectionYear, *, name: str = "") -> Results:
    """Read the results of a collection year; their ``source`` is a :class:`~keystage.sheets.sheet_file.SheetFile`.

    Nothing is dropped: a mark that is no number is kept as text. Rows with neither a UPN nor a name are left out. A
    pupil without a school in their row has the one of the file's name. Columns for groups are read where there are any.

    Raises:
        FileRefused: F01, F02 or F08: the file cannot be read, is no spreadsheet, or is too large.
        OSError: the path cannot be opened.
    """
    lookup = year.results_lookup
    table = source if isinstance(source, Table) else read_table(source, name=name, known=lookup)
    matched = match_headings(table, lookup)
    usual = school_in(name or table.name)
    pupils = tuple(pupil for row in table.rows if (pupil := _pupil(row, matched.columns, usual)))
    schools = distinct(pupil.school for pupil in pupils)
    return Results(year.year, pupils, sheet_file(table, matched, _NEEDED, schools))


def _pupil(row: Row, columns: Mapping[str, int], usual_school: str) -> PupilResult | None:
    found = {field: entry for field, column in columns.items() if (entry := row.cell(column).strip())}

    def text(field: str) -> str:
        return found.get(field, "")

    if not (text("upn") or text("surname") or text("forename")):
        return None
    tests = {test: result for test in Test if (result := _result(test, found)) != TestResult()}
    ta = {subject: text(f"{subject}.ta").upper() for subject in Subject if text(f"{subject}.ta")}
    return PupilResult(
        text("upn"),
        text("surname"),
        text("forename"),
        parse(text("birth_date")),
        text("birth_date"),
        text("sex"),
        tests=Frozen(tests),
        ta=Frozen(ta),
        school=school_number(text("school_lea"), text("school_estab")) or usual_school,
        at=at(row.number),
        characteristics=_characteristics(found) if found.keys() & set(GROUP_FIELDS) else NOTHING_KNOWN,
    )


def _characteristics(found: Mapping[str, str]) -> Characteristics:
    disadvantaged, sen, language = (found.get(field, "") for field in GROUP_FIELDS)
    return Characteristics(read_yes_no(disadvantaged), read_sen(sen), read_first_language(language))


def _result(test: Test, found: Mapping[str, str]) -> TestResult:
    raw, scaled = found.get(f"{test}.raw", ""), found.get(f"{test}.scaled", "")
    papers = [(field.rpartition(".")[2], found[field]) for field in _PAPERS[test] if field in found]
    return TestResult(
        mark(raw),
        mark(scaled),
        found.get(f"{test}.outcome", "").upper(),
        tuple((paper, mark(text)) for paper, text in papers),
        found.get(f"{test}.special", "").upper(),
        raw,
        scaled,
        tuple(papers),
    )


def write_results(results: Results, sink: IO[bytes], year: CollectionYear) -> None:
    """Write results as a CSV file (UTF-8 without a byte order mark), every column in order, dates as ``YYYY-MM-DD``.

    What is known for groups is never written: these are the files that schools are given.
    """
    headings = [year.results_headings.written[field] for field in RESULTS_FIELDS]
    write_separated(sink, headings, (_row(pupil) for pupil in results.pupils), mark=False)


def _row(pupil: PupilResult) -> list[str]:
    texts = {
        "school_lea": pupil.school[:3],
        "school_estab": pupil.school[3:],
        "upn": pupil.upn,
        "surname": pupil.surname,
        "forename": pupil.forename,
        "birth_date": pupil.birth_date.isoformat() if pupil.birth_date else pupil.birth_text,
        "sex": pupil.sex,
    }
    for subject, code in pupil.ta.items():
        texts[f"{subject}.ta"] = code
    for test, result in pupil.tests.items():
        texts |= {
            f"{test}.raw": _number(result.raw, result.raw_text),
            f"{test}.scaled": _number(result.scaled, result.scaled_text),
            f"{test}.outcome": result.outcome,
            f"{test}.special": result.special,
        }
        texts |= {f"{test}.{paper}": _number(marks, "") for paper, marks in result.papers}
        texts |= {f"{test}.{paper}": text for paper, text in result.paper_texts if text}
    return [texts.get(field, "") for field in RESULTS_FIELDS]


def _number(value: int | None, text: str) -> str:
    return text or ("" if value is None else str(value))
