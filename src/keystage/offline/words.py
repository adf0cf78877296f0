"""The words of the page, where the command line has its own: what to choose there, in place of options."""

from keystage.checks.report import Report, Verdict
from keystage.checks.totals import count

WAYS_OUT = {
    "no register was given": " (choose the register above)",
    "no file sent before was given": " (choose the last file sent above)",
}
"""What would make a check run that was not run, by the reason."""

_VERDICTS = {
    Verdict.ERRORS: "Not ready to send",
    Verdict.UNREADABLE: "Cannot be read",
    Verdict.QUERIES: "Ready once the queries are answered",
    Verdict.CLEAN: "Nothing found wrong",
}
_INSTEAD = (
    (" --year gives another.", " Choose another year above where that is not right."),
    (" Give it with --register.", " Choose it as the register, above."),
    (" “keystage results” reads it.", " On the command line “keystage results” reads it."),
    (
        " Please report it with the command you gave; setting KEYSTAGE_DEBUG=1 shows where it happened.",
        " Please report it, and say which kind of file it was.",
    ),
    (" Try again with --jobs 1.", ""),
    ("Run “keystage repair” on the file", "Make the repair that is offered below"),
    ("“keystage repair” can put it right", "a repair that is offered below can put it right"),
    ("“keystage repair” writes the code plainly", "a repair that is offered below writes the code plainly"),
)


def verdict_in_words(report: Report) -> str:
    """Return the verdict with the numbers of errors and queries."""
    counts = [count(report.errors, "error")] if report.errors else []
    counts += [count(report.queries, "query", "queries")] if report.queries else []
    return f"{_VERDICTS[report.verdict]}{': ' if counts else ''}{', '.join(counts)}"


def for_the_page(words: str) -> str:
    """Return what the checks say, with what to choose on the page in place of the options of the command line."""
    for ours, theirs in _INSTEAD:
        words = words.replace(ours, theirs)
    return words
