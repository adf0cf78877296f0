"""A report as the page shows it: plain values, put together by fault and by pupil."""

from typing import Any

from keystage.checks.finding import Finding, Severity
from keystage.checks.grouping import OfPupil, Shared, by_fault, by_pupil, is_of_pupil
from keystage.checks.report import Report
from keystage.checks.unrun import unrun_in_words
from keystage.offline.words import WAYS_OUT, for_the_page, verdict_in_words

_HEADINGS = {
    Severity.ERROR: "Errors: these must be put right",
    Severity.QUERY: "Queries: correct them, or confirm them with a note",
    Severity.INFO: "For your information",
}
_MOST = 300
"""No more is shown of one kind, so that a page of twenty thousand pupils can be read; what is saved has all."""
_NUMBERS = "C05"
"""The check that says the expected numbers."""


def shown(report: Report) -> dict[str, Any]:
    """Return what the page shows of a report."""
    return {
        "verdict": str(report.verdict),
        "words": verdict_in_words(report),
        "notes": [*_draft(report), *map(for_the_page, report.notes)],
        "year": report.year,
        "school": report.school,
        "pupils": report.pupils,
        "expected": next((each.message for each in report.findings if each.code == _NUMBERS), None),
        "severities": [_of_severity(report, severity, heading) for severity, heading in _HEADINGS.items()],
        "made": len(report.ran),
        "passed": len(report.passed),
        "unrun": [f"{words}." for words in unrun_in_words(report, WAYS_OUT)],
    }


def _draft(report: Report) -> list[str]:
    return [f"The rules for {report.year} are a draft: nearly all of them are assumed."] if report.is_draft else []


def _of_severity(report: Report, severity: Severity, heading: str) -> dict[str, Any]:
    found = [each for each in report.findings if each.severity is severity and each.code != _NUMBERS]
    of_pupils = [each for each in found if is_of_pupil(each)]
    pupils = by_pupil(of_pupils)
    return {
        "severity": str(severity),
        "heading": heading,
        "count": len(found),
        "file": [_finding(each) for each in found if not is_of_pupil(each)][:_MOST],
        "faults": [_fault(each) for each in by_fault(of_pupils)],
        "pupils": [_pupil(each) for each in pupils[:_MOST]],
        "pupils_left_out": max(0, len(pupils) - _MOST),
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "message": for_the_page(finding.message),
        "fix": for_the_page(finding.fix),
        "allowed": list(finding.allowed),
        "place": finding.place,
    }


def _pupil(each: OfPupil) -> dict[str, Any]:
    return {"who": each.who, "findings": [_finding(finding) for finding in each.findings]}


def _fault(fault: Shared) -> dict[str, Any]:
    first = fault.findings[0]
    same_allowed = all(each.allowed == first.allowed for each in fault.findings)
    return {
        "code": fault.code,
        "summary": fault.summary,
        "pupils": fault.pupils,
        "times": len(fault.findings),
        "fix": for_the_page(fault.fix),
        "allowed": list(first.allowed) if same_allowed else [],
        "each": [
            {
                "upn": finding.upn or "no UPN",
                "message": for_the_page(finding.message),
                "place": finding.place,
                "fix": for_the_page(own),
                "allowed": [] if same_allowed else list(finding.allowed),
            }
            for finding, own in zip(fault.findings[:_MOST], fault.own_fixes, strict=False)
        ],
        "left_out": max(0, len(fault.findings) - _MOST),
    }
