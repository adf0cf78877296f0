"""The site is built without a warning, whole in itself, and a link that leads nowhere stops it."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from docs.pages import DOCS, PAGES, ROOT

FOREIGN = re.compile(
    r"""<(?:script|img|iframe|source|video|audio)\b[^>]*\bsrc\s*=\s*["']?(?:https?:)?//"""
    r"""|<link\b(?![^>]*rel="canonical")[^>]*\bhref\s*=\s*["']?(?:https?:)?//"""
    r"""|@import\s+(?:url\()?["']?(?:https?:)?//|url\(["']?(?:https?:)?//"""
)
"""Something that a browser would fetch from elsewhere to show a page."""


def build(source: Path, target: Path) -> subprocess.CompletedProcess[str]:
    """Build a site as `make docs` does."""
    command = [sys.executable, "-m", "sphinx", "--quiet", "--fail-on-warning", "--keep-going", source, target]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT)


def test_the_site_is_built_and_whole(tmp_path):
    """One test, so that it is built once, however many processes the tests run in."""
    done = build(DOCS, tmp_path)
    assert done.returncode == 0, done.stderr
    for look in (every_page_is_there, says_what_was_not_tried, fetches_nothing, links_to_checks, has_the_top):
        look(tmp_path)


def every_page_is_there(site: Path) -> None:
    for page in PAGES:
        if page.is_relative_to(DOCS):
            assert (site / page.relative_to(DOCS)).with_suffix(".html").is_file(), page


def says_what_was_not_tried(site: Path) -> None:
    """The first page says it in its own words; the top of every page says it too."""
    said = "has not been tried against the real national portal"
    assert (site / "index.html").read_text("utf-8").count(said) >= 2
    assert all(said in page.read_text("utf-8") for page in site.rglob("*.html"))


def fetches_nothing(site: Path) -> None:
    """A browser shows a page with what lies beside it."""
    shown = [*site.rglob("*.html"), *site.rglob("*.css"), *site.rglob("*.svg")]
    assert len(shown) > 40
    for path in shown:
        assert not FOREIGN.search(path.read_text("utf-8")), path.name


def links_to_checks(site: Path) -> None:
    text = (site / "checks.html").read_text("utf-8")
    assert all(f'id="{code}"' in text for code in ("f01", "j03", "c10", "r06"))


def has_the_top(site: Path) -> None:
    """Documents at the top of the project are pages of the site, and link to one another there."""
    for page, said in (("changelog", "not released"), ("security", "Reporting a weakness"), ("contributing", "house")):
        assert said in (site / f"{page}.html").read_text("utf-8")
    assert 'href="contributing.html"' in (site / "readme.html").read_text("utf-8")


@pytest.mark.parametrize(
    "fetched",
    [
        '<script src="https://example.org/a.js">',
        '<link rel="stylesheet" href="//example.org/a.css">',
        "@import url(https://example.org)",
    ],
)
def test_what_would_be_fetched_is_seen(fetched):
    assert FOREIGN.search(fetched)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("[away](nowhere.md)", "nowhere.md"),
        ("[away](other.md#nothing)", "nothing"),
        ("![a picture](pictures/none.png)", "none.png"),
    ],
)
def test_a_link_that_leads_nowhere_stops_the_build(tmp_path, text, wrong):
    source = tmp_path / "docs"
    shutil.copytree(DOCS / "_static", source / "_static")
    shutil.copy(DOCS / "conf.py", source)
    (source / "index.md").write_text(f"# First\n\n[Other](other.md)\n\n{text}\n", encoding="utf-8")
    (source / "other.md").write_text("# Other\n", encoding="utf-8")

    done = build(source, tmp_path / "site")

    assert done.returncode != 0
    assert wrong in done.stderr
