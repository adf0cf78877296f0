"""What several reports come to."""

from collections import Counter
from dataclasses import dataclass, field

from keystage.checks.report import Report, Verdict

_SAYS = {
    Verdict.CLEAN: "clean",
    Verdict.QUERIES: "with queries only",
    Verdict.ERRORS: "with errors",
    Verdict.UNREADABLE: "cannot be read",
}


@dataclass
class Totals:
    """Counts over reports; the names are those of the JSON."""

    files: int = 0
    pupils: int = 0
    errors: int = 0
    queries: int = 0
    infos: int = 0
    verdicts: Counter[Verdict] = field(default_factory=Counter)

    def add(self, report: Report) -> None:
        """Count a report."""
        self.files += 1
        self.pupils += report.pupils or 0
        self.errors += report.errors
        self.queries += report.queries
        self.infos += report.infos
        self.verdicts[report.verdict] += 1

    def as_dict(self) -> dict[str, int]:
        """Return the counts as JSON has them."""
        return {name: getattr(self, name) for name in ("files", "pupils", "errors", "queries", "infos")}

    def in_words(self, left_out: int = 0) -> str:
        """Say the counts; ``left_out`` files could not be checked."""
        parts = [f"{self.verdicts[verdict]:,} {words}" for verdict, words in _SAYS.items() if self.verdicts[verdict]]
        parts += [f"{left_out:,} not checked, see the {'message' if left_out == 1 else 'messages'}"] if left_out else []
        return f"{count(self.files + left_out, 'file')}, {count(self.pupils, 'pupil')}: {', '.join(parts)}."


def count(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
