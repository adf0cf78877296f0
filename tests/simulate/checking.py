"""Checks a made-up school as the command line would, and puts what was found beside what the manifest lists."""

from collections import Counter
from dataclasses import dataclass

from keystage.checks.files import Options, check_content, read_return
from keystage.checks.report import Report
from keystage.checks.run_results import run_results
from keystage.returns.refused import FileRefused
from keystage.sheets import read_register, read_results
from keystage.simulate import MadeSchool, today
from keystage.simulate.expect import Entry
from keystage.years import CollectionYear

NUMBERS = "C05"
Keys = Counter[tuple[str, str, str | None, str | None, int | None]]


@dataclass(frozen=True)
class Compared:
    """What was found and what was to be found, in a file and in its results."""

    found: Keys
    listed: Keys
    report: Report

    @property
    def difference(self) -> dict[str, list[object]]:
        """What was found and not listed, and what was listed and not found."""
        sides = {"not listed": self.found - self.listed, "not found": self.listed - self.found}
        return {side: list(keys.elements()) for side, keys in sides.items() if keys}


def compare(made: MadeSchool, year: CollectionYear) -> Compared:
    """Check the file of a made-up school against its register, and the file sent before where there is one."""
    register = read_register(made.register_csv.encode(), year, name="register.csv")
    options = Options(register=register, today=today(year))
    if made.previous:
        previous = read_return(made.previous, made.previous_name, Options())[0]
        options = Options(register=register, today=today(year), previous=previous)
    report = check_content(made.file, made.file_name, options)
    return Compared(keys(report), listed([*made.faults, *made.also]), report)


def compare_results(made: MadeSchool, year: CollectionYear) -> Compared:
    """Check the results of a made-up school against its register and its return."""
    register = read_register(made.register_csv.encode(), year, name="register.csv")
    results = read_results(made.results_csv.encode(), year, name="results.csv")
    try:
        sent = read_return(made.file, made.file_name, Options())[0]
    except FileRefused:
        sent = None
    report = run_results(results, year=year, register=register, sent=sent)
    return Compared(keys(report), listed(made.results_faults), report)


def keys(report: Report) -> Keys:
    """Return what identifies each finding."""
    return Counter(
        (found.code, str(found.severity), found.upn or None, found.subject, found.line)
        for found in report.findings
        if found.code != NUMBERS
    )


def listed(entries: list[Entry]) -> Keys:
    """Return what identifies each entry of a manifest."""
    return Counter((e["code"], e["severity"], e["upn"], e["subject"], e["line"]) for e in entries)
