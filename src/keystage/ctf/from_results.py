"""From test results to the file that a school brings into its records: a partial Common Transfer File.

Who the real file names as its source, and how it is called, was not found. Here the
source is the school, and so is the destination unless the file is for a pupil's next school.
"""

from collections.abc import Iterator
from datetime import datetime

from keystage.ctf.from_return import DOCUMENT_NAME, SUPPLIER
from keystage.ctf.model import CtfFile, CtfPupil, Header, Row, School
from keystage.returns.results import PupilResult, TestResult
from keystage.years.rows import ResultValue
from keystage.years.rows import Row as Codes
from keystage.years.subjects import Subject, Test
from keystage.years.year import CollectionYear

_DESCRIPTOR = "Key stage 2 test results"


def from_results(
    pupils: tuple[PupilResult, ...],
    year: CollectionYear,
    school: str,
    *,
    made: datetime,
    school_name: str = "",
    urn: str = "",
    destination: str = "",
    with_ta: bool = False,
) -> CtfFile:
    """Make the file of a school's results.

    Args:
        pupils: the pupils, written in order; what is not there of a result has no row.
        year: the collection year, whose version, tags and rows are used.
        school: the seven figures of the school's number.
        made: the date and time that the file carries, in local time.
        school_name: the school's name; left out where empty.
        urn: the school's unique reference number; left out where empty.
        destination: seven figures of the school it is for; the school itself where empty.
        with_ta: whether the teacher assessments that came back are written too.
    """
    to = destination or school
    source = School(school[:3], school[3:], urn, school_name, str(year.start_year))
    header = Header(
        DOCUMENT_NAME, year.ctf.version, made.strftime("%Y-%m-%dT%H:%M:%S"), "partial",
        descriptor=_DESCRIPTOR + (" and teacher assessments" if with_ta else ""), supplier=SUPPLIER,
        source=source, destination=School(to[:3], to[3:]),
    )  # fmt: skip
    return CtfFile(header, tuple(_pupil(pupil, year, with_ta) for pupil in pupils))


def _pupil(pupil: PupilResult, year: CollectionYear, with_ta: bool) -> CtfPupil:
    born = pupil.birth_date.isoformat() if pupil.birth_date else pupil.birth_text
    rows = (*_tests(pupil, year), *(_judgements(pupil, year) if with_ta else ()))
    return CtfPupil(pupil.upn, pupil.surname, pupil.forename, born, pupil.sex, rows)


def _tests(pupil: PupilResult, year: CollectionYear) -> Iterator[Row]:
    for test in Test:
        result = pupil.tests.get(test)
        for value in ResultValue if result else ():
            codes, text = year.rows.test_row.get((test, value)), _text(result, value)
            if codes and text:
                yield _row(codes, year, text)


def _text(result: TestResult | None, value: ResultValue) -> str:
    if result is None or value is ResultValue.OUTCOME:
        return result.outcome if result else ""
    text, mark = (
        (result.raw_text, result.raw) if value is ResultValue.RAW else (result.scaled_text, result.scaled)
    )  # fmt: skip
    return text or ("" if mark is None else str(mark))


def _judgements(pupil: PupilResult, year: CollectionYear) -> Iterator[Row]:
    return (_row(year.rows.ta_row[subject], year, pupil.ta[subject]) for subject in Subject if pupil.ta.get(subject))


def _row(codes: Codes, year: CollectionYear, result: str) -> Row:
    return Row(
        codes.stage, codes.locale, str(year.year), codes.subject, codes.method, codes.component, codes.status,
        codes.qualifier, result,
    )  # fmt: skip
