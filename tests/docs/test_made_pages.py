"""What the pages take from the product is what the product says now."""

import runpy

import pytest

from docs.pages import DOCS
from keystage.cli import COMMANDS


@pytest.mark.parametrize("name", ["checks_page", "commands_page", "house_map"])
def test_a_page_that_is_made_is_up_to_date(name):
    made = runpy.run_path(str(DOCS / f"{name}.py"))

    assert made["PAGE"].read_text("utf-8") == made["page"](), "run: make pages"


def test_tables_in_pages_are_up_to_date():
    made = dict(runpy.run_path(str(DOCS / "tables.py"))["pages"]())

    assert {path.name for path in made} >= {"ctf.md", "years.md", "programs.md", "teacher.md"}
    for path, text in made.items():
        assert path.read_text("utf-8") == text, f"{path.name}: run: make pages"


def test_the_guides_are_what_the_product_shows():
    made = runpy.run_path(str(DOCS / "guides_pages.py"))

    pages = dict(made["pages"]())
    assert set((DOCS / "guides").iterdir()) == set(pages)
    for path, text in pages.items():
        assert path.read_text("utf-8") == text, "run: make pages"


def test_every_command_has_a_section():
    text = (DOCS / "commands.md").read_text("utf-8")
    assert all(f"\n## {name}\n" in text for name in COMMANDS)


def test_every_maker_is_run_by_make_pages():
    makers = runpy.run_path(str(DOCS / "make_pages.py"))["MAKERS"]
    assert set(makers) == {path.stem for path in DOCS.glob("*.py")} - {"conf", "make_pages", "pictures"}
