"""Every page that links lead to: accessible, quiet, and no wider than the window, on a desk and at 320 pixels."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Browser, ConsoleMessage, Error, Page

from service.addresses import addresses
from service.browsing import signed_in, violations
from service.running import Server

NOT_BY_LINK = {
    # for programs; the page about them is for whoever makes a token
    *("api-v1:answers", "api-v1:api-root", "api-v1:confirm", "api-v1:expected", "api-v1:file", "api-v1:files"),
    *("api-v1:receipt", "api-v1:results", "api-v1:results_file", "api:nothing"),
    "accounts:token_revoke",
    # answers and steps of signing in, for somebody who has not
    *("account_confirm_login_code", "account_inactive", "account_logout", "account_reauthenticate"),
    *("account_reset_password_done", "account_reset_password_from_key", "account_reset_password_from_key_done"),
    *("account_set_password", "mfa_authenticate", "mfa_login_webauthn", "openid_connect_callback"),
    *("openid_connect_login", "accounts:accept", "accounts:invitation"),
    # of a second step or an invitation that is not there
    *("mfa_deactivate_totp", "mfa_download_recovery_codes", "mfa_edit_webauthn", "mfa_generate_recovery_codes"),
    *("mfa_index", "mfa_reauthenticate", "mfa_reauthenticate_webauthn", "mfa_remove_webauthn"),
    *("mfa_view_recovery_codes", "accounts:email_code", "accounts:invite_again", "accounts:withdraw"),
    # answers to forms and scripts, and files
    *("accounts:everywhere", "check_part", "healthz", "readyz", "school:answer-queries", "school:end-delegation"),
    *("school:export-receipt", "school:export-send", "school:marksheet-cells", "school:marksheet-download"),
    *("school:report-badge", "accounts:data_download"),
    *("gateway:help-news", "agency:help-news", "agency:help-settle", "gateway:numbers-now", "gateway:file-again"),
    *("gateway:file-answer", "gateway:file-confirm", "gateway:file-take-back", "gateway:corrections-done"),
    *("gateway:corrections-file", "gateway:report-back", "school:results-fetch"),
    *("gateway:declare", "authority:upload-go-on", "authority:schools-now"),
    *("school:marksheet-history", "school:open-year", "school:practise", "school:upn-words", "school:withdraw-answer"),
    *("gateway:registered-upn", "agency:registered-upn", "agency:load-accept", "agency:load-carry-on"),
    # in a state that neither school is in
    *("school:pupil-put-back", "school:pupil-withdraw", "school:pupils-from-register", "school:reopen-year"),
}
"""Pages that no link leads to; their own tests look at them."""
WIDTHS = (320, 1280)
"""In pixels. A page is loaded at the last one, that of the page before."""
LINKS = """() => [...document.querySelectorAll('main a[href], nav a[href], header a[href], footer a[href]')]
    .map(each => each.href)"""


@pytest.fixture(scope="module")
def server(empty_installation, tmp_path_factory) -> Iterator[Server]:
    from service.running import a_server

    with a_server(tmp_path_factory.mktemp("every"), empty_installation, KEYSTAGE_DEMO="true") as running:
        yield running


@pytest.fixture(scope="module")
def made(server: Server) -> dict[str, Any]:
    return server.seed("journeys.every_page_seeds:everything")


@pytest.mark.parametrize("side", ["school", "gateway", "agency", "authority", "everybody"])
def test_every_page(server: Server, browser: Browser, made: dict[str, Any], side: str) -> None:
    crawl = Crawl(signed_in(browser, server, made["session"]).new_page(), side)
    crawl.from_(made["starts"])
    names = {each.name for each in addresses() if side_of(each.name) == side}
    crawl.problems += [f"no link leads to {name}" for name in sorted(names - crawl.seen - NOT_BY_LINK)]
    crawl.problems += [f"a link leads to {name} after all" for name in sorted(crawl.seen & NOT_BY_LINK)]
    assert not crawl.problems, "\n".join(crawl.problems)


def side_of(name: str) -> str:
    """Return the side that a page is on: those who are given results are looked at with the authority."""
    space = name.partition(":")[0] if ":" in name else ""
    return {"results": "authority"}.get(space, space) if space in _SPACES else "everybody"


_SPACES = ("school", "gateway", "agency", "authority", "results")


class Crawl:
    """Follows links within a side, or everywhere where none is named, and looks at one page of each kind.

    A page is loaded once, and looked at on a desk and then on a phone.
    """

    def __init__(self, page: Page, side: str) -> None:
        self.page, self.side = page, side
        self.seen: set[str] = set()
        self.problems: list[str] = []
        page.on("console", self.hear)
        page.on("pageerror", lambda fault: self.problems.append(f"{page.url}: {fault}"))

    def hear(self, said: ConsoleMessage) -> None:
        """Note what the browser complains of."""
        if said.type == "error" and "status of 422" not in said.text and not self.page.url.rstrip("?").endswith(".pdf"):
            self.problems.append(f"{self.page.url}: {said.text}")

    def from_(self, starts: list[str]) -> None:
        waiting = list(starts)
        while waiting:
            path = waiting.pop(0)
            name = kind_of(path)
            # Each start is looked at, also one of a kind that was seen: it stands there for what it leads to.
            if name and self.side in ("", side_of(name)) and (name not in self.seen or path in starts):
                self.seen.add(name)
                waiting += self.look_at(path, name)

    def look_at(self, path: str, name: str) -> list[str]:
        try:
            response = self.page.goto(path)
        except Error as fault:
            if "Download is starting" in str(fault):
                return []
            raise
        assert response is not None
        if "text/html" not in response.headers["content-type"]:
            return []
        if response.status not in (200, 422):  # a page that says why a file cannot be used is a page too
            self.problems.append(f"{name}: {response.status} at {path}")
            return []
        self.page.evaluate("() => document.querySelectorAll('details').forEach(each => { each.open = true; })")
        links = self.page.evaluate(LINKS)
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 900})
            self.problems += [f"{name} at {width}: {fault}" for fault in violations(self.page)]
            wide = self.page.evaluate("() => document.documentElement.scrollWidth")
            if wide > width:
                self.problems.append(f"{name} is {wide} pixels wide at {width}")
        return [f"{parts.path}?{parts.query}" for parts in map(urlsplit, links)]


def kind_of(path: str) -> str:
    """Return the name of the pattern that an address belongs to; empty for one of another service."""
    try:
        return resolve(urlsplit(path).path).view_name
    except Resolver404:
        return ""
