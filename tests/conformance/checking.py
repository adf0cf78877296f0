"""Checks a case as the command line would, in this process."""

from collections import Counter
from datetime import date
from pathlib import PurePath

from keystage.checks.files import Options, check_content, read_return
from keystage.checks.report import Report
from keystage.checks.run_results import run_results
from keystage.conformance.case import Case
from keystage.sheets import read_register, read_results
from keystage.years import load


def report_on(case: Case) -> Report:
    """Check the file of a case with what belongs to it."""
    year = load(case.year)
    register = read_register(case.files[case.register], year, name=case.register) if case.register else None
    if case.task == "results":
        results = read_results(case.files[case.file], year, name=case.file)
        return run_results(results, year=year, register=register, sent=earlier(case, case.sent))
    options = Options(
        year=case.year, register=register, previous=earlier(case, case.previous), today=date.fromisoformat(case.today)
    )
    return check_content(case.files[case.file], case.file, options)


def earlier(case, name):
    if name is None:
        return None
    return read_return(case.files[name], PurePath(name).name, Options(year=case.year))[0]


def found_in(report: Report) -> Counter:
    """Return what identifies each finding of a report, its severity with it."""
    return Counter(
        (each.code, str(each.severity), each.upn, each.subject, each.line, each.sheet, each.cell)
        for each in report.findings
    )


def expected_of(case: Case) -> Counter:
    """Return the same of what a case says must be found."""
    return Counter(
        (each["code"], each["severity"], each["upn"], each["subject"], each["line"], each["sheet"], each["cell"])
        for each in case.findings
    )
