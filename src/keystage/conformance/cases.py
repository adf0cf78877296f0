"""Every case of the pack, and what has none."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from keystage.checks import CATALOGUE
from keystage.checks.catalogue import Stage
from keystage.conformance.case import Case
from keystage.conformance.faulty import faulty
from keystage.conformance.good import good
from keystage.conformance.resent import resent
from keystage.conformance.returned import returned
from keystage.conformance.sheets import in_workbooks
from keystage.years import CollectionYear, Test, held, load

IN_NO_FILE: Mapping[str, str] = MappingProxyType(
    {
        "S01": "No file shows who has signed: signatures are in the school's own records.",
        "S02": "No file shows what was changed since somebody signed: that is in the school's own records.",
    }
)
"""The checks that no case can show, and why."""


def cases(years: Iterable[int] | None = None) -> Iterator[Case]:
    """Yield every case of some years, by default of all that are held; always the same ones."""
    for year in sorted(held() if years is None else years):
        yield from cases_of(load(year))


def cases_of(year: CollectionYear) -> Iterator[Case]:
    """Yield the cases of a year: the good ones first."""
    yield from good(year)
    yield from faulty(year)
    yield from resent(year)
    yield from returned(year)
    yield from in_workbooks(year)


def without_case(year: CollectionYear) -> dict[str, str]:
    """Return the checks that no case of a year shows, and why."""
    found = dict(IN_NO_FILE)
    if not any(test in year.score_tables for test in Test):
        found["R03"] = f"The tables of scaled scores for {year.year} are not held, so nothing can disagree with them."
    return found


def is_shown_by(code: str, case: Case) -> bool:
    """Say whether a case fires a check: it must be found in it."""
    return any(each["code"] == code for each in case.findings)


def is_passed_by(code: str, case: Case) -> bool:
    """Say whether a case has all that a check looks at, and the check must not fire in it."""
    stage = CATALOGUE[code].stage
    is_results = stage is Stage.RESULTS
    needs = {Stage.COHORT: case.register, Stage.RESUBMISSION: case.previous}
    has_all = case.task == ("results" if is_results else "check") and needs.get(stage, "nothing") is not None
    return has_all and not is_shown_by(code, case)
