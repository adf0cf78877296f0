"""Every page that links lead an authority's officer, an operator and an analyst to: none that refuses them."""

from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from journeys.test_every_page import Crawl
from service.browsing import signed_in
from service.running import Server


@pytest.fixture(scope="module")
def made(server: Server) -> dict[str, Any]:
    return server.seed("service.county_seeds:county")


def test_every_page(server: Server, browser: Browser, made: dict[str, Any]) -> None:
    problems: list[str] = []
    for who, start in (("officer", made["authority"]), ("operator", made["agency"]), ("analyst", made["trust"])):
        crawl = Crawl(signed_in(browser, server, made["sessions"][who]).new_page(), "")
        crawl.seen |= {"account_logout"}
        crawl.from_([start, *made["starts"].get(who, [])])
        problems += [f"{who}: {each}" for each in crawl.problems]
    assert not problems, "\n".join(problems)


def test_the_page_of_a_zip_keeps_itself_up_to_date(server: Server, browser: Browser, made: dict[str, Any]) -> None:
    waiting = server.seed("service.county_seeds:a_waiting_zip", authority=made["authority"].split("/")[2])
    page = signed_in(browser, server, made["sessions"]["officer"]).new_page()
    page.goto(f"{made['authority']}uploads/{waiting}/")
    expect(page.get_by_text("See how far it is now")).to_be_visible()
    server.seed("service.county_seeds:work_on", upload=waiting)
    expect(page.get_by_text("Files in the zip")).to_be_visible(timeout=15_000)
    expect(page.get_by_role("status").first).to_have_text("All files have been worked through.")
    expect(page.get_by_text("See how far it is now")).to_have_count(0)
