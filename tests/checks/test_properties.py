"""What must hold for any return, register and results, however wild: tried on many made by chance."""

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from checks.build import SOUND, TODAY
from checks.cases import NAME, Given, report_on
from keystage.checks import CATALOGUE, Finding, Report
from keystage.pupils.birthdays import parse
from keystage.pupils.names import fold
from keystage.returns.judgement import judgement
from keystage.returns.register import Expected, Register
from keystage.returns.results import PupilResult, Results, TestResult, mark
from keystage.returns.value import Pupil, Return
from keystage.years import Subject, Test
from keystage.years.registration import PupilStatus, TestStatus

CODES = st.sampled_from(
    ["EXS", "GDS", "WTS", "HNM", "PK1", "PK6", "EM", "A", "L", "F", "P", "2B", " exs ", "", "AS", "\n"]
)
NAMES = st.sampled_from(["Example", "Ada", "ni Bhriain", "", "{who}", "O'Brien", "李", "Ada", "x" * 300]) | st.text(
    max_size=8
)
UPNS = st.sampled_from(["P999999919001", "D999999919002", "T999999919003", "A99999991900A", "", "1.1E+12"]) | st.text(
    max_size=14
)
DATES = st.sampled_from(["2015-03-09", "09/03/2015", "", "2014-08-31", "2031-01-01", "?"])
SEXES = st.sampled_from(["M", "F", "", "f", "U"])


@st.composite
def pupils(draw):
    born = draw(DATES)
    rows = draw(st.lists(st.tuples(st.sampled_from(Subject), CODES), max_size=6))
    judgements = tuple(judgement(subject, code, year=draw(st.sampled_from(["2026", ""]))) for subject, code in rows)
    return Pupil(draw(UPNS), draw(NAMES), draw(NAMES), parse(born), born, draw(SEXES), draw(UPNS), judgements)


@st.composite
def expecteds(draw):
    tests = {test: draw(st.sampled_from(TestStatus)) for test in ("reading", "maths", "gps")}
    return Expected(
        *(draw(UPNS), draw(NAMES), draw(NAMES), parse(draw(DATES)), draw(SEXES), draw(UPNS)),
        status=draw(st.sampled_from(PupilStatus)),
        date_left=draw(st.none() | st.just(date(2026, 5, 8))),
        moderated_writing=draw(st.sampled_from(["", "EXS", "PK1"])),
        **tests,
    )


@st.composite
def pupil_results(draw):
    texts = st.sampled_from(["", "0", "25", "100", "121", "-1", "x", "25.0"])
    outcomes = st.sampled_from(["", "AS", "NS", "A", "B", "N", "?"])
    tests = {}
    for test in draw(st.lists(st.sampled_from(Test), unique=True)):
        raw, scaled = draw(texts), draw(texts)
        tests[test] = TestResult(mark(raw), mark(scaled), draw(outcomes), raw_text=raw, scaled_text=scaled)
    ta = draw(st.dictionaries(st.sampled_from(Subject), st.sampled_from(["EXS", "PK4"]), max_size=2))
    born = draw(DATES)
    return PupilResult(draw(UPNS), draw(NAMES), draw(NAMES), parse(born), born, "F", draw(UPNS), tests, ta)


RETURNS = st.lists(pupils(), max_size=5).map(lambda made: Return("9991234", 2026, tuple(made)))
REGISTERS = st.none() | st.lists(expecteds(), max_size=5).map(lambda made: Register(tuple(made)))


def sound(report: Report) -> None:
    """Fail unless every finding is one that a person could be shown."""
    for finding in report.findings:
        assert finding.code in CATALOGUE
        assert finding.message.strip()
        assert finding.message[-1] == "."
        assert finding.fix.strip()
        assert len(finding.message) < 2_000
        assert "" not in (finding.upn, finding.pupil, finding.subject, finding.value)
    assert len(report.ran) + len(report.not_run) == len(set(report.ran) | {code for code, _ in report.not_run})


@given(RETURNS, REGISTERS, st.none() | RETURNS)
@settings(max_examples=250, deadline=None)
def test_no_return_breaks_a_check(return_, register, previous):
    sound(report_on(Given(return_, register=register, previous=previous)))


@given(st.lists(pupil_results(), max_size=4), REGISTERS, st.none() | RETURNS, st.sampled_from([2022, 2024, 2026]))
@settings(max_examples=150, deadline=None)
def test_no_results_break_a_check(made, register, sent, year):
    sound(report_on(Given(Results(year, tuple(made)), register=register, sent=sent)))


def without_place(finding: Finding) -> Finding:
    return replace(finding, line=None, column=None, sheet=None, cell=None)


def told_apart(people: list) -> list:
    """Keep pupils of whom no two share what identifies them: who comes first of two cannot help but matter."""
    kept, seen = [], set()
    for person in people:
        keys = {person.upn, person.former_upn, fold(person.surname + person.forename)} - {""}
        if person.upn and seen.isdisjoint(keys):
            kept.append(person)
            seen |= keys
    return kept


@given(
    st.lists(pupils(), max_size=5).map(told_apart), REGISTERS, st.none() | RETURNS, st.randoms(use_true_random=False)
)
@settings(max_examples=150, deadline=None)
def test_the_order_of_pupils_does_not_matter(made, register, previous, chance):
    shuffled = list(made)
    chance.shuffle(shuffled)
    found = [
        sorted(map(repr, map(without_place, report_on(given_).findings)))
        for given_ in (
            Given(Return("9991234", 2026, tuple(order)), register=register, previous=previous)
            for order in (made, shuffled)
        )
    ]
    assert found[0] == found[1]


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_a_file_with_any_bytes_changed_is_reported(data):
    changed = bytearray(SOUND.encode())
    for _ in range(data.draw(st.integers(1, 6))):
        changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))
    report = report_on(Given(bytes(changed), name=NAME, today=TODAY, previous=SOUND))
    sound(report)
    assert report.file == NAME
