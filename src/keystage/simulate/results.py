"""Made-up results of the tests, as a school gets them back: a CSV file under the national pupil database's names."""

from dataclasses import dataclass, field

from keystage.simulate.draft import Draft
from keystage.simulate.expect import Expect
from keystage.simulate.filed import FiledPupil, RegisterRow
from keystage.simulate.judgements import Abilities
from keystage.simulate.scores import Score, score
from keystage.years import CollectionYear, Subject, Test
from keystage.years.headings import RESULTS_FIELDS
from keystage.years.registration import TestStatus

_TESTED = {Test.READING: Subject.READING, Test.MATHS: Subject.MATHS}


@dataclass(slots=True, eq=False)
class ResultRow:
    """One pupil of a results file: the identity of the register, and what came back."""

    of: RegisterRow
    pupil: FiledPupil | None
    """The pupil in the file that was sent."""
    fields: dict[str, str]
    """By the names that the year's data have for the columns."""
    is_faulty: bool = False


@dataclass(slots=True, eq=False)
class ResultsDraft:
    """A results file that is yet to be written."""

    name: str
    rows: list[ResultRow]
    expected: list[tuple[Expect, ResultRow | None]] = field(default_factory=list)
    """What the checks must find, each with the row that it points at."""

    def lines(self) -> dict[int, int]:
        """Return the line of each row, by its identity; the headings stand on the first."""
        return {id(row): place for place, row in enumerate(self.rows, start=2)}


def results(draft: Draft, *, is_received: bool) -> ResultsDraft:
    """Make up the results of everybody on the register who is awaited.

    Args:
        draft: the school, with whatever faults it has.
        is_received: whether the return could be read, so that its teacher assessments come back.
    """
    filed = {id(pupil.expected): pupil for pupil in draft.pupils} if is_received else {}
    rows = [
        row_of(draft.year, draft.school.number, row, row.made.able, filed.get(id(row)))
        for row in draft.register
        if row.is_awaited and row.made is not None
    ]
    made = ResultsDraft(f"{draft.school.number}_results.csv", rows)
    if is_received:
        made.expected += [each for row in rows for each in _below_without_judgement(row)]
    return made


def row_of(year: CollectionYear, school: str, row: RegisterRow, able: Abilities, pupil: FiledPupil | None) -> ResultRow:
    """Make up one pupil's results."""
    fields = {
        "school_lea": school[:3],
        "school_estab": school[3:],
        "upn": row.upn,
        "surname": row.surname,
        "forename": row.forename,
        "birth_date": row.born.isoformat(),
        "sex": row.sex,
    }
    for test, ability in ((Test.READING, able.reading), (Test.GPS, able.gps), (Test.MATHS, able.maths)):
        status: TestStatus = row.tests[str(test)]
        put(fields, year, test, score(year, test, status, ability))
    if pupil:
        for subject in Subject:
            found = next((each for each in pupil.rows if each.subject is subject and each.code), None)
            if found:
                fields[f"{subject}.ta"] = found.code
    return ResultRow(row, pupil, fields)


def put(fields: dict[str, str], year: CollectionYear, test: Test, result: Score) -> None:
    """Put a result into the columns of its test."""
    fields[f"{test}.outcome"] = result.outcome
    if result.raw is None:
        return
    fields[f"{test}.raw"] = str(result.raw)
    if result.scaled is not None:
        fields[f"{test}.scaled"] = str(result.scaled)
    left = result.raw
    papers = year.test(test)
    for paper in papers.papers[:-1]:
        marks = min(paper.marks, left, round(result.raw * paper.marks / papers.max_mark))
        fields[f"{test}.{paper.key}"] = str(marks)
        left -= marks
    if papers.papers:
        _put_last(fields, test, [(paper.key, paper.marks) for paper in papers.papers], left)


def _put_last(fields: dict[str, str], test: Test, papers: list[tuple[str, int]], left: int) -> None:
    """Give the last paper what is left, and the first what is too much for it."""
    (first, _), (last, most) = papers[0], papers[-1]
    over = max(0, left - most)
    fields[f"{test}.{last}"] = str(left - over)
    if over:
        fields[f"{test}.{first}"] = str(int(fields[f"{test}.{first}"]) + over)


def _below_without_judgement(row: ResultRow) -> list[tuple[Expect, ResultRow | None]]:
    return [
        (Expect("R05", row.of, subject=str(test), value="B"), row)
        for test, subject in _TESTED.items()
        if row.fields[f"{test}.outcome"] == "B" and not row.fields.get(f"{subject}.ta")
    ]


def text(made: ResultsDraft, year: CollectionYear) -> str:
    """Return the results as a CSV file."""
    written = year.results_headings.written
    lines = [",".join(written[name] for name in RESULTS_FIELDS)]
    lines += [",".join(quoted(row.fields.get(name, "")) for name in RESULTS_FIELDS) for row in made.rows]
    return "\n".join(lines) + "\n"


def quoted(text: str) -> str:
    """Return a text as a cell of a CSV file."""
    if "," in text or '"' in text:
        doubled = text.replace('"', '""')
        return f'"{doubled}"'
    return text
