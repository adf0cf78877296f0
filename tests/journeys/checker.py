"""The page that checks files, as a plain folder with its own small server, and as a browser has loaded it."""

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from cli.made import keystage

FRONTEND = Path(__file__).parents[2] / "frontend"
READY, CHECKED = 120_000, 120_000
"""Milliseconds to wait for at most: machines that run tests are busy."""


def plain_folder(folder: Path) -> Path:
    """Make the plain folder of the page from what is built."""
    command = "import sys, pathlib, build_checker; build_checker.plain(pathlib.Path(sys.argv[1]))"
    subprocess.run([sys.executable, "-c", command, str(folder)], cwd=FRONTEND, check=True)
    return folder


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Run the folder's own server, and return its address."""
    code = (
        "import serve\nwith serve.server(0) as running:\n"
        "    print(running.server_port, flush=True)\n    running.serve_forever()"
    )
    with subprocess.Popen([sys.executable, "-c", code], cwd=folder, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            yield f"http://localhost:{process.stdout.readline().strip()}/"
        finally:
            process.terminate()


def loaded(page: Page, address: str = "") -> Page:
    """Wait until the checks are ready and the page is kept for later."""
    if address:
        page.goto(address)
    expect(page.locator("html[data-ready=kept]")).to_have_count(1, timeout=READY)
    return page


def check(page: Page, *paths: Path, register: Path | None = None, previous: Path | None = None) -> None:
    """Choose files, check them, and wait for what was found."""
    page.locator("#files").set_input_files([str(path) for path in paths])
    page.locator("#register").set_input_files([str(register)] if register else [])
    page.locator("#previous").set_input_files([str(previous)] if previous else [])
    before = page.locator("html").get_attribute("data-checked") or "0"
    page.locator("#check").click()
    expect(page.locator("html")).not_to_have_attribute("data-checked", before, timeout=CHECKED)
    expect(page.locator("#stop")).to_be_hidden()


def json_of(page: Page) -> dict[str, Any]:
    """Return what the page saves as JSON."""
    text: str = page.evaluate(
        """async () => {
            const { engine } = await import("./page.js");
            return new TextDecoder().decode((await engine.ask("saved", { form: "json" })).bytes);
        }"""
    )
    found: dict[str, Any] = json.loads(text)
    return found


def command_line(paths: Iterable[Path], *options: object) -> dict[str, Any]:
    """Return what the command line says of the same files, by their names alone."""
    paths = list(paths)
    found: dict[str, Any] = json.loads(keystage("check", *paths, *options, "--format", "json").stdout)
    folders = sorted({f"{path.parent}/" for path in paths}, key=len, reverse=True)
    for each in [*found["files"], *found["not_checked"]]:
        for folder in folders:
            each["file"] = each["file"].removeprefix(folder)
    return found
