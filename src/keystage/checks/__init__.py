"""The checks: one catalogue, used at school, at the gateway and by the authority alike."""

from keystage.checks.catalogue import CATALOGUE, Check
from keystage.checks.finding import Finding, Severity
from keystage.checks.report import Report, Verdict
from keystage.checks.run import run

__all__ = ["CATALOGUE", "Check", "Finding", "Report", "Severity", "Verdict", "run"]
