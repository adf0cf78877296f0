"""``keystage simulate``: made-up schools that the other commands can be tried on."""

import json
from collections import Counter
from pathlib import PurePath

import pytest

from cli.made import as_json, keystage


def test_what_was_made_can_be_checked_as_it_says(tmp_path):
    out = tmp_path / "made"
    result = keystage("simulate", out, "--schools", 2, "--previous", "--results", "--seed", 7, COLUMNS="300")
    assert result.exit_code == 0
    *_, how = result.stdout.splitlines()
    words = how.partition("keystage ")[2].split()
    report = as_json(*words)
    assert [one["verdict"] for one in report["files"]] == ["clean", "clean"]
    assert report["totals"]["pupils"] == json.loads((out / "manifest.json").read_text())["pupils"]


def test_the_same_seed_makes_the_same_files(tmp_path):
    for name in ("one", "two"):
        keystage("simulate", tmp_path / name, "--faults", "0.1", "--dialect", "giap")
    files = sorted(path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*") if path.is_file())
    assert len(files) == 4
    for file in files:
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


def key(entry, file):
    return PurePath(file).name, entry["code"], entry["upn"], entry["subject"], entry["line"]


@pytest.mark.parametrize("seed", [5, 7, 35])
@pytest.mark.parametrize("previous", [True, False])
def test_check_finds_every_seeded_fault_and_nothing_else(tmp_path, seed, previous):
    more = ["--previous"] if previous else []
    made = keystage("simulate", tmp_path, "--schools", 30, "--faults", "0.06", *more, "--seed", seed)
    assert made.exit_code == 0
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    words = [tmp_path]
    if previous:
        words = [tmp_path / "returns", "--register", tmp_path / "registers", "--previous", tmp_path / "previous"]
    report = as_json("check", *words, "--today", manifest["today"])
    findings = [(each, file["file"]) for file in report["files"] for each in file["findings"] if each["code"] != "C05"]
    found = Counter(key(*each) for each in findings)
    listed = Counter(key(each, each["file"]) for each in manifest["faults"] + manifest["also"])
    assert len(report["files"]) == 30
    assert listed.total() > 90
    assert (found - listed, listed - found) == (Counter(), Counter())


def test_nothing_is_written_over(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    result = keystage("simulate", tmp_path)
    assert (result.exit_code, "is not empty. Give a new folder" in result.stderr) == (2, True)


def test_wrong_options(tmp_path):
    for words, said in (
        (("--dialect", "klingon"), "there is no dialect “klingon”. There are: "),
        (("--year", "1999"), "The collection year 1999 is not held."),
        (("--schools", "0"), "--schools"),
        (("--faults", "2"), "--faults"),
    ):
        result = keystage("simulate", tmp_path / "made", *words)
        assert (result.exit_code, said in result.stderr) == (2, True), result.output
        assert not (tmp_path / "made").exists()


def test_a_draft_year_is_called_one(tmp_path):
    assert "2027 is a draft year" in keystage("simulate", tmp_path / "made", "--year", 2027).stdout
