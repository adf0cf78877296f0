"""``make bench``: reports for parents of a school and of many, beside as many plain letters with results."""

import argparse
import os
import resource
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, date, datetime
from itertools import count
from multiprocessing import get_context
from random import Random

from benchmarks.measure import against, table
from benchmarks.run import peak_memory
from keystage import years
from keystage.papers.frame import Frame
from keystage.papers.parent_report import Comparator, ParentReport, ReportsPaper, ReportText, parent_reports
from keystage.papers.results_letter import LetterPaper, results_letters
from keystage.returns.results import PupilResult, TestResult
from keystage.years import Subject, Test

AIM_SCHOOL, AIM_MANY = 3, 300
"""Seconds: 60 reports; 10,000 on two cores."""
SCHOOL, MANY, JOBS = 60, 10_000, 2
MADE = datetime(2026, 7, 17, 9, 0, tzinfo=UTC)
WORDS = (
    "reads writes calmly with growing care and asks good questions about science history music maths and the garden "
    "where each week the class has measured drawn planted and told the younger pupils what it found"
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=MANY, help="how many reports of many schools")
    parser.add_argument("--seconds", type=float, default=20.0)
    options = parser.parse_args()
    one_school(options.seconds)
    many_schools(options.reports)


def one_school(seconds: float) -> None:
    # Another school each time: the typesetter remembers what it set.
    number = count(1)
    runs: dict[str, Callable[[], object]] = {
        f"{SCHOOL} reports": lambda: parent_reports(a_school(next(number))),
        "240 reports": lambda: parent_reports(a_school(next(number), pupils=240)),
        "one report": lambda: parent_reports(a_school(next(number), pupils=1)),
    }
    plain = lambda: letters(a_school(next(number)))  # noqa: E731
    timed = against(plain, runs, seconds, called=f"{SCHOOL} letters with results")
    rows = [(each.name, f"{each.seconds:.3f}", f"{each.ratio:.2f}") for each in timed]
    table(f"Reports for parents of a school (aim: {SCHOOL} in {AIM_SCHOOL} s)", ("", "seconds", "times"), rows)


def many_schools(reports: int) -> None:
    schools = -(-reports // SCHOOL)
    plain, plain_work, _size, plain_memory = spread(letters_of, schools)
    taken, work, size, memory = spread(reports_of, schools)
    pupils = f"{schools * SCHOOL:,}"
    rows = [
        (f"{pupils} letters with results", f"{plain:.1f}", f"{plain_work:.1f}", "1.00", f"{plain_memory:.0f}"),
        (
            f"{pupils} reports, {size / 1e6:.0f} MB",
            f"{taken:.1f}",
            f"{work:.1f}",
            f"{work / plain_work:.2f}",
            f"{memory:.0f}",
        ),
    ]
    heading = (
        f"Reports of {schools} schools, {JOBS} processes of {os.cpu_count()} cores (aim: {MANY:,} in {AIM_MANY} s)"
    )
    table(heading, ("", "seconds", "of work", "times", "largest process, MB"), rows)


def spread(run: Callable[[int], tuple[int, float]], schools: int) -> tuple[float, float, int, float]:
    """Do each school in one of a few processes. Return seconds, those of work in all, bytes, and the most memory."""
    begin, worked = time.perf_counter(), _worked()
    # Begun anew and not forked: the typesetter has threads, which a fork would leave waiting for ever.
    with ProcessPoolExecutor(JOBS, mp_context=get_context("spawn")) as pool:
        made = list(pool.map(run, range(schools)))
    sizes, memory = zip(*made, strict=True)
    return time.perf_counter() - begin, _worked() - worked, sum(sizes), max(memory)


def _worked() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def reports_of(school: int) -> tuple[int, float]:
    return len(parent_reports(a_school(school))), peak_memory(os.getpid())


def letters_of(school: int) -> tuple[int, float]:
    return len(letters(a_school(school))), peak_memory(os.getpid())


def letters(school: ReportsPaper) -> bytes:
    return results_letters(LetterPaper(school.frame, [each.result for each in school.reports if each.result]))


def a_school(number: int, pupils: int = SCHOOL) -> ReportsPaper:
    """Return a made-up school whose pupils differ in everything, also in what is written of them."""
    random = Random(number)
    return ReportsPaper(
        Frame(f"Benchmark Primary School {number}", f"999{number:04}", years.load(2026), "", 0, MADE),
        list(some_reports(random, pupils)),
        dict(some_figures(random)),
        arrangements="Ring the office to talk with the class teacher, before the end of term.",
        head_name="Mx R Madeup, headteacher",
        head_words="We wish every pupil of this year group well at secondary school.",
    )


def some_figures(random: Random) -> Iterator[tuple[str, Comparator]]:
    for key in ("reading", "writing", "gps", "maths", "science", "rwm"):
        met = random.randint(0, SCHOOL)
        yield f"{key}.expected", Comparator(f"{met} of {SCHOOL} pupils ({100 * met / SCHOOL:.0f}%)", f"{met}%")
        if key in list(Test):
            yield f"{key}.average", Comparator(f"{random.uniform(95, 110):.1f}", f"{random.uniform(100, 106):.0f}")


def some_reports(random: Random, pupils: int) -> Iterator[ParentReport]:
    for at in range(pupils):
        upn, surname, forename = (
            f"B9999999{random.randrange(10**5):05}",
            f"Surname{at}",
            f"Forename{random.random():.4f}",
        )
        born = date(2015, random.randint(1, 8), random.randint(1, 28))
        tests = {test: a_test(random) for test in Test}
        yield ParentReport(
            PupilResult(upn, surname, forename, born, "", "F", tests=tests),
            f"{forename} {surname}",
            f"6{random.choice('ABC')}",
            born,
            upn,
            {
                Subject.WRITING: random.choice(("WTS", "EXS", "GDS", "PK5")),
                Subject.SCIENCE: random.choice(("EXS", "HNM")),
            },
            text=ReportText(
                some_words(random, 70), some_words(random, 70), "", "", {}, 380, random.randint(300, 380), 2
            ),
        )


def a_test(random: Random) -> TestResult:
    scaled = random.randint(80, 120)
    return TestResult(raw=random.randint(3, 50), scaled=scaled, outcome="AS" if scaled >= 100 else "NS")


def some_words(random: Random, count: int) -> str:
    return " ".join(random.choices(WORDS.split(), k=count)).capitalize() + "."


if __name__ == "__main__":
    main()
