"""Cases of the catalogue: ``@fires("P02", line=22)`` and ``@passes("P02")`` over a function that says what is given.

A case is a test of its own, and is listed here too, so that ``test_catalogue.py`` can see that every check has both.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import wraps
from pathlib import PurePath
from typing import Any

from checks.build import NAME, TODAY, YEAR
from keystage.checks.files import Options, check_content, read_return
from keystage.checks.finding import Finding
from keystage.checks.report import Report
from keystage.checks.run import run
from keystage.checks.run_results import run_results
from keystage.returns.register import Register
from keystage.returns.results import Results
from keystage.returns.signing import Signatures
from keystage.returns.value import Return
from keystage.years import load


@dataclass(frozen=True)
class Given:
    """What is checked, and with what beside it. A file is given by its text or its bytes."""

    what: Return | Results | str | bytes
    name: str = NAME
    register: Register | None = None
    previous: Return | str | None = None
    sent: Return | None = None
    today: date = TODAY
    destination: Any = "gateway"
    sender: str = ""
    twin: str = ""
    signatures: Signatures | None = None
    year: int | None = None
    options: dict[str, Any] = field(default_factory=dict)


def report_on(given: Given | Return | Results | str | bytes) -> Report:
    """Run the checks, by the way that is used for what is given: a file's bytes, a return, or results."""
    if not isinstance(given, Given):
        given = Given(given)
    if isinstance(given.what, Results):
        return run_results(given.what, year=given.what.year, register=given.register, sent=given.sent)
    previous = _previous(given.previous)
    if isinstance(given.what, Return):
        return run(
            given.what,
            year=load(given.year or given.what.year),
            register=given.register,
            previous=previous,
            today=given.today,
            destination=given.destination,
            sender=given.sender,
            twin=given.twin,
            signatures=given.signatures,
        )
    content = given.what.encode() if isinstance(given.what, str) else given.what
    options = Options(
        year=given.year,
        register=given.register,
        previous=previous,
        destination=given.destination,
        today=given.today,
        school=given.sender,
        **given.options,
    )
    return check_content(content, given.name, options, twin=given.twin)


def _previous(given: Return | str | None) -> Return | None:
    return read_return(given.encode(), NAME, Options(year=YEAR.year))[0] if isinstance(given, str) else given


Case = Callable[[], Any]


@dataclass(frozen=True)
class Listed:
    """A case as it is listed: its check, whether it fires, where it is written, and what it gives."""

    code: str
    has_finding: bool
    module: str
    name: str
    given: Case = field(compare=False, repr=False)


_LISTED: dict[tuple[str, bool, str, str], Listed] = {}


def listed() -> tuple[Listed, ...]:
    """Return every case of the modules that were imported."""
    return tuple(_LISTED.values())


def _case(code: str, has_finding: bool, look: Callable[[Report], None]) -> Callable[[Case], Case]:
    def decorate(function: Any) -> Any:
        given = getattr(function, "given", function)
        key = (code, has_finding, PurePath(given.__code__.co_filename).stem, given.__name__)
        _LISTED[key] = Listed(*key, given)

        @wraps(function)
        def test() -> None:
            if given is not function:
                function()  # a case of several checks
            look(report_on(given()))

        test.given = given  # type: ignore[attr-defined]
        return test

    return decorate


def fires(code: str, *, times: int = 1, **found: Any) -> Callable[[Case], Case]:
    """Expect so many findings of a check, the first of them with these values; ``says`` is a part of its message."""

    def look(report: Report) -> None:
        findings = [finding for finding in report.findings if finding.code == code]
        assert len(findings) == times, f"{code} fired {len(findings)} times: {report.findings}"
        for name, value in found.items():
            _compare(findings[0], name, value)

    return _case(code, True, look)


def _compare(finding: Finding, name: str, value: Any) -> None:
    if name == "says":
        assert value in finding.message
    elif name == "advises":
        assert value in finding.fix
    else:
        assert getattr(finding, name) == value, f"{name} of {finding}"


def passes(code: str, *, ran: bool = True) -> Callable[[Case], Case]:
    """Expect that a check was run (or, where it can only fire, that it was not) and found nothing."""

    def look(report: Report) -> None:
        assert (code in report.ran) is ran, f"{code} was {'not ' if ran else ''}run: {report.not_run}"
        assert [finding for finding in report.findings if finding.code == code] == []

    return _case(code, False, look)
