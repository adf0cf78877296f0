"""Runs the checks on a return from anywhere: a file, a spreadsheet, a school's own records."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime

from keystage.checks import (  # noqa: F401 - each registers its checks, in this order
    cohort,
    combinations,
    file,
    header,
    identity,
    judgements,
    registration,
    resubmission,
    results,
    rows,
    signing,
    upn,
)
from keystage.checks.case import Case, Destination
from keystage.checks.catalogue import CATALOGUE, Check, Hit, Need, Stage, fill, shown
from keystage.checks.finding import Finding
from keystage.checks.live import FIXES
from keystage.checks.london import london_date
from keystage.checks.report import NotRun, Report
from keystage.returns.refused import FileRefused
from keystage.returns.register import Register
from keystage.returns.signing import Signatures
from keystage.returns.source import NOWHERE, Place, Source
from keystage.returns.value import Return
from keystage.years.loader import load
from keystage.years.year import CollectionYear

_READING = ("F01", "F02", "F03", "F04", "F08")
"""The checks that reading a file makes; if one of them fails there is nothing for the others to look at."""

_LONGEST_VALUE = 80
"""Characters of a value that a message shows: what is longer is no code, number or date, and the place is said."""

_RETURN_STAGES = (
    *(Stage.FILE, Stage.HEADER, Stage.PUPILS, Stage.JUDGEMENTS, Stage.COHORT, Stage.RESUBMISSION),
    Stage.SIGN_OFF,
)


def run(
    return_: Return,
    *,
    year: CollectionYear | int,
    register: Register | None = None,
    previous: Return | None = None,
    today: date | None = None,
    destination: Destination = "gateway",
    sender: str = "",
    twin: str = "",
    signatures: Signatures | None = None,
) -> Report:
    """Run every check that can be run on a return.

    Args:
        return_: the return.
        year: the collection year it is checked for.
        register: the pupils who are expected; without it the cohort checks are not run.
        previous: the return that was sent before; without it the resubmission checks are not run.
        today: the date that counts as today; by default that of now in London.
        destination: where a file must be addressed to.
        sender: the seven figures of the school that sends it, where known from elsewhere.
        twin: another file in the same zip that is of the same school.
        signatures: who signed what, with the class of each pupil of the return; without it the sign-off is not checked.

    Raises:
        YearUnknown: the year is given as a number and no such year is held.
    """
    year = load(year) if isinstance(year, int) else year
    today = today or london_date(datetime.now(UTC))
    case = Case(return_, year, today, register, previous, destination, sender, twin, signatures=signatures)
    lacking = {need for need, is_met in _NEEDS.items() if not is_met(case)}
    findings: list[Finding] = []
    ran: list[str] = []
    not_run: list[NotRun] = []
    for check in return_checks():
        if lacking.isdisjoint(check.needs):
            ran.append(check.code)
            findings.extend(finding(check, hit, year, return_.source) for hit in check.find(case))
        else:
            why = next(need for need in check.needs if need in lacking)
            not_run.append(NotRun(check.code, why.value))
    return Report(
        year.year,
        tuple(findings),
        tuple(ran),
        tuple(not_run),
        school=return_.school or None,
        pupils=len(return_.pupils),
        is_draft=year.is_draft,
        supplier=shown(case.ctf.header.supplier.strip(), _LONGEST_VALUE) if case.ctf else "",
    )


def sign_off(return_: Return, *, year: CollectionYear, signatures: Signatures) -> tuple[Finding, ...]:
    """Run the checks of the sign-off alone: who has not signed, and what was changed since somebody did."""
    case = Case(return_, year, date.min, signatures=signatures)
    checks = (check for check in return_checks() if check.stage is Stage.SIGN_OFF)
    return tuple(finding(check, hit, year, return_.source) for check in checks for hit in check.find(case))


def refusal(refused: FileRefused, year: CollectionYear) -> Report:
    """Return the report on a file that could not be read."""
    empty = Return("", year.year, ())
    case = Case(empty, year, date.min, refused=refused)
    check = CATALOGUE[refused.code]
    place = Place(refused.line, refused.column)
    findings = tuple(finding(check, hit, year, None, place) for hit in check.find(case))
    others = (other.code for other in return_checks() if other is not check)
    return Report(
        None,
        findings,
        (check.code,),
        tuple(NotRun(code, "the file could not be read") for code in others),
        unreadable=True,
    )


def return_checks() -> tuple[Check, ...]:
    """Return the checks on a return, in the order of the catalogue; those on results stand apart."""
    return _RETURN_CHECKS


_RETURN_CHECKS = tuple(
    sorted(
        (check for check in CATALOGUE.values() if check.stage in _RETURN_STAGES),
        key=lambda check: (_RETURN_STAGES.index(check.stage), check.code),
    )
)

_NEEDS: Mapping[Need, Callable[[Case], bool]] = {
    Need.FILE: lambda case: case.return_.source is not None or case.refused is not None,
    Need.CTF: lambda case: case.ctf is not None,
    Need.SHEET: lambda case: case.sheet is not None,
    Need.NAMED_FILE: lambda case: case.ctf is None or bool(case.ctf.name),
    Need.DESTINATION: lambda case: case.destination != "any",
    Need.TEACHER_ASSESSMENT: lambda case: case.has_teacher_assessment,
    Need.BIRTH_DATES: lambda case: case.has("birth_date"),
    Need.SEXES: lambda case: case.has("sex"),
    Need.REGISTER: lambda case: case.register is not None,
    Need.PREVIOUS: lambda case: case.previous is not None,
    Need.RECORDS: lambda case: case.return_.source is None or case.signatures is not None,
    Need.SIGNATURES: lambda case: case.signatures is not None,
    Need.TWO_CTFS: lambda case: case.ctf is not None and case.previous_is_ctf,
}


def finding(check: Check, hit: Hit, year: CollectionYear, source: Source | None, place: Place = NOWHERE) -> Finding:
    """Turn what a check yields into a finding: with its place, its words and its way out."""
    if hit.place is not None:
        place = hit.place
    elif hit.at is not None and source is not None:
        place = source.place(hit.at, hit.field)
    words = {
        "who": shown(hit.who, 2 * _LONGEST_VALUE),
        "value": shown(hit.value or "nothing", _LONGEST_VALUE),
        "subject": hit.subject,
        "year": year.year,
        **{name: shown(word) if isinstance(word, str) else word for name, word in hit.words.items()},
    }
    return Finding(
        check.code,
        check.slug,
        check.severity,
        hit.upn or None,
        hit.pupil or None,
        str(hit.subject) if hit.subject else None,
        hit.value or None,
        place.line,
        place.column,
        place.sheet,
        place.cell,
        fill(check.message, words),
        hit.allowed,
        fill(_fix(check, source), words),
    )


def _fix(check: Check, source: Source | None) -> str:
    """Return the fix for a file, or for a school's own records."""
    return check.fix if source is not None else FIXES.get(check.code, check.fix)
