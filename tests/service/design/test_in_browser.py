"""The catalogue in a real browser, under the policy that the service sends."""

import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from service.design import catalogue

ROOT = Path(__file__).parents[3]
BUILT = ROOT / "src/keystage/service/design/static/keystage"
AXE = ROOT / "frontend/node_modules/axe-core/axe.min.js"
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
ERRORS = ("400", "403", "403_csrf", "404", "429", "500", "503")
WINDOWS = [(name, width) for name in ("catalogue", "done", "sure") for width in (1280, 375, 320)]
RULES = "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}"


class _Server(http.server.SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    assert (BUILT / "keystage.css").is_file(), "Run `python frontend/build.py` first: the styles are not built."
    folder = tmp_path_factory.mktemp("site")
    for name, text in catalogue.pages().items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    (folder / "static").mkdir()
    (folder / "static/keystage").symlink_to(BUILT)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Server, directory=folder)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        yield context.new_page()


def violations(page: Page) -> list[str]:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(f"axe.run(document, {RULES})")["violations"]
    return [f"{each['id']}: {node['html'][:150]}" for each in found for node in each["nodes"]]


@pytest.mark.parametrize(("name", "width"), [*WINDOWS, *((name, 320) for name in ERRORS)])
def test_every_page_is_accessible_fits_its_window_and_keeps_the_policy(
    page: Page, address: str, name: str, width: int
) -> None:
    said: list[str] = []
    page.set_viewport_size({"width": width, "height": 900})
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(f"{address}/{name}.html")
    page.locator("body.govuk-frontend-supported").wait_for()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert said == []


def test_the_error_summary_takes_the_focus_and_leads_to_the_field(page: Page, address: str) -> None:
    page.goto(f"{address}/catalogue.html")
    page.wait_for_selector(".govuk-error-summary:focus")
    page.get_by_role("link", name="Enter a forename").click()
    page.wait_for_selector("#sent_forename:focus")


def test_the_menu_opens_by_keyboard_on_a_phone(browser: Browser, address: str) -> None:
    with browser.new_context(viewport={"width": 375, "height": 700}) as context:
        page = context.new_page()
        page.goto(f"{address}/sure.html")
        pupils = page.get_by_role("link", name="Pupils", exact=True)
        pupils.wait_for(state="hidden")
        page.get_by_role("button", name="Menu").focus()
        page.keyboard.press("Enter")
        pupils.wait_for(state="visible")


def test_without_scripts_everything_is_there(browser: Browser, address: str) -> None:
    with browser.new_context(java_script_enabled=False, viewport={"width": 375, "height": 700}) as context:
        page = context.new_page()
        page.goto(f"{address}/catalogue.html")
        assert page.get_by_role("link", name="Pupils", exact=True).is_visible()
        address_field = page.get_by_label("Where shall we write?")
        assert address_field.is_hidden()
        page.locator("#id_reason-3").check()
        assert address_field.is_visible()
        assert page.locator("#id_file").is_visible()


def test_paper_has_no_navigation_and_repeats_the_headings_of_a_table(browser: Browser, address: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{address}/done.html")
        page.emulate_media(media="print")
        for part in (".govuk-service-navigation", ".ks-header__account", ".govuk-back-link"):
            assert page.locator(part).is_hidden()
        assert page.locator(".ks-practice").is_visible()
        assert page.locator("thead").evaluate("each => getComputedStyle(each).display") == "table-header-group"


def test_a_row_of_choices_keeps_an_outline_where_the_browser_replaces_colours(browser: Browser, address: str) -> None:
    with browser.new_context(forced_colors="active") as context:
        page = context.new_page()
        page.goto(f"{address}/sure.html")
        style = "each => getComputedStyle(each).borderBottomWidth"
        assert page.locator(".ks-header").evaluate(style) == "1px"
