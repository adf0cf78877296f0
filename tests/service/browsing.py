"""A real browser for tests: the system's Chromium."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from service.running import Server

_AXE = Path(__file__).resolve().parents[2] / "frontend/node_modules/axe-core/axe.min.js"
_QUIET = (
    *("--no-sandbox", "--disable-gpu", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
)


@contextmanager
def a_browser() -> Iterator[Browser]:
    """Run Chromium without a window."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert found, "Chromium is not installed: “make test” installs it."
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(_QUIET))
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def a_recorded_browser(browser: Browser, record: Path) -> Iterator[Browser]:
    """Run one more Chromium beside another, which writes down all that it asks of any network."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    args = [*_QUIET, f"--log-net-log={record}"]
    recorded = browser.browser_type.launch(executable_path=found, args=args)
    try:
        yield recorded
    finally:
        recorded.close()


def signed_in(browser: Browser, server: Server, session: str, **options: Any) -> BrowserContext:
    """Return a browser window of somebody who has signed in: see ``session_of`` in ``seeds.py``."""
    context = browser.new_context(base_url=server.address, **options)
    context.add_cookies([{"name": "keystage_session", "value": session, "url": server.address}])
    return context


def violations(page: Page) -> list[str]:
    """Return what axe finds wrong with a page as it stands, one line a fault."""
    page.evaluate(_AXE.read_text(encoding="utf-8") + "; undefined")
    found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{fault['id']}: {fault['help']} ({node['html'][:150]})"
        for fault in found["violations"]
        for node in fault["nodes"]
    ]
