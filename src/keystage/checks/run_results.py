"""Runs the checks on results."""

from keystage.checks.catalogue import CATALOGUE, Need, Stage
from keystage.checks.finding import Finding
from keystage.checks.report import NotRun, Report
from keystage.checks.results import ResultsCase
from keystage.checks.run import finding
from keystage.returns.register import Register
from keystage.returns.results import Results
from keystage.returns.value import Return
from keystage.years.loader import load
from keystage.years.subjects import Test
from keystage.years.year import CollectionYear


def run_results(
    results: Results, *, year: CollectionYear | int, register: Register | None = None, sent: Return | None = None
) -> Report:
    """Run every check that can be run on results.

    Args:
        results: the results.
        year: the collection year they are of.
        register: the expected pupils; without it R01 is not run.
        sent: the return that was sent; without it R06 is not run.
    """
    year = load(year) if isinstance(year, int) else year
    case = ResultsCase(results, year, register, sent)
    lacking = {need for need, met in _needs(case).items() if not met}
    findings: list[Finding] = []
    ran: list[str] = []
    not_run: list[NotRun] = []
    for check in sorted(CATALOGUE.values(), key=lambda check: check.code):
        if check.stage is not Stage.RESULTS:
            continue
        why = next((need for need in check.needs if need in lacking), None)
        if why is None:
            ran.append(check.code)
            findings += [finding(check, hit, year, results.source) for hit in check.find(case)]
        else:
            not_run.append(NotRun(check.code, why.value))
    return Report(
        year.year,
        tuple(findings),
        tuple(ran),
        tuple(not_run),
        school=results.schools[0] if len(results.schools) == 1 else None,
        pupils=len(results.pupils),
        is_draft=year.is_draft,
        partly=tuple(_partly(year)) if "R03" in ran else (),
    )


def _needs(case: ResultsCase) -> dict[Need, bool]:
    return {
        Need.REGISTER: case.register is not None,
        Need.SENT: case.sent is not None,
        Need.TA: case.sent is not None or case.has_ta,
        Need.TA_RETURNED: case.has_ta,
        Need.SCORE_TABLE: bool(case.year.score_tables),
    }


def _partly(year: CollectionYear) -> list[NotRun]:
    found = []
    for test in Test:
        table = year.score_tables.get(test)
        if table is None or not table.is_whole:
            held = "not held" if table is None else "held only in part"
            found.append(NotRun("R03", f"the table of scaled scores for {test} in {year} is {held}"))
    return found
