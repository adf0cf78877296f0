"""A return's whole way: from the school's file, refused for a missing leaver, to the receipt, and home with results."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from journeys.keyboard import Person
from keystage.service.accounts.demo import PASSWORD
from service.running import Server, a_server

WHO = ("data manager", "teacher", "headteacher", "data officer", "operator")


@pytest.fixture(scope="module")
def server(empty_installation: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with a_server(tmp_path_factory.mktemp("way"), empty_installation, worker=True, KEYSTAGE_DEMO="true") as running:
        yield running


@pytest.fixture(scope="module")
def made(server: Server) -> dict[str, Any]:
    return server.seed("service.seeds:practice_ready")


@pytest.fixture
def people(server: Server, browser: Browser, made: dict[str, Any]) -> Iterator[dict[str, Person]]:
    """Each person in a window of their own, signed in with password and code."""
    people = {who: Person(browser, server, made["people"][who]) for who in WHO}
    for person in people.values():
        person.sign_in(PASSWORD)
    yield people
    for person in people.values():
        person.context.close()


def test_a_return_goes_to_the_gateway_and_comes_home_with_results(
    server: Server, made: dict[str, Any], people: dict[str, Person], tmp_path: Path
) -> None:
    manager, teacher, head, officer, operator = (people[who] for who in WHO)

    first = when_the_file_is_made_and_downloaded(manager, made, tmp_path)
    when_it_is_sent(manager, made, first)
    then_it_fails_for_the_leaver(manager, made)

    when_the_leaver_is_put_right_at_the_gateway(manager, made)
    when_the_register_comes_into_the_schools_records(manager, made, tmp_path)
    when_the_teacher_enters_that_the_leaver_left_and_signs(teacher, made)
    when_the_head_signs(head, made)
    second = when_the_file_is_made_and_downloaded(manager, made, tmp_path)
    when_it_is_sent(manager, made, second)
    then_it_is_accepted_with_a_receipt(manager)
    then_the_authority_sees_it(officer, made)

    when_the_operator_loads_and_prepares_the_results(operator, made, tmp_path)
    then_nobody_sees_them_yet(manager, made)
    server.seed("service.seeds:release_now")
    then_the_school_downloads_them(manager, made)


def when_the_file_is_made_and_downloaded(manager: Person, made: dict[str, Any], folder: Path) -> Path:
    manager.page.goto(f"{made['school']}send/")
    manager.press("Make the file")
    manager.press("Make the file")
    return downloaded(manager, "Download the file", folder)


def when_it_is_sent(manager: Person, made: dict[str, Any], path: Path) -> None:
    manager.page.goto(f"{made['gateway']}files/send/")
    manager.attach("Your file", path)
    manager.press("Send the file")


def then_it_fails_for_the_leaver(manager: Person, made: dict[str, Any]) -> None:
    manager.sees("is expected and is not in the return")
    manager.sees(made["leaver"]["name"].partition(",")[0])
    manager.page.goto(made["gateway"])
    manager.sees("in error")


def when_the_leaver_is_put_right_at_the_gateway(manager: Person, made: dict[str, Any]) -> None:
    manager.page.goto(f"{made['gateway']}register/{made['leaver']['key']}/")
    manager.press("Change")
    manager.page.get_by_role("radio", name="Left").check()
    manager.page.get_by_label("Date of leaving").fill(f"{date.fromisoformat(made['left']):%d/%m/%Y}")
    manager.press("Save")
    manager.sees("Left")


def when_the_register_comes_into_the_schools_records(manager: Person, made: dict[str, Any], folder: Path) -> None:
    manager.page.goto(f"{made['gateway']}register/")
    with manager.page.expect_download() as download:
        manager.page.get_by_role("link", name="Register for your own records").click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    manager.page.goto(f"{made['school']}pupils/import/register/")
    manager.attach("File", path)
    manager.press("See what it would change")
    manager.press("Replace the register")


def when_the_teacher_enters_that_the_leaver_left_and_signs(teacher: Person, made: dict[str, Any]) -> None:
    teacher.page.goto(f"{made['school']}marksheet/")
    for subject in ("Writing", "Science"):
        teacher.to_cell(subject, made["leaver"]["name"])
        teacher.page.keyboard.type("l")
        teacher.page.keyboard.press("Enter")
        teacher.sees("All changes saved at")
    teacher.page.goto(f"{made['school']}sign/")
    teacher.press("Read and sign for Cedar")
    teacher.tick("I confirm…")
    teacher.press("Sign")


def when_the_head_signs(head: Person, made: dict[str, Any]) -> None:
    head.page.goto(f"{made['school']}sign/return/")
    head.tick("I confirm…")
    head.press("Sign")
    head.sees("Signed")


def then_it_is_accepted_with_a_receipt(manager: Person) -> None:
    manager.page.get_by_role("link", name="R-2026-").click()
    manager.sees("Accepted")
    manager.sees("Fingerprint of what counts")
    href = manager.page.get_by_role("link", name="The receipt to keep or print").get_attribute("href")
    paper = manager.page.request.get(str(href))
    assert paper.headers["content-type"] == "application/pdf"
    assert paper.body().startswith(b"%PDF")


def then_the_authority_sees_it(officer: Person, made: dict[str, Any]) -> None:
    officer.page.goto(made["authority"])
    row = officer.page.get_by_role("row").filter(has_text="Quellbridge Primary School")
    expect(row).to_contain_text("accepted", ignore_case=True)


def when_the_operator_loads_and_prepares_the_results(operator: Person, made: dict[str, Any], folder: Path) -> None:
    path = folder / "results.csv"
    path.write_bytes(operator.page.request.get("/demo/results.csv").body())
    operator.page.goto(f"{made['agency']}results/")
    operator.page.locator("input[type=file]").set_input_files(path)
    operator.press("Load the file")
    page = operator.page
    waits_for(page, "Prepare the files")
    if page.locator("input[type=checkbox]").count():
        page.locator("input[type=checkbox]").check()
    operator.press("Prepare the files")
    waits_for(page, "Next: set the time of the release.")
    operator.page.goto(f"{page.url}time/")
    tomorrow = date.fromordinal(date.today().toordinal() + 1)  # noqa: DTZ011 - any day to come will do
    page.get_by_label("Day of the release").fill(f"{tomorrow:%d/%m/%Y}")
    page.get_by_label("Time of the release").fill("7:30am")
    operator.press("Set the time")
    operator.sees("Everything is ready")


def then_nobody_sees_them_yet(manager: Person, made: dict[str, Any]) -> None:
    manager.page.goto(f"{made['gateway']}results/")
    manager.sees("at 7:30am")
    assert manager.page.get_by_role("link", name="Common Transfer File").count() == 0


def then_the_school_downloads_them(manager: Person, made: dict[str, Any]) -> None:
    manager.page.goto(f"{made['gateway']}results/")
    hrefs = [each.get_attribute("href") for each in manager.page.get_by_role("main").get_by_role("link").all()]
    files = [manager.page.request.get(href) for href in hrefs if href and "/results/" in href]
    beginnings = sorted({each.body()[:5] for each in files})
    assert [each.status for each in files] == [200] * 4
    assert b"<?xml" in beginnings
    assert b"%PDF-" in beginnings


def downloaded(person: Person, link: str, folder: Path) -> Path:
    person.tab_to(link)
    with person.page.expect_download() as download:
        person.page.keyboard.press("Enter")
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def waits_for(page: Page, text: str) -> None:
    """Look again until the background has done its work."""
    for _ in range(120):
        if text in page.inner_text("main"):
            return
        page.wait_for_timeout(500)
        page.reload()
    raise AssertionError(f"“{text}” never came on {page.url}:\n{page.inner_text('main')}")
