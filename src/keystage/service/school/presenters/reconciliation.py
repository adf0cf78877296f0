"""The page where results are set beside the records: what the checks say by check, and everybody's results."""

from dataclasses import dataclass

from django.urls import reverse

from keystage.checks.finding import Severity
from keystage.pupils.names import fold
from keystage.service.school.findings import Found, locate
from keystage.service.school.presenters.findings import Group, Item, groups
from keystage.service.school.presenters.results import TestCell, test_cells
from keystage.service.school.services.incoming_results_matching import ResultLine
from keystage.service.school.services.incoming_results_plan import ResultsPlan
from keystage.service.school.views.visiting import YearVisit


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """What the page shows besides the plan."""

    errors: tuple[Group, ...]
    queries: tuple[Group, ...]
    rows: tuple[tuple[ResultLine, tuple[TestCell, ...]], ...]
    not_run: tuple[str, ...]
    """Why checks were not run, or could not look at everything."""


def reconciliation(plan: ResultsPlan, at: YearVisit) -> Reconciliation:
    """Return what the page shows of a plan. No query."""
    found = locate(plan.findings, [line.own for line in plan.matched if line.own], at.records.pupils)
    return Reconciliation(
        groups((each for each in found if each.is_error), lambda each: _item(each, at)),
        groups((each for each in found if each.finding.severity is Severity.QUERY), lambda each: _item(each, at)),
        tuple((line, test_cells(line.result, at.records.year)) for line in sorted(plan.lines, key=_by_name)),
        tuple(dict.fromkeys(each.why for each in (*plan.report.not_run, *plan.report.partly))),
    )


def _by_name(line: ResultLine) -> str:
    return fold(line.own.name if line.own else line.name)


def _item(found: Found, at: YearVisit) -> Item:
    finding = found.finding
    where = {"organisation": at.school.key, "year": at.school_return.year}
    href = reverse("school:pupil", kwargs={**where, "key": found.pupil.key}) if found.pupil else ""
    return Item(finding.pupil or finding.upn or "", finding.message, href, found.hash, is_mine=True)
