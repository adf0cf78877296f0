"""``keystage conformance``: does another program find what is wrong in a file, and nothing else?"""

import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from keystage.checks.totals import count
from keystage.cli.faults import ERRORS_FOUND, fail, say
from keystage.cli.options import A_PATH, form_option
from keystage.cli.progress import progress


@click.command("conformance")
@click.argument("pack", type=A_PATH)
@click.option("--command", "text", required=True, metavar="“…”", help="The program, with {file} where the file goes.")
@click.option("--year", "years", type=int, multiple=True, metavar="YYYY", help="Only cases of this year.")
@click.option("--check", "checks", multiple=True, metavar="CODE", help="Only cases with a fault of this check.")
@click.option("--leave-out", multiple=True, metavar="CODE", help="A check that the program does not make.")
@click.option("--jobs", type=click.IntRange(1), metavar="N", help="How many at a time.  [default: one a processor]")
@click.option(
    "--time-limit",
    type=click.FloatRange(0, min_open=True),
    default=60.0,
    show_default=True,
    metavar="SECONDS",
    help="For each file.",
)
@form_option("text", "json")
def command(
    pack: Path,
    text: str,
    years: tuple[int, ...],
    checks: tuple[str, ...],
    leave_out: tuple[str, ...],
    jobs: int | None,
    time_limit: float,
    form: str,
) -> None:
    """Score another program on a conformance pack: a folder, or its zip.

    The program is run once for each file and prints its findings as JSON: what “keystage check --format json” prints,
    or a list like [{"code": "J03", "upn": "P999999919001", "subject": "writing", "line": 57}].

    {file}, {register}, {previous}, {sent}, {year}, {today}, {school}, {task} and {case} in the command are filled in.
    Where a file has no register, {register} is left out together with the option before it; so are the others.
    {task} is “check” or “results”: without it, results that came back are not tried. There is no shell.

    \b
    keystage conformance pack.zip --command "mychecker {file} --register {register} --year {year}"
    """
    from keystage.cli.scored import as_text, show_json
    from keystage.cli.streams import is_colour_wanted
    from keystage.conformance.pack import PackRefused, opened
    from keystage.conformance.running import CommandWrong, Runner, command_of, takes_results
    from keystage.conformance.scoring import Score

    try:
        words = command_of(text)
        _refuse_what_is_not_there(words[0])
        with opened(pack) as held:
            _refuse_other_years(years, held.years)
            every = held.cases(years, [code.upper() for code in checks])
            cases = [case for case in every if case.task == "check" or takes_results(words)]
            if not cases:
                fail("there is no such case in the pack.")
            runner = Runner(words, limit=time_limit, jobs=jobs or os.cpu_count() or 1, leave_out=leave_out)
            score = Score()
            with progress(len(cases), "Trying") as advance:
                for marked in runner(cases):
                    score.add(marked)
                    advance()
    except (PackRefused, CommandWrong) as fault:
        fail(f"{pack}: {fault}" if isinstance(fault, PackRefused) else str(fault))
    if form == "json":
        show_json(score, held, words, not_tried=len(every) - len(cases))
    else:
        colour = is_colour_wanted(sys.stdout)
        for line in as_text(score):
            click.echo(line if colour else click.unstyle(line))
        if len(every) > len(cases):
            left = count(len(every) - len(cases), "file of results was", "files of results were")
            say(f"{left} not tried, as the command has no {{task}}.")
    if not score.is_full:
        sys.exit(ERRORS_FOUND)


def _refuse_what_is_not_there(program: str) -> None:
    if shutil.which(program) is None:
        fail(f"{program}: there is no such program. Give its path, or install it.")


def _refuse_other_years(years: Sequence[int], held: Sequence[int]) -> None:
    for year in years:
        if year not in held:
            fail(f"the pack has no cases of {year}. It has: {', '.join(map(str, held))}.")
