"""Small made-up things to check: pupils, returns, registers, results, and a sound file in which one thing is changed.

The file is ``sound.xml``, so that a line can be looked up there. Ada is on lines 21 to 54: writing EXS on line 38,
science EXS on line 49. Ben is on lines 55 to 110: reading PK4 on line 72, writing PK5 on line 83, maths PK3 on line 94,
science HNM on line 105.
"""

from datetime import date
from pathlib import Path

from keystage.pupils.birthdays import parse
from keystage.returns.judgement import judgement
from keystage.returns.register import Expected, Register
from keystage.returns.results import PupilResult, Results, TestResult, mark
from keystage.returns.value import Pupil, Return
from keystage.years import Subject, Test, load
from keystage.years.registration import PupilStatus, TestStatus

YEAR = load(2026)
TODAY = date(2026, 6, 20)
"""The day on which everything is checked, unless a case says another: two days after the file was made."""
NAME = "9991234_KS2_NAALLLL_001.xml"
SOUND = (Path(__file__).parent / "sound.xml").read_text("utf-8")

ADA = ("P999999919001", "Example", "Ada", "2015-03-09", "F")
BEN = ("D999999919002", "Sample", "Ben", "2014-11-30", "M")
CAI = ("T999999919003", "Specimen", "Cai", "2015-08-31", "M")
DEE = ("G999999919004", "Pattern", "Dee", "2014-09-01", "F")
Who = tuple[str, str, str, str, str]


def ctf(*changes: tuple[int, str, str], gone: tuple[int, int] | None = None) -> str:
    """Return the sound file with texts on some lines replaced, or with some lines blank: no line changes its number."""
    lines = SOUND.split("\n")
    for number, old, new in changes:
        assert lines[number - 1].count(old) == 1, f"line {number} is {lines[number - 1]!r}: the case has lost its grip"
        lines[number - 1] = lines[number - 1].replace(old, new)
    if gone:
        lines[gone[0] - 1 : gone[1]] = [""] * (gone[1] - gone[0] + 1)
    return "\n".join(lines)


def with_row(line: int, *parts: str, year: str = "2026", stage: str = "") -> tuple[int, str, str]:
    """Put a row of subject, method, component, qualifier and result on the line where another row ends.

    A row of another stage stands in a key stage of its own, so its line must be where a key stage ends.
    """
    subject, method, component, qualifier, result = parts
    row = (
        f"<StageAssessment><Locale>ENG</Locale><Year>{year}</Year><Subject>{subject}</Subject><Method>{method}</Method>"
        f"<Component>{component}</Component><ResultStatus>R</ResultStatus><ResultQualifier>{qualifier}"
        f"</ResultQualifier><Result>{result}</Result></StageAssessment>"
    )
    if stage:
        return line, "</KeyStage>", f"</KeyStage><KeyStage><Stage>{stage}</Stage>{row}</KeyStage>"
    return line, "</StageAssessment>", f"</StageAssessment>{row}"


def pupil(
    who: Who = ADA,
    *,
    upn: str | None = None,
    surname: str | None = None,
    forename: str | None = None,
    born: str | None = None,
    sex: str | None = None,
    former_upn: str = "",
    **codes: str | tuple[str, ...],
) -> Pupil:
    """Return a pupil with EXS in writing and science, unless a case says otherwise; several codes make several rows."""
    given = {"writing": "EXS", "science": "EXS", **codes}
    texts = (upn, surname, forename, born, sex)
    upn, surname, forename, born, sex = (there if new is None else new for new, there in zip(texts, who, strict=True))
    each = ((Subject(name), code) for name, found in given.items() for code in _several(found))
    judgements = tuple(judgement(subject, code, year="2026") for subject, code in each)
    return Pupil(upn, surname, forename, parse(born), born, sex, former_upn, judgements)


def _several(codes: str | tuple[str, ...]) -> tuple[str, ...]:
    return codes if isinstance(codes, tuple) else (codes,) if codes else ()


def a_return(*pupils: Pupil, school: str = "9991234") -> Return:
    """Return a return that comes from a school's own records: without a file."""
    return Return(school, 2026, pupils)


def expected(who: Who = ADA, *, former_upn: str = "", status: str = "registered", **more: str) -> Expected:
    """Return a pupil on the register, sitting every test unless a case says otherwise."""
    upn, surname, forename, born, sex = who
    tests = {test: TestStatus(more.get(test, "registered")) for test in ("reading", "maths", "gps")}
    return Expected(
        upn,
        more.get("surname", surname),
        more.get("forename", forename),
        parse(more.get("born", born)),
        more.get("sex", sex),
        former_upn,
        status=PupilStatus(status),
        date_left=parse(more.get("date_left", "")),
        moderated_writing=more.get("moderated", ""),
        **tests,
    )


def register(*pupils: Expected) -> Register:
    """Return a register."""
    return Register(pupils)


def result(who: Who = ADA, *, ta: dict[str, str] | None = None, former_upn: str = "", **tests: tuple) -> PupilResult:
    """Return a pupil's results: each test as raw mark, scaled score and outcome, as they would be typed."""
    upn, surname, forename, born, sex = who
    held = {Test(name): _test(*(str(part) for part in parts)) for name, parts in tests.items()}
    returned = {Subject(name): code for name, code in (ta or {}).items()}
    return PupilResult(upn, surname, forename, parse(born), born, sex, former_upn, held, returned)


def _test(raw: str, scaled: str, outcome: str) -> TestResult:
    return TestResult(mark(raw), mark(scaled), outcome, raw_text=raw, scaled_text=scaled)


def some_results(*pupils: PupilResult, year: int = 2026) -> Results:
    """Return results that come from nowhere in particular."""
    return Results(year, pupils)
