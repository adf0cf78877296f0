"""An installation is saved and brought back in one command each: on SQLite and on PostgreSQL, whole or not at all."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import asdict
from pathlib import Path

import pytest

from keystage.service.upkeep.archive import Manifest, NotPossible, read_manifest
from keystage.service.upkeep.restoring import restore
from service.postgres import a_postgresql, create_database
from service.running import Server

CONTENT = b"a file that a school sent"


def keystage(*arguments, data, database=""):
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("KEYSTAGE_", "DJANGO_"))}
    environment |= {"KEYSTAGE_DATA": str(data)} | ({"KEYSTAGE_DATABASE": database} if database else {})
    command = [sys.executable, "-m", "keystage", *map(str, arguments)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def seed(data, function, database="", **arguments):
    server = Server(data, {"KEYSTAGE_DATABASE": database} if database else {})
    return server.seed(f"service.upkeep_seeds:{function}", migrate=True, **arguments)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A practice school with one more file in a data folder, what is there, and a backup: made once, to be copied."""
    data = tmp_path_factory.mktemp("made") / "data"
    data.mkdir()
    said = seed(data, "a_school_with_a_file", content=CONTENT.decode())
    saved = data.with_name("saved.zip")
    done = keystage("backup", saved, data=data)
    assert done.returncode == 0, done.stderr
    return data, said, saved


@pytest.fixture
def installation(made, tmp_path):
    """The data folder, and what is there."""
    data, said, _ = made
    return Path(shutil.copytree(data, tmp_path / "data")), said


@pytest.fixture
def backup(made, tmp_path):
    """A backup of it."""
    return Path(shutil.copy(made[2], tmp_path / "saved.zip"))


def rewritten(backup, to, change):
    """Copy a backup, with ``change(name, content)`` giving each member's new content; None leaves it out."""
    with zipfile.ZipFile(backup) as source, zipfile.ZipFile(to, "x") as target:
        for name in source.namelist():
            content = change(name, source.read(name))
            if content is not None:
                target.writestr(name, content)
    return to


def test_what_was_saved_is_brought_back_and_only_its_owner_can_read_the_backup(installation, tmp_path):
    data, said = installation
    backup, new = tmp_path / "saved.zip", tmp_path / "new"
    done = keystage("backup", backup, data=data)
    assert done.returncode == 0, done.stderr
    assert backup.stat().st_mode & 0o777 == 0o600
    done = keystage("restore", backup, data=new)
    assert done.returncode == 0, done.stderr
    assert seed(new, "what_is_there") == seed(data, "what_is_there") == said
    assert (new / "secret-key").read_bytes() == (data / "secret-key").read_bytes()
    assert (new / "secret-key").stat().st_mode & 0o777 == 0o600
    found = json.loads(keystage("doctor", "--files", "--format", "json", data=new).stdout)["found"]
    assert {each["what"]: each["state"] for each in found if each["state"] == "wrong"} == {}


def test_on_postgresql_too(tmp_path):
    with a_postgresql() as address:
        old, new = create_database(address, "old"), create_database(address, "new")
        data = tmp_path / "data"
        data.mkdir()
        said = seed(data, "a_school_with_a_file", old, content=CONTENT.decode())
        done = keystage("backup", tmp_path / "saved.zip", data=data, database=old)
        assert done.returncode == 0, done.stderr
        done = keystage("restore", tmp_path / "saved.zip", data=tmp_path / "second", database=new)
        assert done.returncode == 0, done.stderr
        assert seed(tmp_path / "second", "what_is_there", new) == said
        done = keystage("restore", tmp_path / "saved.zip", data=tmp_path / "third")
        assert done.returncode == 2
        assert "PostgreSQL database, and this installation uses SQLite" in done.stderr


def test_nothing_is_written_over(installation, backup, tmp_path):
    data, said = installation
    before = backup.read_bytes()
    again = keystage("backup", backup, data=data)
    assert again.returncode == 2
    assert "nothing is written over" in again.stderr
    assert backup.read_bytes() == before
    onto = keystage("restore", backup, data=data)
    assert onto.returncode == 2
    assert "There is data here already" in onto.stderr
    assert seed(data, "what_is_there") == said


@pytest.mark.parametrize("member", ["database.sqlite3", "files/"])
def test_a_damaged_backup_leaves_no_database(backup, tmp_path, member):
    broken = rewritten(
        backup,
        tmp_path / "broken.zip",
        lambda name, content: content[:-1] + b"?" if name.startswith(member) else content,
    )
    done = keystage("restore", broken, data=tmp_path / "new")
    assert done.returncode == 2
    assert "damaged" in done.stderr
    assert "Traceback" not in done.stderr
    whole = keystage("restore", backup, data=tmp_path / "new")
    assert whole.returncode == 0, whole.stderr  # what was begun can be begun again


