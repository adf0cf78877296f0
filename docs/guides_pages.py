"""Writes ``docs/guides`` from the guides: ``python docs/guides_pages.py``. A test says when they are out of date."""

from collections.abc import Iterator
from pathlib import Path

from keystage.guides import guides
from keystage.guides.markdown import as_markdown

FOLDER = Path(__file__).with_name("guides")

_HEAD = """\
# Guides to the systems that schools have

Made from `src/keystage/guides` by `docs/guides_pages.py`; do not edit.

How the file comes out of each system, and how the commonest findings are put right there. `keystage guide` prints the
same, and `keystage check` names the guide where a file says which system made it.

"""


def pages() -> Iterator[tuple[Path, str]]:
    """Yield every page with its place."""
    links = "".join(f"- [{each.full_name}]({each.key}.md)\n" for each in guides())
    yield FOLDER / "README.md", _HEAD + links
    for each in guides():
        yield FOLDER / f"{each.key}.md", as_markdown(each)


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for path, text in pages():
        path.write_text(text, encoding="utf-8")
