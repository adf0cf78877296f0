"""Results come home: imported, reconciled, reported to parents, summed up, and seen by the authority."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from service.browsing import signed_in, violations
from service.running import Server, a_server


@pytest.fixture(scope="module")
def server(empty_installation: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with a_server(tmp_path_factory.mktemp("home"), empty_installation, KEYSTAGE_DEMO="true") as running:
        yield running


@pytest.fixture(scope="module")
def made(server: Server) -> dict[str, Any]:
    return server.seed("service.finished_seeds:finished_years")


@pytest.fixture
def who(server: Server, browser: Browser, made: dict[str, Any]) -> Iterator[Any]:
    """Give a page of somebody's own."""
    contexts = []

    def page_of(person: str) -> Page:
        context = signed_in(browser, server, made["sessions"][person], locale="en-GB", accept_downloads=True)
        contexts.append(context)
        return context.new_page()

    yield page_of
    for context in contexts:
        context.close()


def go(page: Page, path: str) -> None:
    page.goto(path)
    assert violations(page) == [], page.url


def press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).or_(page.get_by_role("link", name=name, exact=True)).click()
    assert violations(page) == [], page.url


def taken(page: Page, name: str, folder: Path) -> Path:
    with page.expect_download() as found:
        page.get_by_role("link", name=name).first.click()
    path = folder / found.value.suggested_filename
    found.value.save_as(path)
    return path


def test_results_come_home_and_go_on_to_parents_governors_and_the_authority(
    made: dict[str, Any], who: Any, tmp_path: Path
) -> None:
    manager, head, officer = who("data manager"), who("headteacher"), who("data officer")

    given_the_import_is_undone(manager, made)
    file = when_the_school_downloads_its_results_at_the_gateway(manager, made, tmp_path)
    when_it_imports_them(manager, made, file)
    then_one_pupil_is_not_known_and_one_judgement_differs(manager)
    when_the_manager_says_who_it_is_and_accepts(manager)

    then_a_report_that_shows_other_results_must_be_made_again(manager, made)
    when_all_are_made_again(manager)
    then_the_set_of_the_class_is_a_tagged_pdf_with_each_pupil_alone(manager, made, tmp_path)
    then_the_head_has_the_summary_of_the_year(head, made, tmp_path)
    then_the_authority_has_the_same_figures(officer, made, tmp_path)


def given_the_import_is_undone(manager: Page, made: dict[str, Any]) -> None:
    go(manager, f"{made['school']}results/")
    press(manager, "Undo the import")
    manager.get_by_label("Why").fill("To see it come home once more.")
    press(manager, "Undo the import")
    expect(manager.get_by_role("main")).to_contain_text("To bring them here")


def when_the_school_downloads_its_results_at_the_gateway(manager: Page, made: dict[str, Any], folder: Path) -> Path:
    go(manager, f"{made['gateway']}results/")
    return taken(manager, "Common Transfer File: tests and teacher assessments", folder)


def when_it_imports_them(manager: Page, made: dict[str, Any], file: Path) -> None:
    go(manager, f"{made['school']}results/")
    press(manager, "Import results")
    manager.locator("input[type=file]").set_input_files(file)
    press(manager, "See what it would change")


def then_one_pupil_is_not_known_and_one_judgement_differs(manager: Page) -> None:
    main = manager.get_by_role("main")
    expect(main).to_contain_text("In the file, and not known here")
    expect(main.locator("a[href='#who']")).to_contain_text("1")
    expect(main.locator("a[href='#ta']")).to_contain_text("1")


def when_the_manager_says_who_it_is_and_accepts(manager: Page) -> None:
    manager.get_by_label("The same child", exact=True).check()
    press(manager, "Look again with these answers")
    press(manager, "Accept the results")
    expect(manager.get_by_role("main")).to_contain_text("34 pupils in the file, 34 known here")


def then_a_report_that_shows_other_results_must_be_made_again(manager: Page, made: dict[str, Any]) -> None:
    go(manager, f"{made['school']}reports/?show=again")
    again = manager.locator("tbody tr")
    expect(again).to_have_count(1)
    expect(again).to_contain_text("results")


def when_all_are_made_again(manager: Page) -> None:
    press(manager, "Make all reports")
    press(manager, "Make the reports")
    expect(manager.get_by_text("34 reports made and kept.")).to_be_visible()


def then_the_set_of_the_class_is_a_tagged_pdf_with_each_pupil_alone(
    manager: Page, made: dict[str, Any], folder: Path
) -> None:
    go(manager, f"{made['school']}reports/")
    manager.get_by_label("Class").select_option("Ash")
    press(manager, "Show")
    with manager.expect_download() as found:
        manager.get_by_role("link", name="one PDF").click()
    path = folder / "set.pdf"
    found.value.save_as(path)
    reader = PdfReader(path)
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in reader.trailer["/Root"]
    first, second = (f"{each['forename']} {each['surname']}" for each in made["pupils"][:2])
    pages = [page.extract_text() for page in reader.pages]
    of_first = [text for text in pages if first in text]
    assert of_first
    assert not any(second in text for text in of_first)
    assert of_first[0].index("Results at the end of key stage 2") < of_first[0].index("Attendance")


def then_the_head_has_the_summary_of_the_year(head: Page, made: dict[str, Any], folder: Path) -> None:
    go(head, f"{made['school']}summary/")
    expect(head.get_by_role("img").first).to_be_visible()
    path = taken(head, "The same for programs", folder)
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))
    (row,) = [
        each
        for each in rows
        if each["measure"] == "reading.expected" and each["group"] == "all" and each["collection_year"] == "2025"
    ]
    made["reading"] = (row["numerator"], row["denominator"])
    expect(head.get_by_role("main")).to_contain_text(f"{row['numerator']} of {row['denominator']} pupils")
    one_page = taken(head, "One page for governors", folder)
    assert len(PdfReader(one_page).pages) == 1


def then_the_authority_has_the_same_figures(officer: Page, made: dict[str, Any], folder: Path) -> None:
    go(officer, f"{made['authority']}school/{made['there']}/report/")
    numerator, denominator = made["reading"]
    expect(officer.get_by_role("main")).to_contain_text(f"{numerator} of {denominator} pupils")
    go(officer, f"{made['authority']}figures/")
    expect(officer.get_by_role("main")).to_contain_text("Quellbridge Primary School")
    assert taken(officer, "These figures (CSV)", folder).stat().st_size > 1000
