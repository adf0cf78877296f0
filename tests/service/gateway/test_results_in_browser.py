"""Every page of results in a browser: accessible, and no wider than the window, on a desk and at 320 pixels."""

from typing import Any

import pytest
from playwright.sync_api import Browser

from service.browsing import signed_in, violations
from service.running import Server


@pytest.fixture(scope="module")
def pages(server: Server) -> dict[str, Any]:
    found: dict[str, Any] = server.seed("service.results_seeds:states")["pages"]
    return found


@pytest.mark.parametrize("width", [1280, 320])
def test_every_page_of_results(server: Server, browser: Browser, pages: dict[str, Any], width: int) -> None:
    problems = []
    for name, (path, session) in pages.items():
        context = signed_in(browser, server, session, viewport={"width": width, "height": 900})
        page = context.new_page()
        said: list[str] = []
        page.on("console", lambda message, said=said: said.append(message.text))
        response = page.goto(path)
        assert response is not None
        assert response.status == 200, (name, response.status)
        problems += [f"{name}: {each}" for each in (*violations(page), *said)]
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            problems.append(f"{name}: wider than the window")
        context.close()
    assert not problems, "\n".join(problems)


def test_a_school_downloads_its_results_by_its_links(server: Server, browser: Browser, pages: dict[str, Any]) -> None:
    path, session = pages["school"]
    page = signed_in(browser, server, session).new_page()
    page.goto(path)
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Spreadsheet of all results").first.click()
    assert waiting.value.suggested_filename == "9992001_KS2_results_2026_revised_2.csv"
    page.context.close()
