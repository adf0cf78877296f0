"""From a file to test results: the rows of the national tests, and any teacher assessment that came back with them."""

from collections.abc import Mapping
from dataclasses import dataclass

from keystage.ctf.model import CtfFile, CtfPupil
from keystage.ctf.to_return import row_key
from keystage.pupils.birthdays import parse_iso
from keystage.returns.results import PupilResult, Results, TestResult, mark
from keystage.returns.source import Place
from keystage.years.frozen import Frozen
from keystage.years.rows import ResultValue
from keystage.years.subjects import Subject, Test
from keystage.years.year import CollectionYear


@dataclass(frozen=True, slots=True)
class ResultsSource:
    """A file of results: where each result of each pupil stands."""

    file: CtfFile
    rows: Mapping[tuple[int, str], int]
    """By pupil and field (such as ``reading.raw``), where the row begins."""

    @property
    def name(self) -> str:
        """The file's name."""
        return self.file.name

    def place(self, at: int, field: str = "") -> Place:
        """Say on which line a thing stands: see :class:`~keystage.returns.source.Source`."""
        row = self.rows.get((at, field))
        return self.file.place(at, field) if row is None else self.file.place(row, "code")


def to_results(file: CtfFile, year: CollectionYear) -> Results:
    """Read a file as the results of a collection year. Rows that are no results of it are left alone."""
    rows: dict[tuple[int, str], int] = {}
    pupils = tuple(
        _pupil(file, pupil, at, rows_at, year, rows)
        for pupil, at, rows_at in zip(file.pupils, file.pupils_at, file.rows_at, strict=True)
    )
    return Results(year.year, pupils, ResultsSource(file, Frozen(rows)))


def _pupil(
    file: CtfFile,
    pupil: CtfPupil,
    at: int,
    rows_at: tuple[int, ...],
    year: CollectionYear,
    places: dict[tuple[int, str], int],
) -> PupilResult:
    values: dict[Test, dict[ResultValue, str]] = {}
    judgements: dict[Subject, str] = {}
    for row, row_at in zip(pupil.rows, rows_at, strict=True):
        key = row_key(row)
        if (test := year.rows.tests.get(key)) is not None:
            values.setdefault(test[0], {}).setdefault(test[1], row.result.strip())
            places.setdefault((at, f"{test[0]}.{test[1]}"), row_at)
        elif (subject := year.rows.ta.get(key)) is not None and row.result.strip():
            judgements.setdefault(subject, row.result.strip().upper())
            places.setdefault((at, f"{subject}.ta"), row_at)
    return PupilResult(
        pupil.upn.strip(),
        pupil.surname.strip(),
        pupil.forename.strip(),
        parse_iso(pupil.birth_date.strip()),
        pupil.birth_date.strip(),
        pupil.sex.strip(),
        pupil.former_upn,
        Frozen({test: _result(held) for test, held in values.items()}),
        Frozen(judgements),
        file.header.source.dfe_number,
        at,
    )


def _result(values: Mapping[ResultValue, str]) -> TestResult:
    raw, scaled = values.get(ResultValue.RAW, ""), values.get(ResultValue.SCALED, "")
    return TestResult(
        raw=mark(raw),
        scaled=mark(scaled),
        outcome=values.get(ResultValue.OUTCOME, "").upper(),
        raw_text=raw,
        scaled_text=scaled,
    )
