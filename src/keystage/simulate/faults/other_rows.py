"""J: rows that are no teacher assessment of this return."""

from random import Random

from keystage.simulate import earlier
from keystage.simulate.draft import Draft
from keystage.simulate.expect import Expect
from keystage.simulate.faults.registry import PUPIL_FAULTS, Expected, seeds
from keystage.simulate.faults.tools import SCIENCE, WRITING, add_row, on_code, on_row
from keystage.simulate.filed import FiledPupil, FiledRow, RowText, all_rows
from keystage.years import Test
from keystage.years.rows import ResultValue

TESTS = "tests"


def _has(draft: Draft, other: str) -> bool:
    return any(row.other == other for row in all_rows(draft.pupils))


@seeds("J11", PUPIL_FAULTS)
def test_results(draft: Draft, pupil: FiledPupil, chance: Random) -> Expected:
    """Results of the key stage 2 tests; said once of a file."""
    if _has(draft, TESTS):
        return None
    test = chance.choice(list(Test))
    added = [
        add_row(pupil, _test_row(draft, test, value, result))
        for value, result in (
            (ResultValue.OUTCOME, "AS"),
            (ResultValue.SCALED, str(chance.randint(100, 120))),
            (ResultValue.RAW, "41"),
        )
    ]
    return [Expect("J11", row=added[-1], value="key stage 2 tests")]


def _test_row(draft: Draft, test: Test, value: ResultValue, result: str) -> FiledRow:
    row = draft.year.rows.test_row[test, value]
    text = RowText(
        row.stage,
        row.locale,
        str(draft.year.year),
        row.subject,
        row.method,
        row.component,
        row.status,
        row.qualifier,
        result,
        None,
    )
    return FiledRow(text, other=TESTS)


@seeds("J12", PUPIL_FAULTS)
def phonics(draft: Draft, pupil: FiledPupil, _chance: Random) -> Expected:
    """An assessment of an earlier year; each kind is said once of a file."""
    rows = earlier.phonics(pupil.made, draft.year)
    if draft.dialect.earlier_results or _has(draft, rows[0].other):
        return None
    pupil.rows.extend(rows)
    return [Expect("J12", row=rows[0], value=rows[0].other)]


@seeds("J13", PUPIL_FAULTS)
def unknown_row(draft: Draft, pupil: FiledPupil, chance: Random) -> Expected:
    """A row that no table knows."""
    odd = chance.choice(
        (("KS2", "ENG", "TA", "SPL", "NC"), ("KS2", "FRE", "TA", "FRE", "NL"), ("KS3", "MAT", "TA", "MAT", "NL"))
    )
    stage, subject, method, component, qualifier = odd
    text = RowText(stage, "ENG", str(draft.year.year), subject, method, component, "R", qualifier, "EXS", None)
    row = FiledRow(text)
    if stage == "KS2":
        add_row(pupil, row)
    else:
        pupil.rows.append(row)
    return [on_row("J13", pupil, row, "", " ".join(odd))]


@seeds("J13", PUPIL_FAULTS)
def unknown_qualifier(_draft: Draft, pupil: FiledPupil, chance: Random) -> Expected:
    """A judgement under a qualifier that is not its own: it is not known for what it is, so it is missing too."""
    subject = chance.choice((WRITING, SCIENCE))
    row = pupil.judged(subject)
    row.subject = None
    row.text = row.text._replace(qualifier="NL")
    pupil.expected.moderated = ""
    key = row.text.stage, row.text.subject, row.text.method, row.text.component, row.text.qualifier
    return [on_row("J13", pupil, row, "", " ".join(str(part) for part in key)), on_code("J01", pupil, subject)]