@pytest.mark.parametrize("place", [0.3, 0.6, None])
def test_a_backup_that_is_spoilt_or_cut_off_is_called_damaged(backup, tmp_path, place):
    content = bytearray(backup.read_bytes())
    if place is None:
        del content[len(content) // 2 :]
    else:
        content[int(len(content) * place)] ^= 0xFF
    backup.write_bytes(content)
    done = keystage("restore", backup, data=tmp_path / "new")
    assert (done.returncode, "damaged" in done.stderr or "not a backup" in done.stderr) == (2, True), done.stderr


def test_a_backup_that_somebody_locked_is_called_locked(backup, tmp_path):
    content = backup.read_bytes()
    start = content.rindex(b"PK\x01\x02")  # the last member's entry in the list at the end; 8 bytes on are its flags
    backup.write_bytes(content[: start + 8] + bytes([content[start + 8] | 1]) + content[start + 9 :])
    done = keystage("restore", backup, data=tmp_path / "new")
    assert done.returncode == 2
    assert "The backup is locked with a password, or damaged." in done.stderr
    assert not (tmp_path / "new" / "files").exists()


def test_a_fault_of_the_program_is_not_called_a_damaged_backup(monkeypatch, tmp_path):
    def fails(*_args):
        raise RuntimeError("no thread can be started")

    with zipfile.ZipFile(tmp_path / "x.zip", "w") as zipped:
        zipped.writestr("letter.txt", "Dear all")
    monkeypatch.setattr("keystage.service.upkeep.restoring.read_manifest", fails)
    with pytest.raises(RuntimeError, match="no thread can be started"):
        restore(tmp_path / "x.zip")


def test_a_backup_that_lacks_a_file_is_damaged(backup, tmp_path):
    kept = rewritten(backup, tmp_path / "less.zip", lambda name, c: None if name.startswith("files/") else c)
    done = keystage("restore", kept, data=tmp_path / "new")
    assert done.returncode == 2
    assert "holds 0: it is damaged" in done.stderr


def test_a_backup_that_lacks_the_key_is_refused_before_anything_is_brought(backup, tmp_path):
    less = rewritten(backup, tmp_path / "less.zip", lambda name, text: None if name == "secret-key" else text)
    new = tmp_path / "new"
    done = keystage("restore", less, data=new)
    assert done.returncode
    assert "The backup lacks secret-key" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (new / "files").exists()


@pytest.mark.parametrize("wrong", [{"files": "1"}, {"migrations": [1]}, {"database": ["database.sqlite3"]}])
def test_a_list_with_other_things_than_there_must_be_is_refused(tmp_path, wrong):
    said = Manifest("1", "2026-06-01T00:00:00+00:00", "database.sqlite3", "0" * 64, ["school.0001_initial"], 1, 1)
    with zipfile.ZipFile(tmp_path / "odd.zip", "x") as target:
        target.writestr("manifest.json", json.dumps({**asdict(said), **wrong}))
    with zipfile.ZipFile(tmp_path / "odd.zip") as odd, pytest.raises(NotPossible, match="not a backup"):
        read_manifest(odd)


def test_a_member_with_a_path_of_its_own_is_never_written(backup, tmp_path):
    with zipfile.ZipFile(backup, "a") as zipped:
        zipped.writestr("../outside", b"x")
        zipped.writestr("files/../../outside", b"x")
    assert keystage("restore", backup, data=tmp_path / "deep" / "new").returncode == 0
    assert not list(tmp_path.rglob("outside"))


def test_a_backup_of_a_later_release_is_refused_by_name(backup, tmp_path):

    def later(name, content):
        if name != "manifest.json":
            return content
        said = json.loads(content)
        return json.dumps({**said, "keystage": "99.0", "migrations": [*said["migrations"], "school.9999_later"]})

    done = keystage("restore", rewritten(backup, tmp_path / "later.zip", later), data=tmp_path / "new")
    assert done.returncode == 2
    assert "made by a later release (99.0): this one does not know school.9999_later" in done.stderr


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no zip at all"])
def test_a_file_that_is_no_backup_is_refused(tmp_path, content):
    path = tmp_path / "x.zip"
    path.write_bytes(content)
    done = keystage("restore", path, data=tmp_path / "new")
    assert done.returncode == 2
    assert "is damaged, or is no zip file" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_zip_of_something_else_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as zipped:
        zipped.writestr("letter.txt", "Dear all")
    done = keystage("restore", tmp_path / "x.zip", data=tmp_path / "new")
    assert done.returncode == 2
    assert "not a backup that “keystage backup” made" in done.stderr


def test_a_file_that_is_gone_from_the_store_is_said_and_the_rest_is_saved(installation, tmp_path):
    data, said = installation
    (stored,) = [path for path in (data / "files").rglob("*") if path.is_file()]
    stored.unlink()
    done = keystage("backup", tmp_path / "saved.zip", data=data)
    assert done.returncode == 1
    assert "1 file is missing from the store, so it is not in the backup." in done.stderr
    assert keystage("restore", tmp_path / "saved.zip", data=tmp_path / "new").returncode == 0
    found = json.loads(keystage("doctor", "--format", "json", data=tmp_path / "new").stdout)["found"]
    (files,) = [each for each in found if each["what"] == "Files"]
    assert files["state"] == "wrong"
    assert said["file"] in files["says"]
    assert Path(tmp_path / "new").is_dir()
