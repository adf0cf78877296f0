"""Writing the teacher assessment template: to be filled in, or with a school's judgements in it."""

from collections.abc import Iterator
from typing import IO, Literal

from keystage.pupils.matching import match
from keystage.returns.owed import owed
from keystage.returns.register import Expected, Register
from keystage.returns.value import Pupil, Return
from keystage.sheets.judgement_sheet import Line, write_sheet
from keystage.sheets.separated_writer import write_separated
from keystage.years import CollectionYear, Subject
from keystage.years.headings import TEMPLATE_FIELDS


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
    columns = {field: year.headings.written[field] for field in TEMPLATE_FIELDS}
    lines = list(_lines(return_, register, year))
    if kind == "csv":
        write_separated(sink, tuple(columns.values()), (line.texts for line in lines), mark=True)
    else:
        write_sheet(sink, year, columns, lines, frozen=3).book.close()


def _lines(return_: Return, register: Register | None, year: CollectionYear) -> Iterator[Line]:
    if register is None:
        yield from (Line(texts_of(pupil)) for pupil in return_.pupils)
        return
    matching = match(return_.pupils, register.pupils)
    expected = {id(pair.left): pair.right for pair in matching.pairs}
    for pupil in return_.pupils:
        entry = expected.get(id(pupil))
        yield Line(texts_of(pupil), owed(entry, year) if entry else ())
    for each in matching.only_right:
        if each.is_expected:
            yield Line(_texts_of_expected(each), owed(each, year))


def texts_of(pupil: Pupil) -> tuple[str, ...]:
    """Return a pupil's texts in the columns of the template."""
    born = pupil.birth_date.isoformat() if pupil.birth_date else pupil.birth_text
    codes = (pupil.code(Subject(field)) for field in TEMPLATE_FIELDS[5:])
    return (pupil.upn, pupil.surname, pupil.forename, born, pupil.sex, *codes)


def _texts_of_expected(each: Expected) -> tuple[str, ...]:
    born = each.birth_date.isoformat() if each.birth_date else ""
    return (each.upn, each.surname, each.forename, born, each.sex, "", "", "", "")
