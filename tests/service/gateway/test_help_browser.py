"""The help thread in a browser: live on both sides, by keyboard, without a connection and without JavaScript."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from service.browsing import signed_in, violations
from service.running import Server

SOON = 15_000
"""Milliseconds within which a new message is there: the page asks every four seconds."""


@pytest.fixture(scope="module")
def made(server: Server) -> dict[str, Any]:
    return server.seed("service.help_seeds:thread")


@pytest.fixture
def school(server: Server, browser: Browser, made: dict[str, Any]) -> Iterator[Page]:
    with signed_in(browser, server, made["manager"]) as context:
        page = context.new_page()
        page.goto(made["school"])
        yield page


def test_both_sides_write_at_once_and_see_each_other_without_loading_again(
    server: Server, browser: Browser, made: dict[str, Any], school: Page
) -> None:
    with signed_in(browser, server, made["helper"]) as context:
        helper = context.new_page()
        helper.goto(made["queue"])
        helper.get_by_role("link", name="Quellbridge Primary School").click()
        helper.get_by_label("Your message").fill("On the register,\nunder another UPN.")
        school.get_by_label("Your message").fill("And where is Ben?")
        helper.get_by_role("button", name="Send the message").click()
        school.get_by_role("button", name="Send the message").click()
        expect(school.locator(".ks-message", has_text="under another UPN")).to_be_visible(timeout=SOON)
        expect(helper.locator(".ks-message", has_text="And where is Ben?")).to_be_visible(timeout=SOON)
        expect(helper.locator("#help-said")).to_have_text("New message from Dana Marsh.", timeout=SOON)
        expect(helper.locator(".ks-message")).to_have_count(3)
        expect(school.locator(".ks-message")).to_have_count(3)
        assert violations(helper) == []
    assert violations(school) == []


def test_a_message_stays_in_its_form_while_there_is_no_connection(
    server: Server, made: dict[str, Any], school: Page
) -> None:
    school.get_by_label("Your message").fill("Written in a tunnel")
    school.context.set_offline(True)
    school.get_by_role("button", name="Send the message").click()
    expect(school.get_by_role("alert")).to_contain_text("Your text is kept here")
    expect(school.get_by_label("Your message")).to_have_value("Written in a tunnel")
    expect(school.get_by_label("Your message")).to_be_focused()
    school.context.set_offline(False)
    school.wait_for_timeout(1100)  # GOV.UK's buttons take no second click within a second
    school.get_by_role("button", name="Send the message").click()
    expect(school.locator(".ks-message", has_text="Written in a tunnel")).to_have_count(1)
    expect(school.get_by_label("Your message")).to_have_value("")
    assert server.seed("service.help_seeds:texts", key=made["key"]).count("Written in a tunnel") == 1


def test_a_double_click_and_enter_send_once(server: Server, made: dict[str, Any], school: Page) -> None:
    school.get_by_label("Your message").fill("Twice?")
    school.get_by_role("button", name="Send the message").dblclick()
    expect(school.locator(".ks-message", has_text="Twice?")).to_have_count(1)
    assert server.seed("service.help_seeds:texts", key=made["key"]).count("Twice?") == 1


def test_it_works_without_javascript(server: Server, browser: Browser, made: dict[str, Any]) -> None:
    with signed_in(browser, server, made["manager"], java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(made["school"])
        page.get_by_label("Your message").fill("Plainly")
        page.get_by_role("button", name="Send the message").click()
        expect(page.locator(".ks-message").first).to_contain_text("Plainly")
        server.seed("service.help_seeds:answer", key=made["key"], text="Plainly answered")
        page.get_by_role("link", name="Look again").click()
        expect(page.locator(".ks-message").first).to_contain_text("Plainly answered")
        page.locator("summary").first.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("link", name="School records")).to_be_visible()
