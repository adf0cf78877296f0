"""``keystage results``: are these results right, and what do they come to?"""

import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from keystage import __version__
from keystage.checks.files import SPREADSHEETS, Options, read_return, usual_year
from keystage.checks.report import Report, Verdict
from keystage.checks.run_results import run_results
from keystage.cli.faults import ERRORS_FOUND, fail, say
from keystage.ctf.reader import read
from keystage.ctf.results import to_results
from keystage.ctf.to_return import collection_year
from keystage.measures.summary import TestSummary, summarise
from keystage.returns.refused import FileRefused
from keystage.returns.results import Results
from keystage.returns.value import Return
from keystage.years import YearUnknown, load
from keystage.years.year import CollectionYear


@click.command("results")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--year", type=int, metavar="YYYY", help="The collection year; by default it is taken from the file.")
@click.option(
    "--register", type=click.Path(path_type=Path, dir_okay=False), help="The register of expected pupils (CSV)."
)
@click.option("--sent", type=click.Path(path_type=Path, dir_okay=False), help="The return that was sent.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--years-dir", type=click.Path(path_type=Path, file_okay=False), help="A folder with years of your own.")
def command(
    file: Path, year: int | None, register: Path | None, sent: Path | None, form: str, years_dir: Path | None
) -> None:
    """Read a results file (CTF, CSV or Excel), check it, and summarise it."""
    options = Options(year=year, years_dir=years_dir)
    usual_year(options)
    if file.is_dir():
        fail(f"{file}: this is a folder; a file is needed here.")
    content = file.read_bytes()
    try:
        results, of = _read(content, file.name, options)
        before = _sent(sent, options, of)
    except FileRefused as refused:
        say(f"{file}: {refused.what}\n{refused.fix} [{refused.code}]")
        sys.exit(ERRORS_FOUND)
    from keystage.sheets import read_register

    expected = read_register(register, of) if register else None
    report = run_results(results, year=of, register=expected, sent=before)
    report = report.named(str(file), hashlib.sha256(content).hexdigest(), *_notes(results))
    _print(report, results, form)
    if report.verdict is Verdict.ERRORS:
        sys.exit(ERRORS_FOUND)


def _read(content: bytes, name: str, options: Options) -> tuple[Results, CollectionYear]:
    if Path(name).suffix.lower() in SPREADSHEETS:
        from keystage.sheets import read_results

        year = usual_year(options)
        return read_results(content, year, name=name), year
    ctf = read(content, name=name)
    try:
        year = usual_year(options) if options.year else load(collection_year(ctf) or 0, years_dir=options.years_dir)
    except YearUnknown:
        year = usual_year(options)
    return to_results(ctf, year), year


def _sent(sent: Path | None, options: Options, year: CollectionYear) -> Return | None:
    if sent is None:
        return None
    return read_return(sent.read_bytes(), sent.name, Options(year=year.year, years_dir=options.years_dir))[0]


def _notes(results: Results) -> Iterator[str]:
    if not any(pupil.tests for pupil in results.pupils):
        yield "There are no results of the key stage 2 tests in this file."


def _print(report: Report, results: Results, form: str) -> None:
    summary = summarise(results)
    if form == "json":
        values = {"keystage": __version__, **report.as_dict(), "summary": [_as_dict(each) for each in summary]}
        click.echo(json.dumps(values, ensure_ascii=False, indent=2))
        return
    from keystage.cli.outputs import output_for

    with output_for("text", None) as show:
        show(report)
    click.echo("")
    click.echo(click.style("What the results come to", bold=True, underline=True))
    for each in summary:
        click.echo(f"  {_line(each)}")


def _as_dict(each: TestSummary) -> dict[str, object]:
    return {
        "test": str(each.test),
        "pupils": each.pupils,
        "outcomes": dict(each.outcomes),
        "scores": each.scores,
        "average_score": None if each.average_score is None else round(each.average_score, 1),
    }


def _line(each: TestSummary) -> str:
    if not each.pupils:
        return f"{each.test}: no results"
    outcomes = ", ".join(f"{code or 'no outcome'} {count}" for code, count in each.outcomes)
    average = (
        "no scores" if each.average_score is None else f"average scaled score {each.average_score:.1f} of {each.scores}"
    )
    return f"{each.test}: {each.pupils} pupil{'' if each.pupils == 1 else 's'}; {outcomes}; {average}"
