"""Writes ``docs/commands.md`` from the commands: ``python docs/commands_page.py``. A test says when it is old."""

from collections.abc import Iterator
from pathlib import Path

import click

from keystage.cli import COMMANDS, main

PAGE = Path(__file__).with_name("commands.md")
_WIDTH = 100
_HEAD = """\
# The command line

Made from the commands by `docs/commands_page.py`; do not edit. `keystage COMMAND --help` prints the same.

Results go to standard output, messages to people to standard error, so that a program can read the one and a person the
other. Colour and progress are for terminals only (`NO_COLOR` turns colour off). `python -m keystage` is the same.

| Exit status | Means |
|---|---|
| 0 | nothing is worse than a query |
| 1 | errors were found |
| 2 | a path cannot be opened, or an option is wrong |
| 3 | a fault of Keystage itself |
| 130 | it was stopped by Ctrl+C |
"""


def page() -> str:
    """Return the page as it should be."""
    return "".join([_HEAD, *(part for name, does in COMMANDS.items() for part in _command(name, does))])


def _command(name: str, does: str) -> Iterator[str]:
    settings = {**main.context_settings, "max_content_width": _WIDTH}  # -h as well as --help
    top = click.Context(main, info_name="keystage", terminal_width=_WIDTH, **settings)
    command = main.get_command(top, name)
    assert command is not None  # noqa: S101 - it is in the list
    context = click.Context(command, info_name=name, parent=top, max_content_width=_WIDTH, terminal_width=_WIDTH)
    yield f"\n## {name}\n\n{does[:1].upper()}{does[1:]}.\n\n```text\n{command.get_help(context)}\n```\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
