"""Somebody who has a keyboard and no mouse."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, expect

from service.browsing import violations
from service.running import Server

_FOCUSED = """() => {
    const it = document.activeElement;
    const label = it.labels && it.labels.length ? it.labels[0].innerText : '';
    return (it.getAttribute('aria-label') || label || it.innerText || it.value || '').trim().split('\\n')[0];
}"""
_CELL = """() => {
    const cell = document.activeElement.closest('#ms-grid tbody td');
    const heading = cell && document.querySelectorAll('#ms-grid thead th')[cell.cellIndex].innerText;
    return cell && [heading, cell.parentElement.querySelector('.ks-ms-name').innerText];
}"""
_MOST_TABS = 400


class Person:
    """Somebody at the keyboard, in a browser window of their own. No step uses the mouse."""

    def __init__(self, browser: Browser, server: Server, email: str, **options: Any) -> None:
        self.server, self.email = server, email
        self.context: BrowserContext = browser.new_context(base_url=server.address, locale="en-GB", **options)
        self.page: Page = self.context.new_page()

    def tab_to(self, name: str) -> None:
        """Press Tab until the thing with a name has the focus; of a long name the beginning is enough, with “…”."""
        for _ in range(_MOST_TABS):
            focused = self.page.evaluate(_FOCUSED)
            if focused == name or (name.endswith("…") and focused.startswith(name[:-1])):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"no Tab leads to “{name}” on {self.page.url}:\n{self.page.inner_text('body')}")

    def press(self, name: str, key: str = "Enter") -> None:
        """Go to a link or a button and press it, then look at the page it leads to with axe."""
        self.tab_to(name)
        with self.page.expect_navigation():
            self.page.keyboard.press(key)
        assert violations(self.page) == [], self.page.url

    def fill(self, name: str, text: str) -> None:
        """Go to a field and type."""
        self.tab_to(name)
        self.page.keyboard.type(text)

    def tick(self, name: str) -> None:
        """Go to a box and tick it."""
        self.tab_to(name)
        self.page.keyboard.press("Space")

    def choose(self, first: str, name: str) -> None:
        """Go to the first of some radio buttons and choose one with the arrows."""
        self.tab_to(first)
        self.page.keyboard.press("Space")
        while self.page.evaluate(_FOCUSED) != name:
            self.page.keyboard.press("ArrowDown")

    def attach(self, label: str, path: Path) -> None:
        """Choose a file. The window in which one looks for it is the system's own, so this step is done for us."""
        self.page.get_by_label(label, exact=True).set_input_files(path)

    def sign_in(self, password: str) -> None:
        """Sign in with the password and the code that comes by email; the demonstration prints it."""
        self.page.goto("")
        self.fill("Email address", self.email)
        self.fill("Password", password)
        sent = len(self.codes())
        self.press("Sign in")
        for _ in range(200):
            if len(self.codes()) > sent:
                break
            self.page.wait_for_timeout(50)
        self.fill("Code", self.codes()[-1])
        self.press("Continue")

    def codes(self) -> list[str]:
        """Return the codes that were emailed to this person so far."""
        return re.findall(rf"Email to {re.escape(self.email)}.*?\b(\d{{6}})\b", self.server.log(), flags=re.DOTALL)

    def sees(self, text: str) -> None:
        """Expect a text on the page."""
        expect(self.page.locator("body")).to_contain_text(text)

    def to_cell(self, subject: str, pupil: str) -> None:
        """Go to a cell of the marksheet with the arrows; the whole table is one stop of Tab."""
        for _ in range(_MOST_TABS):
            if self.page.evaluate(_CELL):
                break
            self.page.keyboard.press("Tab")
        self.page.keyboard.press("Control+Home")
        self._move("ArrowRight", lambda cell: cell[0] == subject)
        self._move("ArrowDown", lambda cell: cell[1] == pupil)

    def _move(self, key: str, is_there: Callable[[list[str]], bool]) -> None:
        for _ in range(_MOST_TABS):
            if is_there(self.page.evaluate(_CELL)):
                return
            self.page.keyboard.press(key)
        raise AssertionError(f"{key} leads no further than {self.page.evaluate(_CELL)}")
