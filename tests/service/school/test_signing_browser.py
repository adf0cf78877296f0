"""The pages from checks to sending in a real browser: nothing for axe to find, and nothing wider than a phone."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from service.browsing import violations
from service.running import Server

SHOTS = os.environ.get("KEYSTAGE_SCREENSHOTS", "")
"""A folder for pictures of the pages, for whoever wants to look at them."""


@pytest.fixture(scope="module")
def pages(server: Server) -> list[dict[str, str]]:
    return server.seed("service.school.signing_seeds:pages")


@pytest.mark.parametrize("width", [1280, 320])
def test_every_page_is_accessible_and_fits(server: Server, browser: Browser, pages, width: int) -> None:
    problems: list[str] = []
    for each in pages:
        context = browser.new_context(viewport={"width": width, "height": 900})
        context.add_cookies([{"name": "keystage_session", "value": each["session"], "url": server.address}])
        page = context.new_page()
        response = page.goto(server.address.rstrip("/") + each["address"])
        assert response is not None
        assert response.status == 200, each["name"]
        page.evaluate("() => document.querySelectorAll('details').forEach(each => { each.open = true; })")
        problems += [f"{each['name']}: {fault}" for fault in violations(page)]
        if (wide := page.evaluate("() => document.documentElement.scrollWidth")) > width:
            problems.append(f"{each['name']} is {wide} pixels wide")
        if SHOTS:
            page.screenshot(path=Path(SHOTS) / f"{each['name']}-{width}.png", full_page=True)
        context.close()
    assert problems == []
