"""Takes the pictures in the documentation: ``python docs/pictures.py [FOLDER]``, with the practice school.

With a folder, every page is taken there at desktop and phone width, for people to look at; without, the five main pages
and the page that checks files go to ``docs/pictures``.
"""

import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tests"))

from playwright.sync_api import Page  # noqa: E402

from journeys.checker import CHECKED, loaded  # noqa: E402
from service.browsing import a_browser, signed_in  # noqa: E402
from service.running import a_server  # noqa: E402

MAIN = ("tasks", "pupils", "marksheet", "checks", "sign")
PATHS = {"tasks": "", **{name: f"{name}/" for name in ("pupils", "marksheet", "checks", "sign", "send")}}
WIDTHS = {"desktop": (1280, 900), "phone": (375, 800)}


def main() -> None:
    """Take the pictures."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else None
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
