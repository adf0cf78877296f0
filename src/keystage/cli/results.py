"""``keystage results``: are these results right, and what do they come to?"""

import hashlib
import sys
from dataclasses import replace
from pathlib import Path, PurePath

import click

from keystage import __version__
from keystage.checks.faults import in_words
from keystage.checks.files import SPREADSHEETS, Options, read_return, usual_year, year_for
from keystage.checks.report import Report, Verdict
from keystage.checks.run import refusal
from keystage.checks.run_results import run_results
from keystage.checks.totals import count
from keystage.cli.faults import ERRORS_FOUND, fail
from keystage.cli.measured import as_lines, as_values, counts_of
from keystage.cli.options import A_FILE, A_PATH, form_option, year_option, years_dir_option
from keystage.cli.streams import is_colour_wanted, print_json
from keystage.ctf.limits import content_of
from keystage.ctf.reader import read
from keystage.ctf.results import to_results
from keystage.ctf.to_return import collection_year
from keystage.measures.counts import NOBODY, Counts
from keystage.measures.summary import TestSummary, summarise
from keystage.returns.refused import FileRefused
from keystage.returns.register import Register
from keystage.returns.results import Results
from keystage.returns.value import Return
from keystage.years.year import CollectionYear


@click.command("results")
@click.argument("file", type=A_PATH)
@year_option("file")
@click.option("--register", type=A_FILE, help="The register of expected pupils (CSV).")
@click.option("--sent", type=A_FILE, help="The return that was sent.")
@form_option("text", "json")
@years_dir_option
def command(
    file: Path, year: int | None, register: Path | None, sent: Path | None, form: str, years_dir: Path | None
) -> None:
    """Read a results file (CTF, CSV or Excel), check it, and summarise it.

    With the register it says who has no result and who was not expected; with the return that was sent, whose teacher
    assessment came back otherwise. The measures are of the pupils in the file, with their numerators and denominators;
    nothing is hidden, however few they are.
    """
    options = Options(year=year, years_dir=years_dir)
    of = usual_year(options)
    digest = None
    try:
        content = content_of(file)
        digest = hashlib.sha256(content).hexdigest()
        results, of, notes = _read(content, file.name, options)
    except FileRefused as refused:
        report, found, counts = refusal(refused, of).named(str(file), digest), None, NOBODY
    else:
        expected, before = _register(register, of), _sent(sent, of, years_dir)
        report = run_results(results, year=of, register=expected, sent=before).named(str(file), digest, *notes)
        found = summarise(results)
        counts = counts_of(results, before, of)
        if not any(pupil.tests for pupil in results.pupils):
            report = replace(report, unreadable=True)
    if form == "json":
        _print_json(report, found, counts)
    else:
        _print_text(report, found, of, counts)
    if report.verdict in (Verdict.ERRORS, Verdict.UNREADABLE):
        sys.exit(ERRORS_FOUND)


def _read(content: bytes, name: str, options: Options) -> tuple[Results, CollectionYear, tuple[str, ...]]:
    """Read results and the year they are of, and say what a reader should know of them."""
    notes: tuple[str, ...] = ()
    if PurePath(name).suffix.lower() in SPREADSHEETS:
        from keystage.sheets import read_results

        year = usual_year(options)
        if options.year is None:
            notes = (f"A spreadsheet does not say its year: {year} was taken. --year gives another.",)
        results = read_results(content, year, name=name)
    else:
        ctf = read(content, name=name)
        year, notes = year_for(options, collection_year(ctf))
        results = to_results(ctf, year)
    if not any(pupil.tests for pupil in results.pupils):
        notes += ("There are no results of the key stage 2 tests in this file.",)
    return results, year, notes


def _register(path: Path | None, year: CollectionYear) -> Register | None:
    if path is None:
        return None
    from keystage.sheets import read_register

    try:
        return read_register(path, year)
    except FileRefused as refused:
        fail(f"{path}: {in_words(refused)}")


def _sent(path: Path | None, year: CollectionYear, years_dir: Path | None) -> Return | None:
    if path is None:
        return None
    try:
        return read_return(content_of(path), path.name, Options(year=year.year, years_dir=years_dir))[0]
    except FileRefused as refused:
        fail(f"{path}: {in_words(refused)}")


def _print_json(report: Report, summary: tuple[TestSummary, ...] | None, counts: Counts) -> None:
    values = {
        "keystage": __version__,
        **report.as_dict(),
        "summary": [_as_dict(each) for each in summary or ()],
        "measures": as_values(counts) if summary else [],
    }
    print_json(values)


def _as_dict(each: TestSummary) -> dict[str, object]:
    return {
        "test": str(each.test),
        "pupils": each.pupils,
        "outcomes": dict(each.outcomes),
        "scores": each.scores,
        "average_score": None if each.average_score is None else round(each.average_score, 1),
    }


def _print_text(report: Report, summary: tuple[TestSummary, ...] | None, year: CollectionYear, counts: Counts) -> None:
    from keystage.cli.text import Text

    text = Text(sys.stdout, colour=is_colour_wanted(sys.stdout), results=True)
    text.show(report)
    if summary:
        text.write(["", click.style("What the results come to", bold=True, underline=True)])
        text.write(f"  {year.test(each.test).name}: {_in_words(each)}" for each in summary)
        text.write(["", click.style("Measures", bold=True, underline=True), *as_lines(counts)])


def _in_words(each: TestSummary) -> str:
    if not each.pupils:
        return "no results"
    outcomes = ", ".join(f"{code or 'no outcome'} {pupils:,}" for code, pupils in each.outcomes)
    mean = each.average_score
    average = "no scores" if mean is None else f"average scaled score {mean:.1f} of {each.scores:,}"
    return f"{count(each.pupils, 'pupil')}; {outcomes}; {average}"
