"""R: faults in results. Only pupils whose return is sound are given one, so that nothing else follows."""

from collections.abc import Callable
from random import Random

from keystage.simulate.draft import Draft, is_ordinary
from keystage.simulate.expect import Expect
from keystage.simulate.faults.tools import stranger
from keystage.simulate.filed import RegisterRow
from keystage.simulate.results import ResultRow, ResultsDraft, row_of
from keystage.simulate.scores import in_table
from keystage.years import Test
from keystage.years.registration import TestStatus

_TESTS = tuple(Test)
_MARKS = ("AS", "NS")

Found = list[tuple[Expect, ResultRow | None]]
ResultFault = Callable[[Draft, ResultsDraft, ResultRow, Random], Found | None]


def seed(draft: Draft, made: ResultsDraft, chance: Random, rate: float, *, is_received: bool) -> None:
    """Put faults into results, and note what must be found."""
    ways = FAULTS if is_received else [fault for fault in FAULTS if fault not in _NEED_A_RETURN]
    for row in list(made.rows):
        if row.pupil is not None and not is_ordinary(row.pupil):
            continue
        if row.of.made is None or (row.pupil is None and is_received) or chance.random() >= rate:
            continue
        if any(row.fields.get(f"{test}.outcome") not in _MARKS for test in _TESTS):
            continue
        found = chance.choice(ways)(draft, made, row, chance)
        if found:
            made.expected += found
            row.is_faulty = True


def _at(code: str, row: ResultRow, test: str, value: str) -> tuple[Expect, ResultRow]:
    return Expect(code, row.of, subject=test or None, value=value), row


def stranger_in_results(draft: Draft, made: ResultsDraft, _row: ResultRow, chance: Random) -> Found:
    """Somebody else's result."""
    other = stranger(draft, chance)
    tests = {str(test): TestStatus.REGISTERED for test in Test}
    of = RegisterRow(other.upn, other.surname, other.forename, other.born, other.sex, tests)
    added = row_of(draft.year, draft.school.number, of, other.able, None)
    made.rows.append(added)
    return [_at("R01", added, "", other.upn)]


def no_results(_draft: Draft, made: ResultsDraft, row: ResultRow, _chance: Random) -> Found:
    """No result for an expected pupil."""
    made.rows.remove(row)
    return [(Expect("R01", row.of), None)]


def mark_that_cannot_be(draft: Draft, _made: ResultsDraft, row: ResultRow, chance: Random) -> Found:
    """More marks than there are, or no number."""
    test = chance.choice(_TESTS)
    wrong = chance.choice((str(draft.year.test(test).max_mark + 1), "x", "999"))
    row.fields[f"{test}.raw"] = wrong
    return [_at("R02", row, test, wrong)]


def score_that_cannot_be(draft: Draft, _made: ResultsDraft, row: ResultRow, chance: Random) -> Found:
    """A score beyond the ends of the scale, which is not the table's either."""
    test = chance.choice(_TESTS)
    raw = int(row.fields[f"{test}.raw"])
    wrong = "121" if row.fields[f"{test}.outcome"] == "AS" else "79"
    row.fields[f"{test}.scaled"] = wrong
    found: Found = [_at("R02", row, test, wrong)]
    return [*found, _at("R03", row, test, wrong)] if in_table(draft.year, test, raw) else found


def score_of_another_mark(draft: Draft, _made: ResultsDraft, row: ResultRow, chance: Random) -> Found | None:
    """A score that is not the one of its mark, on the same side of the standard."""
    test = chance.choice(_TESTS)
    scaled = int(row.fields[f"{test}.scaled"])
    wrong = str(scaled - 1 if scaled not in (80, 100) else scaled + 1)
    if not in_table(draft.year, test, int(row.fields[f"{test}.raw"])):
        return None
    row.fields[f"{test}.scaled"] = wrong
    return [_at("R03", row, test, wrong)]


def outcome_against_score(_draft: Draft, _made: ResultsDraft, row: ResultRow, chance: Random) -> Found:
    """The outcome of another score, or of no score."""
    test = chance.choice(_TESTS)
    wrong = chance.choice([code for code in ("AS", "NS", "A") if code != row.fields[f"{test}.outcome"]])
    row.fields[f"{test}.outcome"] = wrong
    return [_at("R04", row, test, wrong)]


def below_without_judgement(_draft: Draft, _made: ResultsDraft, row: ResultRow, chance: Random) -> Found:
    """Below the standard of a test, of which the return said nothing."""
    test = chance.choice((Test.READING, Test.MATHS))
    for field in [field for field in row.fields if field.startswith(f"{test}.")]:
        del row.fields[field]
    row.fields[f"{test}.outcome"] = "B"
    return [_at("R05", row, test, "B")]


def other_judgement(_draft: Draft, _made: ResultsDraft, row: ResultRow, chance: Random) -> Found | None:
    """A teacher assessment that is not the one sent."""
    subject, codes = chance.choice((("writing", ("GDS", "EXS", "WTS")), ("science", ("EXS", "HNM"))))
    if f"{subject}.ta" not in row.fields:
        return None
    wrong = chance.choice([code for code in codes if code != row.fields[f"{subject}.ta"]])
    row.fields[f"{subject}.ta"] = wrong
    return [_at("R06", row, subject, wrong)]


FAULTS: list[ResultFault] = [
    stranger_in_results,
    no_results,
    mark_that_cannot_be,
    score_that_cannot_be,
    score_of_another_mark,
    outcome_against_score,
    below_without_judgement,
    other_judgement,
]
_NEED_A_RETURN: list[ResultFault] = [below_without_judgement, other_judgement]
