"""Writing the teacher assessment template: to be filled in, or with a school's judgements in it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import IO, TYPE_CHECKING, Literal

from keystage.pupils.matching import match
from keystage.returns.owed import owed
from keystage.returns.register import Expected, Register
from keystage.returns.value import Pupil, Return
from keystage.sheets.separated_writer import write_separated
from keystage.years import CollectionYear, Subject
from keystage.years.headings import TEMPLATE_FIELDS
from keystage.years.owed import OwedState

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_MADE = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""The date that every workbook carries, so that equal content makes equal bytes."""

_WIDTHS = {"upn": 16, "surname": 22, "forename": 22, "birth_date": 14, "sex": 6}
_SPARE_ROWS = 50
"""Rows below the last pupil that have the lists of codes too, for pupils who are added by hand."""

_Line = tuple[tuple[str, ...], Expected | None]
"""The texts of a row, and the pupil as the register has them."""


def write_template(
    return_: Return,
    year: CollectionYear,
    sink: IO[bytes],
    *,
    kind: Literal["xlsx", "csv"],
    register: Register | None = None,
) -> None:
    """Write a template with the pupils of a return and the codes they have.

    Everything is written as text, and nothing as a formula. With a register, the pupils it expects who are not in the
    return follow after; in a workbook, cells that are still owed are yellow and cells to be left blank are grey.

    Args:
        return_: the return, which may have no pupils, or pupils without judgements.
        year: the collection year, whose headings and codes are used.
        sink: a binary stream.
        kind: ``xlsx``, a workbook with lists of the allowed codes; or ``csv`` (UTF-8 with a byte order mark).
        register: the expected pupils.
    """
    headings = [year.headings.written[field] for field in TEMPLATE_FIELDS]
    lines = list(_lines(return_, register))
    if kind == "csv":
        write_separated(sink, headings, (texts for texts, _expected in lines), mark=True)
    else:
        _write_workbook(sink, year, headings, lines)


def _lines(return_: Return, register: Register | None) -> Iterator[_Line]:
    if register is None:
        yield from ((_texts(pupil), None) for pupil in return_.pupils)
        return
    matching = match(return_.pupils, register.pupils)
    expected = {id(pair.left): pair.right for pair in matching.pairs}
    yield from ((_texts(pupil), expected.get(id(pupil))) for pupil in return_.pupils)
    for each in matching.only_right:
        if each.is_expected:
            born = each.birth_date.isoformat() if each.birth_date else ""
            yield (each.upn, each.surname, each.forename, born, each.sex, "", "", "", ""), each


def _texts(pupil: Pupil) -> tuple[str, ...]:
    born = pupil.birth_date.isoformat() if pupil.birth_date else pupil.birth_text
    codes = (pupil.code(Subject(field)) for field in TEMPLATE_FIELDS[5:])
    return (pupil.upn, pupil.surname, pupil.forename, born, pupil.sex, *codes)


def _write_workbook(sink: IO[bytes], year: CollectionYear, headings: Sequence[str], lines: Sequence[_Line]) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(sink, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": f"Key stage 2 teacher assessment {year.label}", "created": _MADE})
    sheet = book.add_worksheet("Teacher assessment")
    codes = book.add_worksheet("Codes")
    rows_of = _write_codes(book, codes, year)
    _write_pupils(book, sheet, year, headings, lines)
    for field, (first, last) in rows_of.items():
        column = TEMPLATE_FIELDS.index(field)
        sheet.data_validation(1, column, len(lines) + _SPARE_ROWS, column, _validation(field, first, last))
    book.close()


def _write_pupils(
    book: "Workbook", sheet: "Worksheet", year: CollectionYear, headings: Sequence[str], lines: Sequence[_Line]
) -> None:
    text = book.add_format({"num_format": "@"})
    colour = {
        OwedState.REQUIRED: book.add_format({"num_format": "@", "bg_color": "#FFF2CC"}),
        OwedState.CLOSED: book.add_format({"num_format": "@", "bg_color": "#D9D9D9"}),
    }
    for column, field in enumerate(TEMPLATE_FIELDS):
        sheet.set_column(column, column, _WIDTHS.get(field, 14), text)
    _write_row(sheet, 0, headings, lambda _: book.add_format({"bold": True, "num_format": "@", "bottom": 1}))
    sheet.freeze_panes(1, 3)
    for row, (texts, expected) in enumerate(lines, start=1):
        states = {each.subject: each.state for each in owed(expected, year)} if expected else {}

        def look(column: int, texts: Sequence[str] = texts, states: dict[Subject, OwedState] = states) -> "Format":
            field = TEMPLATE_FIELDS[column]
            state = states.get(Subject(field)) if field in set(Subject) and not texts[column] else None
            return colour.get(state, text) if state else text

        _write_row(sheet, row, texts, look)


def _write_row(sheet: "Worksheet", row: int, texts: Iterable[str], look: Callable[[int], "Format"]) -> None:
    for column, text in enumerate(texts):
        if text:
            sheet.write_string(row, column, text, look(column))
        else:
            sheet.write_blank(row, column, None, look(column))


def _write_codes(book: "Workbook", sheet: "Worksheet", year: CollectionYear) -> dict[str, tuple[int, int]]:
    """Write what the codes of each subject mean; return the first and last row of each subject, from 1."""
    bold = book.add_format({"bold": True, "bottom": 1})
    plain = book.add_format({})
    _write_row(sheet, 0, ("For", "Code", "Meaning"), lambda _: bold)
    sheet.set_column(0, 1, 14)
    sheet.set_column(2, 2, 90)
    sheet.freeze_panes(1, 0)
    rows_of: dict[str, tuple[int, int]] = {}
    row = 1
    for subject in Subject:
        table = year.code_table(subject)
        for code in table.codes:
            _write_row(sheet, row, (year.headings.written[subject], code.code, code.meaning), lambda _: plain)
            row += 1
        rows_of[subject] = (row - len(table.codes) + 1, row)
    return rows_of


def _validation(field: str, first: int, last: int) -> dict[str, object]:
    return {
        "validate": "list",
        "source": f"=Codes!$B${first}:$B${last}",  # a list in cells lets "exs" pass; a list in quotes would not
        "input_title": f"{field.capitalize()}",
        "input_message": "Choose a code, or leave it blank. The sheet “Codes” says what each code means.",
        "error_title": "This code is not in the list",
        "error_message": "Choose one of the codes in the list. The sheet “Codes” says what each of them means.",
    }
