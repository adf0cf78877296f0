"""A class of twelve with results, small enough to be worked out by hand; and years around it."""

from typing import Any

from django.utils import timezone

from keystage.returns.results import PupilResult, TestResult
from keystage.service.accounts.roles import Role
from keystage.service.school.models import Judgement, Pupil, ResultsLoad
from keystage.service.school.models.files import IncomingKind
from keystage.service.school.results import row_of
from keystage.service.school.services.incoming import bring_in
from keystage.service.school.services.returns import open_year
from keystage.years.frozen import Frozen
from keystage.years.subjects import Subject, Test
from service.made import MadeSchool, a_school
from service.seeds import session_of

CLASS = (
    # name, sex, reading, maths, GPS, writing, science, disadvantaged
    ("Ada", "F", 112, 111, 108, "GDS", "EXS", False),
    ("Bea", "F", 110, 105, 100, "EXS", "EXS", False),
    ("Cat", "F", 104, 100, 99, "EXS", "EXS", False),
    ("Dot", "F", 100, 98, 101, "WTS", "EXS", True),
    ("Eve", "F", 95, 100, 100, "EXS", "HNM", True),
    ("Fay", "F", "A", "A", "A", "EXS", "EXS", True),
    ("Gus", "M", 115, 118, 116, "GDS", "EXS", False),
    ("Hal", "M", 103, 104, 105, "GDS", "EXS", False),
    ("Ian", "M", 99, 101, 97, "EXS", "EXS", False),
    ("Jim", "M", "B", "B", "B", "PK5", "HNM", True),
    ("Ken", "M", 101, 96, 100, "WTS", "HNM", True),
    ("Leo", "M", 108, 109, 110, "EXS", "EXS", False),
)
Line = tuple[str, str, int | str, int | str, int | str, str, str, bool]


def of_year(school: MadeSchool, year: int) -> MadeSchool:
    """Return the school in another year, which is opened."""
    opened = open_year(school.organisation, year, by=None)
    return MadeSchool(school.organisation, opened, school.people)


def with_results(
    school: MadeSchool, lines: tuple[Line, ...] = CLASS, *, name: str = "results.csv", by_judgement: int = 6
) -> ResultsLoad:
    """Put a class on the roll and load its results; of the first few the judgements came from the school alone."""
    load = a_load(school, name)
    for place, line in enumerate(lines, start=1):
        pupil = school.pupils.get(line[0]) or school.pupil(
            line[0], "Example", sex=line[1], disadvantaged=line[7], sen="none", expected=None
        )
        ta = {Subject.WRITING: line[5], Subject.SCIENCE: line[6]}
        if place <= by_judgement:
            judge(pupil, ta, school)
            ta = {}
        row_of(a_result(line, ta), load, place, pupil, "UPN").save()
    return load


def a_load(school: MadeSchool, name: str = "results.csv") -> ResultsLoad:
    """Accept a file of results with nobody in it yet."""
    person = school.people[Role.DATA_MANAGER]
    incoming = bring_in(school.school_return, IncomingKind.RESULTS, name, b"UPN\n", by=person)
    serial = school.school_return.results_loads.count() + 1
    return ResultsLoad.objects.create(
        school_return=school.school_return,
        serial=serial,
        incoming=incoming,
        accepted_by=person,
        accepted_at=incoming.at,
    )


def a_result(line: Line, ta: dict[Subject, str]) -> PupilResult:
    """Return what a file says of a pupil: a score with its outcome, or the outcome alone."""
    tests = {test: _test(score) for test, score in zip((Test.READING, Test.MATHS, Test.GPS), line[2:5], strict=True)}
    return PupilResult("", "Example", line[0], None, "", line[1], tests=Frozen(tests), ta=Frozen(ta))


def _test(score: int | str) -> TestResult:
    if isinstance(score, str):
        return TestResult(outcome=score)
    return TestResult(scaled=score, scaled_text=str(score), outcome="AS" if score >= 100 else "NS")


def judge(pupil: Pupil, codes: dict[Subject, str], school: MadeSchool) -> None:
    """Enter judgements."""
    person = school.people[Role.TEACHER]
    for subject, code in codes.items():
        values = {"code": code, "changed_by": person, "changed_at": timezone.now()}
        Judgement.objects.update_or_create(pupil=pupil, subject=subject, defaults=values)


def many(pupils: int) -> tuple[Line, ...]:
    """Return a larger school, made by repeating the class."""
    times = (pupils + len(CLASS) - 1) // len(CLASS)
    return tuple((f"{line[0]}{turn}", *line[1:]) for turn in range(times) for line in CLASS)[:pupils]


def states() -> dict[str, Any]:
    """Make schools in every state, and return their addresses and a session of somebody in each."""
    made = {}
    for number, name in enumerate(("empty", "provisional", "one", "class", "big"), start=2001):
        school = a_school(number=f"999{number}", name=f"{name.title()} Bridge Primary School", register=False)
        base = _fill(school, name)
        made[name] = {"path": f"{base}summary/", "session": session_of(school.people[Role.DATA_MANAGER])}
    return made


def _fill(school: MadeSchool, name: str) -> str:
    if name == "provisional":
        for line in CLASS:
            pupil = school.pupil(line[0], "Example", sex=line[1], disadvantaged=line[7], expected=None)
            judge(pupil, {Subject.WRITING: line[5], Subject.SCIENCE: line[6]}, school)
    if name == "one":
        with_results(school, CLASS[:1])
    if name in ("class", "big"):
        shown = of_year(school, 2025)
        with_results(shown, CLASS if name == "class" else many(240), name="KS2_results_2025.csv")
        for year, left_out in ((2024, 2), (2023, 4), (2022, 7)):
            with_results(of_year(school, year), CLASS[:-left_out] if name == "class" else many(240 - left_out))
        return shown.base
    return school.base
