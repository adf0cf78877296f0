"""Takes the pictures in the documentation: ``python docs/pictures.py [FOLDER]``, with the practice school.

With a folder, every page is taken there at desktop and phone width, for people to look at; without, the main pages and
the page that checks files go to ``docs/pictures``, at desktop width, with the first page of a report for parents.
"""

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tests"))

from playwright.sync_api import Browser, Page  # noqa: E402

from journeys.checker import CHECKED, loaded  # noqa: E402
from service.browsing import a_browser, signed_in  # noqa: E402
from service.running import Server, a_server  # noqa: E402

MAIN = ("tasks", "pupils", "marksheet", "checks", "sign")
PATHS = {"tasks": "", **{name: f"{name}/" for name in ("pupils", "marksheet", "checks", "sign", "send")}}
WIDTHS = {"desktop": (1280, 900), "phone": (375, 800)}


def main() -> None:
    """Take the pictures."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    finished(folder)
    with tempfile.TemporaryDirectory() as data, a_server(Path(data), Path("nowhere")) as server, a_browser() as browser:
        made = server.seed("service.seeds:practice_school")
        for name, (width, height) in WIDTHS.items():
            context = signed_in(
                browser,
                server,
                made["sessions"]["data manager"],
                viewport={"width": width, "height": height},
                locale="en-GB",
                timezone_id="Europe/London",
            )
            page = context.new_page()
            for title, path in PATHS.items():
                if folder is None and (name != "desktop" or title not in MAIN):
                    continue
                page.goto(made["base"] + path)
                target = HERE / "pictures" / f"{title}.png" if folder is None else folder / f"{title}-{name}.png"
                page.screenshot(path=str(target), full_page=folder is not None)
            if folder is not None or name == "desktop":
                checker(page, server.address, folder and folder / f"check-{name}.png")


def finished(folder: Path | None) -> None:
    """Take the pages of a year that is over: results, reports, the summary, and those of the authority and agency."""
    with (
        tempfile.TemporaryDirectory() as data,
        a_server(Path(data), Path("nowhere"), KEYSTAGE_DEMO="true") as server,
        a_browser() as browser,
    ):
        made = server.seed("service.finished_seeds:finished_years")
        for name, size in WIDTHS.items():
            if folder is None and name != "desktop":
                continue
            for title, (person, path) in _pages_after(made).items():
                page = _page_of(browser, server, made["sessions"][person], size)
                page.goto(path)
                target = folder / f"{title}-{name}.png" if folder else HERE / "pictures" / f"{title}.png"
                page.screenshot(path=str(target), full_page=folder is not None)
                page.context.close()
        page = _page_of(browser, server, made["sessions"]["data manager"], WIDTHS["desktop"])
        report(page, f"{server.address}{made['school']}reports/{made['pupils'][1]['key']}/report.pdf", folder)


def _pages_after(made: dict[str, Any]) -> dict[str, tuple[str, str]]:
    school, authority = made["school"], made["authority"]
    return {
        "results": ("data manager", f"{school}results/import/{made['incoming']}/"),
        "reports": ("data manager", f"{school}reports/"),
        "preview": ("data manager", f"{school}reports/{made['pupils'][1]['key']}/preview/"),
        "summary": ("headteacher", f"{school}summary/"),
        "coverage": ("data officer", made["authority_now"]),
        "moderation": ("moderation manager", f"{made['authority_now']}moderation/"),
        "figures": ("data officer", f"{authority}figures/"),
        "provisional": ("data officer", f"{authority}school/{made['there']}/report/"),
        "national": ("operator", f"{made['agency']}figures/"),
    }


def _page_of(browser: Browser, server: Server, session: str, size: tuple[int, int]) -> Page:
    viewport = {"width": size[0], "height": size[1]}
    options: dict[str, Any] = {"viewport": viewport, "locale": "en-GB", "timezone_id": "Europe/London"}
    return signed_in(browser, server, session, **options).new_page()


def report(page: Page, address: str, folder: Path | None) -> None:
    """Take the first page of a report for parents, as it is printed."""
    answer = page.request.get(address)
    if not answer.ok:
        raise SystemExit(f"{address}: {answer.status}")
    target = (folder or HERE / "pictures") / "report"
    options = ("-png", "-r", "80", "-f", "1", "-l", "1", "-singlefile")
    subprocess.run(["pdftoppm", *options, "-", str(target)], input=answer.body(), check=True)


def checker(page: Page, address: str, target: Path | None) -> None:
    """Take the page that checks files in the browser, with a made-up school's file checked."""
    loaded(page, f"{address}check/")
    page.locator("#example").click()
    page.locator("html[data-checked]").wait_for(timeout=CHECKED)
    page.evaluate("document.activeElement.blur()")
    if target is None:
        page.set_viewport_size({"width": 1280, "height": 1000})
    page.locator("#results-title" if target is None else "h1").evaluate("heading => heading.scrollIntoView()")
    page.evaluate("scrollBy(0, -20)")
    page.screenshot(path=str(target or HERE / "pictures/check.png"), full_page=target is not None)


if __name__ == "__main__":
    main()
