"""The pages of the documentation, and what stands in their boxes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md")),
    *sorted(path for path in DOCS.rglob("*.md")),
]
"""All but the changelog: it tells of what was, too."""
NAMES = [str(path.relative_to(ROOT)) for path in PAGES]

_BOX = re.compile(r"^```(?P<kind>\w*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Box:
    """A box of a page: what kind it says it is, its text, and the line of prose before it."""

    kind: str
    text: str
    before: str


def boxes(page: Path) -> Iterator[Box]:
    """Yield the boxes of a page in their order."""
    text = page.read_text("utf-8")
    for found in _BOX.finditer(text):
        yield Box(found["kind"], found["text"], text[: found.start()].rstrip().rpartition("\n\n")[2])
