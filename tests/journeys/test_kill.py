"""The server is killed while judgements are saved: what was said to be saved is there, once; the rest is sent again.

``KEYSTAGE_KILLS`` says how often; a thousand in ``make soak``.
"""

import itertools
import os
import random
import signal
import sqlite3
import threading
import time
from pathlib import Path
from typing import Any

import pytest
import requests
from playwright.sync_api import Browser, Page, expect

from service.browsing import signed_in
from service.running import Server, a_server

KILLS = int(os.environ.get("KEYSTAGE_KILLS", "5"))
CODES = ("EXS", "GDS", "WTS", "PK6", "")


class Typist:
    """Somebody who changes one cell after the other, as fast as the server answers, and notes what it said."""

    def __init__(self, server: Server, path: str, session: str, pupils: list[str]) -> None:
        address = server.address.replace("localhost", "127.0.0.1")
        self.pupils, self.cells = pupils, f"{address}{path}cells"
        self.acknowledged: dict[str, tuple[int, str]] = dict.fromkeys(pupils, (0, ""))
        self.sent: dict[str, str] = {}
        self.http = requests.Session()
        self.http.cookies.set("keystage_session", session, domain="127.0.0.1")
        self.http.get(f"{address}{path}", timeout=30).raise_for_status()
        self.http.headers["X-CSRFToken"] = self.http.cookies["keystage_csrf"]
        self.stopped = threading.Event()

    def type_until_stopped(self) -> None:
        for pupil, code in zip(itertools.cycle(self.pupils), itertools.cycle(CODES)):
            if self.stopped.is_set() or not self.type(pupil, code):
                return

    def type(self, pupil: str, code: str) -> bool:
        """Save a code; False where no answer came."""
        version, _ = self.acknowledged[pupil]
        self.sent[pupil] = code
        change = {"pupil": pupil, "subject": "writing", "code": code, "version": version}
        try:
            answer = self.http.post(self.cells, json={"changes": [change], "how": "typed"}, timeout=10)
        except requests.RequestException:
            return False
        (saved,) = answer.json()["saved"]
        self.acknowledged[pupil] = (saved["version"], saved["code"])
        del self.sent[pupil]
        return True


def in_the_database(data: Path) -> tuple[dict[str, tuple[int, str]], dict[str, int]]:
    """Return version and code of each pupil's writing, and how many changes the record has of it."""
    connection = sqlite3.connect(data / "keystage.sqlite3")
    try:
        cells = connection.execute(
            "SELECT p.key, j.version, j.code FROM school_judgement j JOIN school_pupil p ON p.id = j.pupil_id"
        ).fetchall()
        events = connection.execute("SELECT target, count(*) FROM events_event WHERE part = 'writing' GROUP BY target")
        return {key: (version, code) for key, version, code in cells}, dict(events.fetchall())
    finally:
        connection.close()


def test_what_was_said_to_be_saved_is_there_after_every_kill(empty_installation: Path, tmp_path: Path) -> None:
    chance = random.Random(5)
    with a_server(tmp_path, empty_installation) as server:
        made: dict[str, Any] = server.seed("service.seeds:class_to_fill", pupils=6)
        typist = Typist(server, made["path"], made["session"], made["pupils"])
        saved = 0
        for _ in range(KILLS):
            typist.stopped.clear()
            typing = threading.Thread(target=typist.type_until_stopped)
            typing.start()
            time.sleep(chance.uniform(0.05, 0.8))
            server.stop(signal.SIGKILL)
            typist.stopped.set()
            typing.join()
            cells, events = in_the_database(tmp_path)
            for pupil, (version, code) in typist.acknowledged.items():
                held = cells.get(pupil, (0, ""))
                unanswered = (version + 1, typist.sent.get(pupil))
                assert held == (version, code) or held == unanswered, (
                    f"{held} is neither {(version, code)} nor what was on its way"
                )
                assert events.get(pupil, 0) == held[0], "the record and the cell differ"
            server.start()
            for pupil, code in list(typist.sent.items()):  # what had no answer is sent again, just as it was
                assert typist.type(pupil, code)
            saved += sum(version for version, _ in typist.acknowledged.values())
        assert saved > 0, "nothing was saved: the test tried nothing"


def test_what_the_browser_showed_as_saved_is_there_and_the_rest_is_sent_on_the_next_visit(
    empty_installation: Path, tmp_path: Path, browser: Browser
) -> None:
    with a_server(tmp_path, empty_installation) as server:
        made = server.seed("service.seeds:class_to_fill", pupils=4)
        page = signed_in(browser, server, made["session"]).new_page()
        page.goto(made["path"])
        enter(page, "Ada 0", "EXS")
        expect(page.locator("#ms-state")).to_contain_text("All changes saved at")
        server.stop(signal.SIGKILL)
        assert in_the_database(tmp_path)[0][made["pupils"][0]] == (1, "EXS")
        enter(page, "Ada 1", "GDS")
        expect(page.locator("#ms-state")).to_contain_text("kept on this computer")
        server.start()
        expect(page.locator("#ms-state")).to_contain_text("All changes saved at", timeout=60_000)
        assert in_the_database(tmp_path)[0][made["pupils"][1]] == (1, "GDS")
        page.reload()
        expect(cell(page, "Ada 1")).to_have_value("GDS")


def enter(page: Page, forename: str, code: str) -> None:
    cell(page, forename).focus()
    page.keyboard.type(code)
    page.keyboard.press("Enter")


def cell(page: Page, forename: str) -> Any:
    return page.get_by_label(f"Writing, {forename} Example", exact=True)


@pytest.fixture(autouse=True)
def _close_windows(browser: Browser) -> Any:
    yield
    for each in browser.contexts:
        each.close()
