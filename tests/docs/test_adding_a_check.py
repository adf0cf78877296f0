"""The walk through a new check works: what the page says is done to a copy, and the copy's tests pass."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from docs.pages import DOCS, ROOT, boxes

PAGE = DOCS / "adding-a-check.md"
PLACE = re.compile(r"(?:At the end of|[Ii]n) `(?P<file>[\w/.]+)`(?:, below `(?P<anchor>[^`]+)`)?:$")
TESTS = (
    "tests/checks/test_identity.py",
    "tests/checks/test_catalogue.py",
    "tests/simulate/test_codes.py",
    "tests/conformance/test_cases.py::test_every_check_has_a_case_that_fires_and_one_that_does_not[2026]",
    "tests/conformance/test_cases.py::test_the_checks_find_what_was_seeded_and_nothing_else[2026]",
)


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A copy of the project with the new check in it."""
    root = tmp_path_factory.mktemp("copy")
    left_out = shutil.ignore_patterns("static", "__pycache__", "service")
    shutil.copytree(ROOT / "src", root / "src", ignore=left_out)
    for name in ("checks", "simulate", "conformance"):
        shutil.copytree(ROOT / "tests" / name, root / "tests" / name, ignore=left_out)
    (root / "pytest.ini").write_text("[pytest]\naddopts = --import-mode=importlib\n", "utf-8")
    for box in boxes(PAGE):
        if place := PLACE.search(box.before.replace("\n", " ")):
            put(root / place["file"], place["anchor"], box.text)
    return root


def put(path: Path, anchor: str | None, text: str) -> None:
    """Put a text below the line that has the anchor, or at the end."""
    lines = path.read_text("utf-8").split("\n")
    at = next(number for number, line in enumerate(lines) if anchor in line) + 1 if anchor else len(lines)
    path.write_text("\n".join([*lines[:at], *([] if anchor else [""]), text.rstrip("\n"), *lines[at:]]) + "\n", "utf-8")


def run(root: Path, *tests: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:django", "-p", "no:cacheprovider", "-p", "no:xdist"]
    return subprocess.run([*command, *tests], cwd=root, env=environment(root), capture_output=True, text=True)


def environment(root: Path) -> dict[str, str]:
    """Make sure that it is the copy which is tested."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(root / "src"), str(root / "tests")])}


def test_every_step_of_the_page_is_taken():
    places = [PLACE.search(box.before.replace("\n", " ")) for box in boxes(PAGE)]
    assert sum(place is not None for place in places) == 6


def test_the_tests_that_the_page_names_pass(copy):
    done = run(copy, *TESTS)
    assert done.returncode == 0, done.stdout + done.stderr


def test_they_would_not_pass_if_the_check_never_fired(copy):
    path = copy / "src/keystage/checks/identity.py"
    right = path.read_text("utf-8")
    path.write_text(right.replace("letter.isdigit()", "letter.isspace()"), "utf-8")
    done = run(copy, TESTS[0])
    path.write_text(right, "utf-8")
    assert done.returncode == 1
    assert "P11 fired 0 times" in done.stdout
