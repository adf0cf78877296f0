"""Takes the pictures in the documentation: ``python docs/pictures.py [FOLDER]``, with the practice school.

With a folder, every page is taken there at desktop and phone width, for people to look at; without, the five main pages
go to ``docs/pictures``.
"""

import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tests"))

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


if __name__ == "__main__":
    main()
