"""A whole school's return from an empty year to a file that is clean, by keyboard alone."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from journeys.keyboard import Person
from service.running import Server

PASSWORD = "a made-up password"  # noqa: S105

ROLL = """UPN,Legal Surname,Legal Forename,DOB,Sex,Class,Year,Date of leaving
{0},Ash,Ada,01/10/2014,F,Oak,6,
{1},Birch,Ben,02/11/2014,M,Oak,6,
{2},Cedar,Cai,03/12/2014,M,Oak,6,
{3},Dogwood,Dee,04/01/2015,F,Oak,6,20/04/2026
"""
REGISTER = """upn,surname,forename,dob,sex,reading,maths,gps,status
{0},Ash,Ada,2014-10-01,F,,,,
{1},Birch,Ben,2014-11-02,M,below,,,
{2},Cedar,Cai,2014-12-03,M,,,,
{3},Dogwood,Dee,2015-01-04,F,,,,left
"""


@pytest.fixture
def made(server: Server) -> dict[str, Any]:
    return server.seed("service.seeds:empty_school", upns=4)


@pytest.fixture
def people(server: Server, browser: Browser, made: dict[str, Any]) -> Iterator[dict[str, Person]]:
    """Each person in a window of their own, signed in with password and code."""
    people = {role: Person(browser, server, email) for role, email in made["people"].items()}
    for person in people.values():
        person.sign_in(PASSWORD)
    yield people
    for person in people.values():
        person.context.close()


def test_a_whole_school_by_keyboard_alone(
    server: Server, made: dict[str, Any], people: dict[str, Person], tmp_path: Path
) -> None:
    manager, teacher, head = people["data manager"], people["teacher"], people["headteacher"]

    given_the_roll_and_the_register_are_loaded(manager, made["upns"], tmp_path)
    when_the_teacher_fills_in_the_marksheet(teacher)
    then_nothing_is_left(teacher)

    when_the_teacher_signs(teacher)
    when_the_head_signs(head)
    path = when_the_file_is_made_and_downloaded(manager, tmp_path)
    then_keystage_check_calls_it_clean(path, tmp_path / "register.csv")


def given_the_roll_and_the_register_are_loaded(manager: Person, upns: list[str], folder: Path) -> None:
    for name, text in (("roll.csv", ROLL), ("register.csv", REGISTER)):
        (folder / name).write_text(text.format(*upns), encoding="utf-8")
    manager.press("School records")
    manager.press("Summer 2026")
    manager.sees("Not started.")
    manager.press("Load the roll")
    manager.attach("File", folder / "roll.csv")
    manager.press("See what it would change")
    manager.press("Accept all 4")
    manager.press("Tasks")
    manager.press("Load the register of expected pupils")
    manager.attach("File", folder / "register.csv")
    manager.press("See what it would change")
    manager.press("Use this register")
    manager.sees("Left on 20 April 2026, before test week, and is on the register: reported as left.")


def when_the_teacher_fills_in_the_marksheet(teacher: Person) -> None:
    teacher.press("School records")
    teacher.press("Summer 2026")
    teacher.press("Fill in the marksheet")
    keys = teacher.page.keyboard
    teacher.to_cell("Writing", "Ash, Ada")
    for code in ("exs", "pk6", "gds", "l"):
        keys.type(code)
        keys.press("Enter")
    teacher.to_cell("Science", "Ash, Ada")
    for code in ("exs", "hnm", "exs", "l"):
        keys.type(code)
        keys.press("Enter")
    teacher.to_cell("Reading", "Birch, Ben")
    keys.type("pk5")
    keys.press("Enter")
    teacher.sees("All changes saved at")


def then_nothing_is_left(teacher: Person) -> None:
    teacher.page.reload()
    teacher.sees("0 of 9 left")


def when_the_teacher_signs(teacher: Person) -> None:
    teacher.press("Sign")
    teacher.press("Read and sign for Oak")
    teacher.tick("I confirm…")
    teacher.press("Sign")
    teacher.sees("Signed")


def when_the_head_signs(head: Person) -> None:
    head.press("School records")
    head.press("Summer 2026")
    head.press("Headteacher signs the return")
    head.press("Read and sign the return")
    head.tick("I confirm…")
    head.press("Sign")
    head.sees("Signed")


def when_the_file_is_made_and_downloaded(manager: Person, folder: Path) -> Path:
    manager.press("Send")
    manager.press("Make the file")
    manager.press("Make the file")
    manager.sees("Not exported")
    manager.tab_to("Download the file")
    with manager.page.expect_download() as download:
        manager.page.keyboard.press("Enter")
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    assert path.name == "9992001_KS2_NAALLLL_001.xml"
    return path


def then_keystage_check_calls_it_clean(path: Path, register: Path) -> None:
    command = [sys.executable, "-m", "keystage", "check", str(path), "--register", str(register), "--format", "json"]
    done = subprocess.run(command, capture_output=True, text=True)
    (file,) = json.loads(done.stdout)["files"]
    assert (done.returncode, file["verdict"], file["pupils"]) == (0, "clean", 4), file["findings"]
