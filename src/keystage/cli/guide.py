"""``keystage guide``: how a school's system makes the file, and how the commonest findings are put right there."""

import re
import textwrap

import click

from keystage.cli.faults import fail
from keystage.cli.text import width_of_text


@click.command("guide")
@click.argument("system", required=False)
def command(system: str | None) -> None:
    """Say how SYSTEM makes the file, and how to put the commonest findings right there.

    SYSTEM is sims, arbor, bromcom, scholarpack, integris or insight; without it, the guides there are.
    """
    from keystage.guides import guide, guides
    from keystage.guides.markdown import as_markdown

    if system is None:
        for each in guides():
            click.echo(f"{each.key:<12} {each.full_name}")
        return
    found = guide(system)
    if found is None:
        fail(f"there is no guide to “{system}”. There are: {', '.join(each.key for each in guides())}.")
    width = width_of_text()
    for line in as_markdown(found).splitlines():
        _show(line, width)


def _show(line: str, width: int) -> None:
    """Show a line of a page as a terminal can: headings bold, the rest wrapped, without marks."""
    heading = re.fullmatch(r"#+ (.*)", line)
    if heading:
        click.secho(heading[1], bold=True)
        return
    lead = re.match(r"(- |\d+\. )?", line)
    indent = " " * len(lead[0]) if lead else ""
    plain = re.sub(r"\*\*|(?<![\w])_|_(?![\w])", "", line)
    click.echo("\n".join(textwrap.wrap(plain, width, subsequent_indent=indent)) if plain else "")
