"""The report on one return: what was found, which checks ran and passed, and which could not run and why."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import Any, NamedTuple

from keystage.checks.finding import Finding, Severity


class Verdict(StrEnum):
    """The report in a word."""

    ERRORS = "errors"
    QUERIES = "queries"
    CLEAN = "clean"
    UNREADABLE = "unreadable"


class NotRun(NamedTuple):
    """A check that was not run, and why."""

    code: str
    why: str


@dataclass(frozen=True)
class Report:
    """What the checks say of one return. The fields are those of the JSON that ``keystage check`` prints."""

    year: int | None
    """The collection year it was checked for."""
    findings: tuple[Finding, ...]
    """Every finding by itself, in the order of the catalogue."""
    ran: tuple[str, ...]
    not_run: tuple[NotRun, ...]
    school: str | None = None
    pupils: int | None = None
    file: str | None = None
    sha256: str | None = None
    is_draft: bool = False
    """Whether the year's data is a draft."""
    notes: tuple[str, ...] = ()
    """What a reader should know of how the report came about."""
    unreadable: bool = False
    partly: tuple[NotRun, ...] = field(default=())
    """Checks that ran and could not look at everything, and why."""
    supplier: str = ""
    """The system that the file says it was made by."""

    @cached_property
    def counts(self) -> Counter[Severity]:
        """How many findings there are of each severity."""
        return Counter(finding.severity for finding in self.findings)

    @property
    def errors(self) -> int:
        """The number of errors."""
        return self.counts[Severity.ERROR]

    @property
    def queries(self) -> int:
        """The number of queries."""
        return self.counts[Severity.QUERY]

    @property
    def infos(self) -> int:
        """The number of things said that block nothing."""
        return self.counts[Severity.INFO]

    @property
    def verdict(self) -> Verdict:
        """The report in a word: the worst that was found."""
        if self.unreadable:
            return Verdict.UNREADABLE
        if self.errors:
            return Verdict.ERRORS
        return Verdict.QUERIES if self.queries else Verdict.CLEAN

    @cached_property
    def failed(self) -> frozenset[str]:
        """The codes of the checks with at least one error or query."""
        return frozenset(finding.code for finding in self.findings if finding.severity is not Severity.INFO)

    @property
    def passed(self) -> tuple[str, ...]:
        """The codes of the checks that ran and found no error and no query."""
        return tuple(code for code in self.ran if code not in self.failed)

    def named(self, file: str, sha256: str | None, *notes: str) -> "Report":
        """Return the report with the name of the file it is about, and its content hash where it was read."""
        return replace(self, file=file, sha256=sha256, notes=(*self.notes, *notes))

    def as_dict(self) -> dict[str, Any]:
        """Return the report as plain values for JSON."""
        return {
            "file": self.file,
            "sha256": self.sha256,
            "school": self.school,
            "year": self.year,
            "draft": self.is_draft,
            "pupils": self.pupils,
            "verdict": str(self.verdict),
            "supplier": self.supplier or None,
            "checks": {
                "run": len(self.ran),
                "passed": len(self.passed),
                "failed": len(self.failed),
                "not_run": [each._asdict() for each in self.not_run],
                "partly": [each._asdict() for each in self.partly],
            },
            "findings": [finding.as_dict() for finding in self.findings],
            "notes": list(self.notes),
        }


def report_from(values: Mapping[str, Any]) -> Report:
    """Return a report from the plain values of :meth:`Report.as_dict`.

    Those count the checks that ran and do not name them: ``ran`` is empty.
    """
    checks = values["checks"]
    return Report(
        values["year"],
        tuple(
            Finding(**{**each, "severity": Severity(each["severity"]), "allowed": tuple(each["allowed"])})
            for each in values["findings"]
        ),
        (),
        tuple(NotRun(**each) for each in checks["not_run"]),
        values["school"],
        values["pupils"],
        values["file"],
        values["sha256"],
        values["draft"],
        tuple(values["notes"]),
        values["verdict"] == Verdict.UNREADABLE,
        tuple(NotRun(**each) for each in checks["partly"]),
        values.get("supplier") or "",
    )
