"""The README shows what the commands really print, and its Python runs."""

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from keystage.cli import main
from keystage.simulate import simulate
from keystage.years import load

README = Path(__file__).parents[2] / "README.md"


@pytest.fixture
def demo(tmp_path, monkeypatch):
    """Stand in the folder that `make demo` makes."""
    simulate(tmp_path / "demo", schools=1, year=load(2026), seed=2, faults=0.12, dialect="arbor")
    monkeypatch.chdir(tmp_path / "demo")
    monkeypatch.setenv("COLUMNS", "100")


@pytest.mark.usefixtures("demo")
def test_the_console_shows_what_the_command_prints():
    block = re.search(
        r"```console\n\$ keystage (?P<command>[^\n]+)\n(?P<printed>.*?)```", README.read_text("utf-8"), re.DOTALL
    )
    assert block is not None

    result = CliRunner().invoke(main, shlex.split(block["command"]))

    assert result.stdout == block["printed"]
    assert result.exit_code == 1


@pytest.mark.usefixtures("demo")
def test_the_python_runs(capsys, monkeypatch):
    block = re.search(r"```python\n(.*?)```", README.read_text("utf-8"), re.DOTALL)
    assert block is not None
    monkeypatch.chdir("returns")
    Path("9992000_register.csv").write_bytes(Path("../registers/9992000_register.csv").read_bytes())

    exec(block[1], {})  # noqa: S102 - the README's own example

    assert capsys.readouterr().out.startswith("errors\n")


def test_the_demo_of_the_readme_is_that_of_make_demo():
    demo = (README.parent / "benchmarks" / "demo.py").read_text("utf-8")
    assert '"--seed", "2", "--faults", "0.12", "--dialect", "arbor"' in demo
