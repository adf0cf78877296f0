"""Passkeys in a real browser, with an authenticator of Chromium's own: under our content security policy."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from service.browsing import violations
from service.running import Server
from service.signing_in import PASSWORD

_numbers = count(2001)


@dataclass
class Visit:
    """A headteacher's browser with a passkey in it."""

    page: Page
    head: dict[str, Any]
    faults: list[str]


@pytest.fixture
def visit(server: Server, browser: Browser) -> Iterator[Visit]:
    """A headteacher who has added a passkey, and has signed out."""
    head = server.seed("service.accounts.seeds:a_head", number=f"999{next(_numbers)}")
    address = server.address.replace("127.0.0.1", "localhost")  # passkeys belong to names, not to numbers
    context = browser.new_context(base_url=address)
    context.add_cookies([{"name": "keystage_session", "value": head["session"], "url": address}])
    page, faults = context.new_page(), []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    _authenticator(page)
    page.goto("account/second-step/passkeys/add/")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Name of the passkey").fill("School laptop")
    assert violations(page) == []
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    yield Visit(page, head, faults)
    context.close()


def _authenticator(page: Page) -> None:
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_passkey_signs_in_without_a_password_and_without_a_code(visit: Visit) -> None:
    visit.page.goto("account/sign-in/")
    visit.page.get_by_role("button", name="Use a passkey").click()
    expect(visit.page.get_by_role("link", name="Hilary Fry")).to_be_visible()
    assert visit.faults == []


def test_after_the_password_a_passkey_is_the_second_step(visit: Visit) -> None:
    visit.page.context.clear_cookies()
    visit.page.goto("account/sign-in/")
    visit.page.get_by_label("Email address").fill(visit.head["email"])
    visit.page.get_by_label("Password", exact=True).fill(PASSWORD)
    visit.page.get_by_role("button", name="Sign in").click()
    expect(visit.page.get_by_role("heading", name="Second step")).to_be_visible()
    assert violations(visit.page) == []
    visit.page.get_by_role("button", name="Use a passkey").click()
    expect(visit.page.get_by_role("link", name="Hilary Fry")).to_be_visible()
    assert visit.faults == []


def test_a_passkey_that_is_not_there_is_said_in_words(visit: Visit, browser: Browser) -> None:
    other = browser.new_context(base_url=visit.page.url.partition("/account")[0])
    page = other.new_page()
    _authenticator(page)
    page.goto("/account/sign-in/")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("No passkey was used")
    other.close()
