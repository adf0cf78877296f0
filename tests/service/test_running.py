"""The web application as a process: it starts, shows pages to a browser, and says what is wrong with its settings."""

import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser, expect

from service.browsing import signed_in, violations
from service.running import Server


def test_the_practice_school_is_there_to_click_through(server: Server, browser: Browser) -> None:
    made = server.seed("service.seeds:practice_school")
    page = signed_in(browser, server, made["sessions"]["data manager"]).new_page()
    page.goto(made["base"])
    expect(page.get_by_role("heading", level=1)).to_have_text("Key stage 2 teacher assessment return")
    expect(page.get_by_text("Practice school: made-up data.")).to_be_visible()
    assert violations(page) == []


def test_a_wrong_setting_is_named(tmp_path: Path) -> None:
    server = Server(tmp_path, {"KEYSTAGE_DATABASE": "mysql://somewhere"})
    done = subprocess.run(
        [sys.executable, "-m", "keystage", "serve", "--port", "0"],
        env=server.variables,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert "KEYSTAGE_DATABASE must be empty, for SQLite, or begin with postgresql://." in done.stderr
    assert "Traceback" not in done.stderr
