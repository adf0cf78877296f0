"""What the checks found in a file, as somebody sees it who did not send it: a line a kind, with whom it is about."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from keystage.checks.catalogue import CATALOGUE

_SEVERITIES = ("error", "query", "info")
_NAMED = 3
_WORDS = {"error": "Error", "query": "Query", "info": "Information"}


@dataclass(slots=True)
class Kind:
    """One kind of finding in a file."""

    code: str
    severity: str
    summary: str
    message: str
    """What the first of them says."""
    fix: str
    count: int = 0
    pupils: list[str] = field(default_factory=list)

    @property
    def severity_words(self) -> str:
        """The severity on a page."""
        return _WORDS[self.severity]

    @property
    def about(self) -> str:
        """Whom it is about: some names, and how many more."""
        if not self.pupils:
            return "The file as a whole"
        named = "; ".join(self.pupils[:_NAMED])
        more = len(self.pupils) - _NAMED
        return f"{named}; and {more:,} more" if more > 0 else named


def kinds_in(report: Mapping[str, Any]) -> list[Kind]:
    """Return what a report says, one line a kind, errors first."""
    found: dict[tuple[str, str], Kind] = {}
    for each in report.get("findings", ()):
        kind = found.setdefault((each["severity"], each["code"]), _kind(each))
        kind.count += 1
        name = each["pupil"] or each["upn"]
        if name and name not in kind.pupils:
            kind.pupils.append(name)
    return sorted(found.values(), key=lambda kind: (_SEVERITIES.index(kind.severity), kind.code))


def _kind(said: Mapping[str, Any]) -> Kind:
    check = CATALOGUE.get(said["code"])
    return Kind(said["code"], said["severity"], check.summary if check else said["slug"], said["message"], said["fix"])
