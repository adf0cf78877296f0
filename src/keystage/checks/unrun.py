"""The checks that were not made, and why: said beside every form of report that does not hold it."""

from collections import Counter
from collections.abc import Iterator, Mapping

from keystage.checks.catalogue import CATALOGUE
from keystage.checks.report import Report
from keystage.checks.totals import count

WAYS_OUT = {
    "no register was given": " (--register FILE)",
    "no file sent before was given": " (--previous FILE)",
    "the return that was sent was not given": " (--sent FILE)",
}


class Unrun:
    """What was not checked in several files: each reason once, with the number of files."""

    def __init__(self) -> None:
        self.files: Counter[str] = Counter()

    def add(self, report: Report) -> None:
        """Count what was not checked in a file."""
        self.files.update(unrun_in_words(report))

    def in_words(self) -> Iterator[str]:
        """Yield a sentence for each reason."""
        for words, files in self.files.items():
            yield f"{words} ({count(files, 'file')})."


def unrun_in_words(report: Report, ways_out: Mapping[str, str] = WAYS_OUT) -> Iterator[str]:
    """Yield the checks that were not made, or not in full, in families with their reasons.

    ``ways_out`` says for a reason what would make them run: where nothing else is said, on the command line.
    """
    if report.unreadable:
        yield "Nothing else was checked, as the file could not be read"
        return
    by_reason: dict[str, list[str]] = {}
    for code, why in report.not_run:
        by_reason.setdefault(why, []).append(code)
    for why, codes in by_reason.items():
        yield f"Not checked, as {why}{ways_out.get(why, '')}: {_in_words(codes)}"
    for code, why in report.partly:
        yield f"Checked in part, as {why}: {_in_words([code])}"


_FAMILIES = {
    "F": "the file",
    "H": "its header",
    "P": "pupils",
    "J": "judgements",
    "C": "who is expected",
    "D": "changes since the last file",
    "S": "signatures",
    "R": "results",
}
_COLUMNS = ["F10", "F11"]


def _in_words(codes: list[str]) -> str:
    """Say which checks are meant: several by what they are about, one alone by what it looks for."""
    by_family: dict[str, list[str]] = {}
    for code in codes:
        by_family.setdefault(code[0], []).append(code)
    return ", ".join(_family(family, each) for family, each in by_family.items())


def _family(family: str, codes: list[str]) -> str:
    if codes == _COLUMNS:
        return "the columns of a spreadsheet (F10, F11)"
    if len(codes) == 1:
        summary = CATALOGUE[codes[0]].summary
        return f"{summary if summary[:3].isupper() else summary[:1].lower() + summary[1:]} ({codes[0]})"
    return f"{_FAMILIES[family]} ({', '.join(_runs(sorted(codes)))})"


def _runs(codes: list[str]) -> Iterator[str]:
    """Shorten three or more codes that follow one another: ``C01 to C10``."""
    order = sorted(CATALOGUE)
    runs: list[list[str]] = []
    for code in codes:
        if runs and order.index(code) == order.index(runs[-1][-1]) + 1:
            runs[-1].append(code)
        else:
            runs.append([code])
    for run in runs:
        yield from [f"{run[0]} to {run[-1]}"] if len(run) > 2 else run
