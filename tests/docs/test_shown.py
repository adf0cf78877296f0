"""What a page shows, works: commands print what stands there, and what is named exists."""

import re
import shlex
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from docs.pages import NAMES, PAGES, ROOT, boxes
from keystage.cli import COMMANDS, main
from keystage.service.config.environment import Environment

PROSE = {name: page.read_text("utf-8") for name, page in zip(NAMES, PAGES, strict=True)}
WITHOUT = {"README.md"}
"""Shown in another place: see test_readme.py."""
SHOWN = [name for name, text in PROSE.items() if "```console\n" in text and name not in WITHOUT]


@pytest.mark.parametrize("name", SHOWN)
def test_what_the_page_does_can_be_done(name, tmp_path, monkeypatch):
    """Files are written as shown, Python runs, and each command begins by printing what stands below it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "120")
    for box in boxes(ROOT / name):
        if box.kind in ("toml", "csv") and (named := re.match(r"# (\S+)\n", box.text)):
            Path(named[1]).parent.mkdir(exist_ok=True)
            Path(named[1]).write_text(box.text, encoding="utf-8")
        elif box.kind == "python":
            exec(box.text, {})  # noqa: S102 - the page's own example
        elif box.kind == "console":
            for command, printed in re.findall(r"^\$ keystage ([^\n]+)\n((?:(?!\$ ).*\n?)*)", box.text, re.MULTILINE):
                done = CliRunner().invoke(main, shlex.split(command))
                assert done.exit_code in (0, 1, 2), done.output
                assert shorn(done.output).startswith(shorn(printed)), f"{command}\n{done.output}"


def shorn(text: str) -> str:
    """Leave out the folder in which it was run, and how lines were broken."""
    return re.sub(r"\s+", " ", text.replace(f"{Path.cwd()}/", ""))


def test_the_pages_that_show_commands_are_run():
    assert "docs/years.md" in SHOWN


@pytest.mark.parametrize("name", NAMES)
def test_every_command_that_is_named_exists_with_its_options(name):
    for words in re.findall(r"(?:^|[`(/ $])keystage ([a-z]+(?: [^`\n|#]*)?)", code_of(PROSE[name]), re.MULTILINE):
        command, *rest = words.split()
        assert command in COMMANDS, f"keystage {words}"
        known = {option for each in params(command) for option in (*each.opts, *each.secondary_opts)}
        asked = {word.partition("=")[0] for word in rest if re.fullmatch(r"--?[a-z][a-z-]*", word)}
        if "--command" not in asked:
            assert asked <= {*known, "--help", "-h"}, f"keystage {words}"


def params(command: str) -> list[click.Parameter]:
    found = main.get_command(click.Context(main), command)
    assert found is not None
    return found.params


def code_of(text: str) -> str:
    """Return what a page shows as code, in boxes and in lines: comments left out, lines that go on put together."""
    parts = [*re.findall(r"^```\w*\n(.*?)^```$", text, re.MULTILINE | re.DOTALL), *re.findall(r"`[^`\n]+`", text)]
    return re.sub(
        r" #.*|^(systemctl|useradd|journalctl) .*", "", "\n".join(parts).replace("\\\n", " "), flags=re.MULTILINE
    )


@pytest.mark.parametrize("name", NAMES)
def test_every_setting_that_is_named_is_known(name):
    known = {f"KEYSTAGE_{each.upper()}" for each in Environment.model_fields}
    for setting in set(re.findall(r"\bKEYSTAGE_[A-Z_]*[A-Z]\b", PROSE[name])):
        assert setting in known, setting


def test_every_setting_is_explained():
    text = PROSE["docs/settings.md"]
    for each in Environment.model_fields:
        name = each.upper()
        assert f"`KEYSTAGE_{name}`" in text or f"`_{name.removeprefix('OIDC_')}`" in text, name


@pytest.mark.parametrize("name", NAMES)
def test_every_target_of_make_that_is_named_exists(name):
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    for target in re.findall(r"(?:^|`)make ([a-z-]+)", code_of(PROSE[name]), re.MULTILINE):
        assert target in targets, target


@pytest.mark.parametrize("name", NAMES)
def test_every_file_of_the_project_that_is_named_exists(name):
    for path in set(
        re.findall(r"`((?:src|tests|docs|deploy|frontend|requirements|benchmarks)/[\w./-]+)`", PROSE[name])
    ):
        assert (ROOT / path).exists() or path == "docs/pictures", path


@pytest.mark.parametrize("name", NAMES)
def test_every_link_and_picture_leads_somewhere_in_the_source_too(name):
    page = ROOT / name
    for to in re.findall(r"\]\(([^)#\s]+)", PROSE[name]):
        assert "://" in to or (page.parent / to).exists(), to


@pytest.mark.parametrize("name", NAMES)
def test_every_picture_says_in_words_what_it_shows(name):
    assert not re.search(r"!\[.{0,8}\]\(", PROSE[name])


def test_no_picture_is_left_over():
    shown = {Path(to).name for text in PROSE.values() for to in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", text)}
    assert {path.name for path in (ROOT / "docs/pictures").iterdir()} == shown
