"""The command ``keystage``: one module per command, loaded when the command is used."""

import os
from importlib import import_module
from typing import Any

import click

from keystage import __version__
from keystage.cli.faults import guarded
from keystage.cli.streams import prepare

COMMANDS = {
    "check": "check CTFs, filled templates, folders or zips of them",
    "show": "say what a CTF holds",
    "repair": "make safe repairs to a CTF, each listed; never to a judgement",
    "diff": "say what changed between two returns",
    "convert": "turn a CTF into a template (xlsx, csv), or a template into a CTF",
    "years": "list the collection years held, print one, or compare two",
    "results": "read, check and summarise a results file",
    "simulate": "make made-up schools with registers, CTFs and results",
    "conformance": "score another program on the conformance pack",
    "guide": "say how a school's system makes the file, and puts it right",
    "serve": "run the web application",
    "work": "work on background jobs",
    "demo": "run a made-up school, ready to click through",
    "doctor": "say what is wrong with an installation",
    "backup": "save an installation whole",
    "restore": "bring an installation back",
    "retention": "delete what was kept for as long as it should be",
    "pupil": "give out or erase everything held about a pupil",
}


class _Commands(click.Group):
    """The commands by name; only the one that is used is imported."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"keystage.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        prepare()  # before anything is printed, help included
        if os.environ.get("NO_COLOR"):
            ctx.color = False
        return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            ctx.fail(f"There is no command “{args[0]}”. There are: {', '.join(COMMANDS)}.")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        return guarded(lambda: super(_Commands, self).invoke(ctx))


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="keystage", message="%(prog)s %(version)s")
def main() -> None:
    """Read, check, repair and compare key stage 2 teacher assessment returns.

    Results go to standard output, messages to people to standard error. The exit status is 0 when nothing is worse
    than a query, 1 when errors were found, 2 when a path cannot be opened or an option is wrong, 3 for a fault of the
    program itself, and 130 when it was stopped.

    “keystage COMMAND --help” says more of each command.
    """
