"""How Sphinx makes the site: ``make docs``. The pages stay plain Markdown that any viewer shows.

Two things are done while a page is read, so that no page needs Sphinx's own marks: the pages that a contents page links
to become its table of contents, and the documents at the top of the project appear as pages of the site.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from sphinx.application import Sphinx

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path.insert(0, str(ROOT / "src"))

from keystage import __version__  # noqa: E402

project = "Keystage"
copyright = "the Keystage contributors. Keystage is free software under the MIT licence"  # noqa: A001 - Sphinx's name
release = version = __version__
language = "en-GB"
root_doc = "index"
extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["**/__pycache__", "_static"]
nitpicky = True
myst_heading_anchors = 3
suppress_warnings = ["misc.highlighting_failure"]  # JSON with … in it
smartquotes = False
html_theme = "furo"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_title = f"Keystage {__version__}"
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False
html_use_index = False
html_theme_options = {
    "announcement": "Keystage has not been tried against the real national portal.",
    "footer_icons": [],
}

CONTENTS = ("index", "roles/README", "guides/README", "decisions/README")
"""Pages that are tables of contents: what they link to is below them."""

OF_THE_PROJECT = {
    "changelog": "CHANGELOG.md",
    "contributing": "CONTRIBUTING.md",
    "security": "SECURITY.md",
    "readme": "README.md",
}
"""Pages that are documents at the top of the project, where people look for them."""

_LINK = re.compile(r"(?P<before>\[(?P<text>[^\]]*)\]\()(?P<to>[^)#\s]+)(?P<after>#[^)\s]*)?\)")
_HEADING = re.compile(r"^## (.+)$", re.MULTILINE)


def setup(app: Sphinx) -> None:
    """Have every page pass through here as it is read."""
    app.connect("source-read", read)


def read(_app: Sphinx, name: str, source: list[str]) -> None:
    """Change the text of a page before it is understood."""
    text = source[0]
    if name in OF_THE_PROJECT:
        text = (ROOT / OF_THE_PROJECT[name]).read_text("utf-8")
        text = _LINK.sub(_from_the_top, text)
    else:
        text = _LINK.sub(_to_the_top, text)
    if name in CONTENTS:
        text = "\n".join([text, *tables_of_contents(text)])
    source[0] = text


def _from_the_top(link: re.Match[str]) -> str:
    """Lead a link of a document at the top to the page of the site."""
    to = link["to"]
    if to.startswith("docs/"):
        to = to.removeprefix("docs/")
    elif "://" not in to:
        to = _page_of(to) or f"../{to}"
    return f"{link['before']}{to}{link['after'] or ''})"


def _to_the_top(link: re.Match[str]) -> str:
    """Lead a link to a document at the top to the page of the site that shows it."""
    to = re.sub(r"^((?:\.\./)*)\.\./(\w+\.md)$", lambda m: m[1] + (_page_of(m[2]) or f"../{m[2]}"), link["to"])
    return f"{link['before']}{to}{link['after'] or ''})"


def _page_of(document: str) -> str | None:
    return next((f"{page}.md" for page, at_the_top in OF_THE_PROJECT.items() if at_the_top == document), None)


def tables_of_contents(text: str) -> Iterator[str]:
    """Yield a table of contents for each heading of a page, with the pages linked to below it."""
    _, *parts = _HEADING.split(text) if _HEADING.search(text) else ("", "", text)
    for caption, part in zip(parts[::2], parts[1::2], strict=True):
        pages = dict.fromkeys(_entry(link) for link in _LINK.finditer(part) if _is_page(link["to"]))
        if pages:
            named = [f":caption: {caption}"] if caption else []
            yield "\n".join(["", "```{toctree}", ":hidden:", *named, "", *pages, "```"])


def _entry(link: re.Match[str]) -> str:
    page = link["to"].removesuffix(".md")
    return f"{link['text']} <{page}>" if page in OF_THE_PROJECT else page


def _is_page(to: str) -> bool:
    return to.endswith(".md") and "://" not in to
