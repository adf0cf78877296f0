"""The page of checks is made from the catalogue, and up to date."""

import re
import runpy
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"


def test_the_page_of_checks_is_what_the_catalogue_says():
    made = runpy.run_path(str(DOCS / "checks_page.py"))

    assert made["PAGE"].read_text("utf-8") == made["page"](), "run: python docs/checks_page.py"


def test_every_link_in_the_documentation_leads_somewhere():
    pages = [DOCS.parent / "README.md", DOCS.parent / "CONTRIBUTING.md", *DOCS.rglob("*.md")]
    links = [(page, link) for page in pages for link in re.findall(r"\]\(([^)#]+)\)", page.read_text("utf-8"))]

    broken = [(page.name, link) for page, link in links if "://" not in link and not (page.parent / link).exists()]
    assert not broken
    assert len(links) > 10


def test_the_guides_are_what_the_product_shows():
    made = runpy.run_path(str(DOCS / "guides_pages.py"))

    pages = dict(made["pages"]())
    assert set((DOCS / "guides").iterdir()) == set(pages)
    for path, text in pages.items():
        assert path.read_text("utf-8") == text, "run: python docs/guides_pages.py"
