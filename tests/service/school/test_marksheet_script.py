"""The marksheet's script in a real browser: keyboard, clipboard, saving, and what happens when things go wrong."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from service.browsing import signed_in, violations
from service.running import Server



@dataclass
class Opened:
    """A marksheet that somebody has open."""

    browser: Browser
    server: Server
    seeded: dict[str, Any]
    context: BrowserContext
    page: Page

    def cell(self, forename: str, subject: str = "Writing", page: Page | None = None) -> Locator:
        return (page or self.page).get_by_label(f"{subject}, {forename} Example", exact=True)

    def another(self, who: str = "other", **options: Any) -> Page:
        page = signed_in(self.browser, self.server, self.seeded[who], **options).new_page()
        page.goto(self.seeded["path"])
        return page

    def stored(self) -> dict[str, str]:
        """What the server has, read by a page that is loaded anew."""
        page = self.context.new_page()
        page.goto(self.seeded["path"])
        found = page.locator("input.ks-ms-cell").evaluate_all(
            "cells => Object.fromEntries(cells.map(c => [c.getAttribute('aria-label'), c.name.split('.')[3]]))"
        )
        page.close()
        return {label: code for label, code in found.items() if code}

    def is_saved(self, page: Page | None = None) -> None:
        expect((page or self.page).locator("#ms-state")).to_contain_text("All changes saved at")


@pytest.fixture(scope="module")
def classes(server: Server) -> Iterator[dict[str, Any]]:
    """A class for each test, all made at once."""
    return iter(server.seed("service.school.marksheet_seeds:classes", count=40))


@pytest.fixture
def opened(server: Server, browser: Browser, classes: Iterator[dict[str, Any]]) -> Iterator[Opened]:
    seeded = next(classes)
    context = signed_in(browser, server, seeded["teacher"])
    page = context.new_page()
    page.goto(seeded["path"])
    yield Opened(browser, server, seeded, context, page)
    assert not violations(page)
    for each in browser.contexts:
        each.close()


def paste(cell: Locator, text: str) -> None:
    cell.evaluate(
        """(cell, text) => {
            cell.focus();
            const data = new DataTransfer();
            data.setData('text/plain', text);
            cell.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
        }""",
        text,
    )


def test_a_class_is_entered_by_keyboard_alone(opened: Opened) -> None:
    opened.cell("Ada").focus()
    for code in ("exs", "gds", "wts", "pk6"):
        opened.page.keyboard.type(code)
        opened.page.keyboard.press("Enter")
    opened.page.keyboard.press("ArrowRight")
    opened.page.keyboard.press("ArrowRight")
    for code in ("hnm", "exs", "exs", "exs"):
        opened.page.keyboard.type(code)
        opened.page.keyboard.press("Shift+Enter")
    opened.is_saved()
    assert opened.stored() == {
        **{"Writing, Ada Example": "EXS", "Writing, Ben Example": "GDS", "Writing, Cem Example": "WTS"},
        **{"Writing, Dora Example": "PK6", "Science, Dora Example": "HNM", "Science, Cem Example": "EXS"},
        **{"Science, Ben Example": "EXS", "Science, Ada Example": "EXS"},
    }
    expect(opened.page.locator("#ms-total")).to_have_text("1")  # Ben's reading


def test_tab_reaches_the_table_once_and_leaves_it(opened: Opened) -> None:
    opened.cell("Ada").focus()
    opened.page.keyboard.press("Tab")
    assert opened.page.evaluate("document.activeElement.closest('table')") is None
    opened.page.keyboard.press("Shift+Tab")
    expect(opened.cell("Ada")).to_be_focused()


def test_a_closed_cell_is_reached_by_the_arrows_and_says_why(opened: Opened) -> None:
    opened.cell("Ada").focus()
    opened.page.keyboard.press("ArrowLeft")
    expect(opened.page.locator(":focus")).to_contain_text("No judgement is wanted. The pupil sits the test")
    expect(opened.page.locator("#ms-reason")).to_contain_text("The pupil sits the test")


def test_escape_puts_back_what_was_there(opened: Opened) -> None:
    opened.cell("Ada").focus()
    opened.page.keyboard.type("exs\n")
    opened.is_saved()
    opened.cell("Ada").focus()
    opened.page.keyboard.type("gd")
    opened.page.keyboard.press("Escape")
    expect(opened.cell("Ada")).to_have_value("EXS")
    opened.page.keyboard.press("Enter")
    assert opened.stored() == {"Writing, Ada Example": "EXS"}


def test_f2_changes_a_part_and_the_arrows_stay_inside(opened: Opened) -> None:
    opened.cell("Ada").focus()
    opened.page.keyboard.type("pk6\n")
    opened.cell("Ada").focus()
    for key in ("F2", "ArrowLeft", "ArrowRight", "Backspace", "4", "Enter"):
        opened.page.keyboard.press(key)
    opened.is_saved()
    assert opened.stored() == {"Writing, Ada Example": "PK4"}


def test_delete_clears(opened: Opened) -> None:
    opened.cell("Ada").focus()
    opened.page.keyboard.type("exs\n")
    opened.cell("Ada").focus()
    opened.page.keyboard.press("Delete")
    opened.is_saved()
    expect(opened.page.locator("#ms-total")).to_have_text("9")
    assert opened.stored() == {}


def test_a_wrong_code_is_refused_at_the_cell_and_stays_visible(opened: Opened) -> None:
    sent: list[str] = []
    opened.page.on("request", lambda request: sent.append(request.method))
    opened.cell("Ada").focus()
    opened.page.keyboard.type("hnm\n")
    ada = opened.cell("Ada")
    expect(ada).to_have_attribute("aria-invalid", "true")
    expect(ada).to_have_value("hnm")
    expect(ada).to_have_accessible_description(
        "Error: Writing: “HNM” is a code for science, not for writing. "
        "Use GDS, EXS, WTS, PK6, PK5, PK4, PK3, PK2, PK1, EM, A, L, F or P."
    )
    expect(opened.page.locator("#ms-state")).to_contain_text("1 code not accepted")
    assert not violations(opened.page)
    assert "POST" not in sent
    ada.focus()
    opened.page.keyboard.type("exs\n")
    expect(ada).not_to_have_attribute("aria-invalid", "true")
    opened.is_saved()


def test_a_block_from_excel_is_pasted_and_what_did_not_go_in_is_named(opened: Opened) -> None:
    block = 'EXS\t\tEXS\r\n"GDS"\tPK3\texs\r\nZZZ\t\tHNM\r\nWTS\t\tHNM\r\nEXS\t\tEXS\r\n'
    paste(opened.cell("Ada"), block)
    note = opened.page.locator("#ms-note")
    expect(note).to_contain_text("7 cells pasted.")
    expect(note).to_contain_text("1 cell with a code that is not valid")
    expect(note).to_contain_text("Skipped, because nothing is entered there: Maths of Ben Example.")
    expect(note).to_contain_text("2 cells of the block did not fit in the table, and were left over.")
    expect(opened.cell("Cem")).to_have_value("ZZZ")
    opened.is_saved()
    assert opened.stored() == {
        **{"Writing, Ada Example": "EXS", "Science, Ada Example": "EXS", "Writing, Ben Example": "GDS"},
        **{"Science, Ben Example": "EXS", "Science, Cem Example": "HNM", "Writing, Dora Example": "WTS"},
        **{"Science, Dora Example": "HNM"},
    }
    assert not violations(opened.page)


def test_a_selection_is_copied_as_excel_wants_it(opened: Opened) -> None:
    paste(opened.cell("Ada"), "EXS\nGDS")
    opened.cell("Ada").focus()
    opened.page.keyboard.press("Shift+ArrowDown")
    copied = opened.cell("Ada").evaluate(
        """cell => {
            const data = new DataTransfer();
            cell.dispatchEvent(new ClipboardEvent('copy', {clipboardData: data, bubbles: true, cancelable: true}));
            return data.getData('text/plain');
        }"""
    )
    assert copied == "EXS\r\nGDS"


def test_fill_down_fills_the_selection_from_its_first_row_and_is_undone_as_one(opened: Opened) -> None:
    opened.cell("Ada").focus()
    opened.page.keyboard.type("exs")
    for key in ("Enter", "ArrowUp", "Shift+ArrowDown", "Shift+ArrowDown", "Control+d"):
        opened.page.keyboard.press(key)
    opened.is_saved()
    labels = [f"Writing, {name} Example" for name in ("Ada", "Ben", "Cem")]
    assert opened.stored() == dict.fromkeys(labels, "EXS")
    opened.page.keyboard.press("Control+z")
    expect(opened.cell("Cem")).to_have_value("")
    opened.page.keyboard.press("Control+y")
    expect(opened.cell("Cem")).to_have_value("EXS")
    opened.page.keyboard.press("Control+z")
    opened.page.keyboard.press("Control+z")
    expect(opened.cell("Ada")).to_have_value("")
    opened.is_saved()
    expect(opened.page.locator("#ms-total")).to_have_text("9")
    assert opened.stored() == {}


def test_the_button_fills_the_empty_cells_below_and_no_others(opened: Opened) -> None:
    opened.cell("Cem").fill("gds")
    opened.cell("Ada").fill("exs")
    opened.cell("Ada").focus()
    opened.page.keyboard.press("Enter")
    opened.cell("Ada").focus()
    opened.page.get_by_role("button", name="Fill the 2 empty cells below with EXS").click()
    opened.is_saved()
    assert [opened.cell(name).input_value() for name in ("Ada", "Ben", "Cem", "Dora")] == ["EXS", "EXS", "GDS", "EXS"]


def test_a_code_is_picked_from_the_list_by_pointer(opened: Opened) -> None:
    opened.cell("Ada").click()
    opened.page.get_by_role("button", name="GDS working at greater depth").click()
    expect(opened.cell("Ada")).to_have_value("GDS")
    expect(opened.cell("Ben")).to_be_focused()
    opened.is_saved()


def test_without_a_connection_changes_are_kept_and_sent_when_it_is_back(opened: Opened) -> None:
    opened.context.set_offline(True)
    opened.cell("Ada").focus()
    opened.page.keyboard.type("exs\ngds\n")
    state = opened.page.locator("#ms-state")
    expect(state).to_contain_text("No connection: 2 changes kept on this computer, trying again")
    assert not violations(opened.page)
    opened.context.set_offline(False)
    opened.is_saved()
    assert opened.stored() == {"Writing, Ada Example": "EXS", "Writing, Ben Example": "GDS"}


def test_a_fault_of_the_server_is_tried_again(opened: Opened) -> None:
    answers = iter([500, 503])

    def sometimes(route: Any) -> None:
        status = next(answers, None)
        route.fulfill(status=status, body="no") if status else route.continue_()

    opened.page.route("**/cells/", sometimes)
    opened.cell("Ada").focus()
    opened.page.keyboard.type("exs\n")
    expect(opened.page.locator("#ms-state")).to_contain_text("The service did not answer: 1 change kept")
    opened.is_saved()
    assert opened.stored() == {"Writing, Ada Example": "EXS"}


def test_an_answer_that_is_lost_makes_no_conflict_with_oneself(opened: Opened) -> None:
    lost = iter([True])

    def lose_the_first(route: Any) -> None:
        if next(lost, False):
            route.fetch()
            route.abort()
        else:
            route.continue_()

    opened.page.route("**/cells/", lose_the_first)
    opened.cell("Ada").focus()
    opened.page.keyboard.type("exs\n")
    expect(opened.page.locator("#ms-state")).to_contain_text("No connection")
    opened.cell("Ada").focus()
    opened.page.keyboard.type("gds\n")
    opened.is_saved()
    expect(opened.page.locator(".ks-ms-clash")).to_have_count(0)
    assert opened.stored() == {"Writing, Ada Example": "GDS"}


@pytest.mark.parametrize(("button", "left"), [("Keep EXS", "EXS"), ("Use GDS", "GDS")])
def test_the_second_of_two_people_chooses_by_keyboard(opened: Opened, button: str, left: str) -> None:
    other = opened.another()
    other.evaluate("setInterval = () => 0")
    opened.cell("Ada").focus()
    opened.page.keyboard.type("exs\n")
    opened.is_saved()
    theirs = opened.cell("Ada", page=other)
    theirs.focus()
    other.keyboard.type("gds")
    other.keyboard.press("Enter")
    choice = other.get_by_role("group", name="Choose for Writing, Ada Example")
    expect(choice).to_contain_text("Tamsin Ash entered EXS on")
    expect(choice).to_contain_text("You entered GDS.")
    expect(other.locator("#ms-alert")).to_contain_text("Choose which to keep")
    expect(other.locator("#ms-state")).to_contain_text("1 cell to choose about")
    assert not violations(other)
    assert opened.stored() == {"Writing, Ada Example": "EXS"}
    theirs.focus()
    other.keyboard.press("Tab")
    if button.startswith("Use"):
        other.keyboard.press("Tab")
    expect(other.get_by_role("button", name=button)).to_be_focused()
    other.keyboard.press("Enter")
    expect(theirs).to_have_value(left)
    expect(choice).to_have_count(0)
    opened.is_saved(other)
    assert opened.stored() == {"Writing, Ada Example": left}


def test_what_others_change_appears_by_itself(opened: Opened) -> None:
    other = opened.another()
    expect(other.locator("form[data-ready]")).to_have_count(1)
    opened.cell("Ada").focus()
    opened.page.keyboard.type("exs\n")
    opened.is_saved()
    expect(opened.cell("Ada", page=other)).to_have_value("EXS", timeout=12_000)
    expect(other.locator("#ms-said")).to_contain_text("Tamsin Ash changed 1 cell.")
    expect(other.locator("#ms-total")).to_have_text("8")


def test_unsaved_changes_are_sent_on_the_next_visit(opened: Opened) -> None:
    opened.page.route("**/cells/", lambda route: route.abort())
    opened.cell("Ada").focus()
    opened.page.keyboard.type("exs\n")
    expect(opened.page.locator("#ms-state")).to_contain_text("1 change kept on this computer")
    kept = opened.page.evaluate("Object.values({...localStorage})")
    assert [list(json.loads(each).values())[0]["code"] for each in kept] == ["EXS"]
    assert "Ada" not in kept[0]
    opened.page.close()
    page = opened.context.new_page()
    page.goto(opened.seeded["path"])
    expect(page.locator("#ms-note")).to_contain_text("1 change was kept on this computer from your last visit")
    opened.is_saved(page)
    assert page.evaluate("localStorage.length") == 0
    opened.page = page
    assert opened.stored() == {"Writing, Ada Example": "EXS"}


def test_leaving_with_unsaved_changes_is_warned_of(opened: Opened) -> None:
    opened.page.route("**/cells/", lambda route: route.abort())
    opened.cell("Ada").focus()
    opened.page.keyboard.type("exs\n")
    expect(opened.page.locator("#ms-state")).to_contain_text("No connection")
    asked: list[str] = []
    opened.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    opened.page.close(run_before_unload=True)
    opened.page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    opened.page.unroute("**/cells/")
    opened.is_saved()


def test_signed_out_changes_are_kept_and_saved_after_signing_in(opened: Opened) -> None:
    cookies = opened.context.cookies()
    opened.context.clear_cookies(name="keystage_session")
    opened.cell("Ada").focus()
    opened.page.keyboard.type("exs\n")
    state = opened.page.locator("#ms-state")
    expect(state).to_contain_text("You are signed out: 1 change kept on this computer.")
    expect(state.get_by_role("link", name="Sign in again")).to_be_visible()
    assert not violations(opened.page)
    opened.context.add_cookies([each for each in cookies if each["name"] == "keystage_session"])
    opened.page.evaluate("dispatchEvent(new Event('focus'))")
    opened.is_saved()
    assert opened.stored() == {"Writing, Ada Example": "EXS"}


def test_what_one_person_typed_is_not_sent_as_another(opened: Opened) -> None:
    opened.cell("Ada").focus()
    opened.page.keyboard.type("exs\n")
    opened.is_saved()
    opened.context.add_cookies(
        [{"name": "keystage_session", "value": opened.seeded["other"], "url": opened.server.address}]
    )
    opened.cell("Ben").focus()
    opened.page.keyboard.type("exs\n")
    expect(opened.page.locator("#ms-state")).to_contain_text("Somebody else has signed in on this computer.")
    assert opened.stored() == {"Writing, Ada Example": "EXS"}


def test_pupils_are_found_at_once_by_name_class_and_what_is_missing(opened: Opened) -> None:
    rows = opened.page.locator("tr[data-p]:visible")
    opened.page.get_by_label("Name").fill("dor")
    expect(rows).to_have_count(1)
    opened.page.get_by_label("Name").fill("nobody at all")
    expect(opened.page.locator("#ms-nobody")).to_be_visible()
    opened.page.get_by_label("Name").fill("")
    opened.cell("Ada").fill("exs")
    opened.cell("Ada", "Science").fill("exs")
    opened.page.keyboard.press("Enter")
    opened.page.get_by_label("Pupils", exact=True).select_option("missing")
    expect(rows).to_have_count(3)
    opened.is_saved()


@pytest.mark.parametrize("width", [320, 375])
def test_a_phone_needs_no_sideways_scrolling(opened: Opened, width: int) -> None:
    page = opened.another("teacher", viewport={"width": width, "height": 640}, has_touch=True)
    opened.cell("Ada", page=page).click()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.evaluate("document.querySelector('.ks-ms-grid').getBoundingClientRect().right") <= width
    page.get_by_role("button", name="EXS working at").click()
    opened.is_saved(page)
    assert not violations(page)
