"""The commands: a copy is written, an erasure is said before it is done, and a restore does it again."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from service.made import upn
from service.personal.everything import unpacked
from service.running import Server

ADA = ("--school", "9992001", "--upn", upn(1))


def keystage(data: Path, *arguments: object, **settings: str) -> "subprocess.CompletedProcess[str]":
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("KEYSTAGE_", "DJANGO_"))}
    environment |= {"KEYSTAGE_DATA": str(data), **settings}
    command = [sys.executable, "-m", "keystage", *map(str, arguments)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def there(data: Path) -> dict[str, Any]:
    return Server(data).seed("service.personal_seeds:who_is_there")


@pytest.fixture(scope="module")
def made(empty_installation: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("commands") / "data"
    shutil.copytree(empty_installation, data)
    Server(data).seed("service.personal_seeds:a_closed_year")
    return data


@pytest.fixture
def data(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "data"))


def test_a_copy_is_written_that_only_its_owner_can_read(data: Path, tmp_path: Path) -> None:
    done = keystage(data, "pupil", "export", *ADA, "--to", tmp_path / "copy.zip")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "copy.zip").stat().st_mode & 0o777 == 0o600
    found = json.loads(unpacked((tmp_path / "copy.zip").read_bytes())["data.json"])
    assert found["about"] == "Example, Ada"
    assert upn(2) not in json.dumps(found)


def test_nobody_with_the_upn_is_said(data: Path) -> None:
    done = keystage(data, "pupil", "erase", "--school", "9992001", "--upn", upn(900))
    assert done.returncode == 2
    assert "Nobody there has this UPN" in done.stderr


def test_an_erasure_is_only_said_until_it_is_asked_for(data: Path) -> None:
    before = there(data)
    done = keystage(data, "pupil", "erase", *ADA)
    assert "Judgements: 2 deleted" in done.stdout
    assert "Nothing was changed" in done.stderr
    assert there(data) == before
    assert "Say why" in keystage(data, "pupil", "erase", *ADA, "--do-it").stderr
    assert there(data) == before


def test_a_restore_of_an_older_backup_erases_again(data: Path, tmp_path: Path) -> None:
    backup, new = tmp_path / "older.zip", tmp_path / "new"
    assert keystage(data, "backup", backup).returncode == 0
    done = keystage(data, "pupil", "erase", *ADA, "--do-it", "--reason", "Asked for")
    assert done.returncode == 0, done.stderr
    after = there(data)
    assert (after["pupils"], after["erasures"]) == (["Bea"], 1)
    listed = data / "erased.jsonl"
    assert upn(1) not in listed.read_text()
    done = keystage(new, "restore", backup, "--erasures", listed)
    assert done.returncode == 0, done.stderr
    assert "Erased again who had been erased since: 1." in done.stderr
    assert there(new) == after
    assert (new / "erased.jsonl").read_text().split('"hashes"')[1] == listed.read_text().split('"hashes"')[1]


def test_a_list_that_is_none_stops_a_restore_before_anything_is_brought(data: Path, tmp_path: Path) -> None:
    backup, new, wrong = tmp_path / "older.zip", tmp_path / "new", tmp_path / "wrong.jsonl"
    assert keystage(data, "backup", backup).returncode == 0
    wrong.write_text("{}\n")
    done = keystage(new, "restore", backup, "--erasures", wrong)
    assert done.returncode == 2
    assert "not a list of erasures" in done.stderr
    assert not (new / "keystage.sqlite3").exists()


def test_retention_says_what_would_go_and_does_it_only_when_told(data: Path) -> None:
    before = there(data)
    assert keystage(data, "retention").stderr == "There is nothing to delete.\n"
    shortest = {"KEYSTAGE_KEEP_SCHOOL_YEARS": "0"}
    assert (
        "KEYSTAGE_KEEP_SCHOOL_YEARS must be a whole number, 1 or more" in keystage(data, "retention", **shortest).stderr
    )
    assert there(data) == before
