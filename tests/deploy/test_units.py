"""The units for systemd: what they call exists, what they set is known, and they can write in one place alone."""

import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from keystage.cli import COMMANDS, main
from keystage.service.config.environment import Environment

DEPLOY = Path(__file__).parents[2] / "deploy"
UNITS = sorted(DEPLOY.glob("*.service"))
KNOWN = {f"KEYSTAGE_{each.upper()}" for each in Environment.model_fields}


def read(path: Path) -> dict[str, list[str]]:
    """Return what stands in a unit, by its names; one name may stand there several times."""
    found: dict[str, list[str]] = {}
    for line in path.read_text("utf-8").splitlines():
        if "=" in line and not line.startswith("#"):
            name, _, value = line.partition("=")
            found.setdefault(name, []).append(value)
    return found


def parsed(words: list[str]) -> click.Context:
    """Take the words of a command as the command line would, without running anything."""
    top = click.Context(main, **main.context_settings)
    command = main.get_command(top, words[0])
    assert command is not None
    return command.make_context(words[0], words[1:], parent=top)


def test_there_is_one_that_answers_and_one_that_works():
    assert [path.name for path in UNITS] == ["keystage-work.service", "keystage.service"]


@pytest.mark.parametrize("unit", UNITS, ids=lambda each: each.name)
class TestEachUnit:
    def test_the_command_exists_with_its_options(self, unit):
        program, *words = read(unit)["ExecStart"][0].split()
        assert program == "/opt/keystage/bin/keystage"
        assert words[0] in COMMANDS
        parsed(words)

    def test_its_settings_are_known(self, unit):
        assert {each.partition("=")[0] for each in read(unit)["Environment"]} <= KNOWN

    def test_it_can_write_to_its_data_and_nowhere_else(self, unit):
        said = read(unit)
        (folder,) = said["StateDirectory"]
        assert f"KEYSTAGE_DATA=/var/lib/{folder}" in said["Environment"]
        assert said["ProtectSystem"] == ["strict"]
        assert "ReadWritePaths" not in said

    def test_it_has_no_rights_and_gains_none(self, unit):
        said = read(unit)
        assert said["User"] == ["keystage"]
        assert said["CapabilityBoundingSet"] == [""]
        for name in ("NoNewPrivileges", "ProtectHome", "PrivateTmp", "PrivateDevices", "RestrictSUIDSGID"):
            assert said[name] == ["yes"], name

    def test_secrets_are_in_a_file_of_their_own(self, unit):
        said = read(unit)
        assert said["EnvironmentFile"] == ["/etc/keystage.env"]
        assert not any(
            "PASSWORD" in each or "KEY" in each for each in said["Environment"] if "KEYSTAGE_DATA" not in each
        )

    @pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed here")
    def test_systemd_finds_nothing_wrong(self, unit, tmp_path):
        for each in UNITS:  # the command is not installed where the unit says
            text = each.read_text("utf-8").replace("/opt/keystage/bin/keystage", sys.executable)
            (tmp_path / each.name).write_text(text, "utf-8")
        done = subprocess.run(["systemd-analyze", "verify", tmp_path / unit.name], capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (0, "")


def test_one_of_them_works_on_what_the_other_leaves():
    by_name = {path.stem: read(path)["ExecStart"][0].split()[1:] for path in UNITS}
    assert parsed(by_name["keystage"]).params["no_worker"]
    assert by_name["keystage-work"] == ["work"]


def test_a_worker_may_give_way_to_who_answers():
    """It lowers its own priority, which this group of system calls holds."""
    assert not any("@resources" in each for each in read(DEPLOY / "keystage-work.service")["SystemCallFilter"])


def test_the_settings_to_fill_in_are_known_and_their_examples_may_be_so(monkeypatch, tmp_path):
    lines = (DEPLOY / "keystage.env").read_text("utf-8").splitlines()
    given = dict(line.lstrip("#").split("=", 1) for line in lines if line.lstrip("#").startswith("KEYSTAGE_"))
    assert set(given) <= KNOWN
    assert len(given) >= 6
    monkeypatch.delenv("KEYSTAGE_SECRET_KEY")
    monkeypatch.chdir(tmp_path)
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    assert Environment().hosts == ["keystage.example.org"]
