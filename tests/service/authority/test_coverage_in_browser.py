"""The list of schools in a browser: it keeps itself up to date, keeps one's place, and fits a phone."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from service.browsing import signed_in, violations
from service.running import Server

SOON = 30_000
"""Milliseconds within which news is there: the page asks every ten seconds."""


@pytest.fixture(scope="module")
def made(server: Server) -> dict[str, Any]:
    return server.seed("service.county_seeds:county")


@pytest.fixture
def officer(server: Server, browser: Browser, made: dict[str, Any]) -> Iterator[Page]:
    with signed_in(browser, server, made["sessions"]["officer"], viewport={"width": 1280, "height": 500}) as context:
        page = context.new_page()
        page.goto(made["authority"] + "?sort=-school")
        yield page


def test_news_appears_by_itself_and_the_place_is_kept(server: Server, made: dict[str, Any], officer: Page) -> None:
    link = officer.get_by_role("link", name="Brackenford Primary School")
    link.focus()
    officer.evaluate("scrollTo(0, 300)")
    before = officer.evaluate("scrollY")
    row = officer.get_by_role("row", name="Larkhollow Primary School")
    expect(row).to_contain_text("Not started")
    server.seed("service.county_seeds:a_new_file", school="Larkhollow Primary School")
    expect(row).to_contain_text("Accepted", timeout=SOON)
    expect(officer.get_by_text("The list of schools has changed.")).to_have_count(1)
    expect(link).to_be_focused()
    assert officer.evaluate("scrollY") == before
    names = officer.locator("#schools tbody th").all_inner_texts()
    assert names == sorted(names, reverse=True), "still in the order that was chosen"
    assert violations(officer) == []


def test_the_list_is_sorted_by_keyboard(officer: Page) -> None:
    officer.get_by_role("columnheader", name="Missing").get_by_role("link").focus()
    officer.keyboard.press("Enter")
    expect(officer.get_by_role("columnheader", name="Missing")).to_have_attribute("aria-sort", "ascending")


def test_on_a_phone_nothing_is_wider_than_the_window(officer: Page) -> None:
    for width in (375, 320):
        officer.set_viewport_size({"width": width, "height": 800})
        assert officer.evaluate("document.documentElement.scrollWidth") <= width


def test_it_works_without_javascript(server: Server, browser: Browser, made: dict[str, Any]) -> None:
    with signed_in(browser, server, made["sessions"]["officer"], java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(made["authority"])
        page.get_by_label("Only those that are").select_option("Moderated")
        page.get_by_role("button", name="Show").click()
        expect(page.locator("#schools tbody tr")).to_have_count(1)
        page.get_by_role("link", name="Show all").click()
        expect(page.locator("#schools tbody tr")).to_have_count(5)
