"""Draws ``docs/pictures/house.svg``, the map of the house: ``python docs/house_map.py``.

The floors are those of the import rules in ``pyproject.toml``, so the map shows what ``make check`` enforces. A test
says when it is out of date.
"""

import tomllib
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
PAGE = HERE / "pictures" / "house.svg"

_WIDTH, _HEIGHT, _GAP = 720, 46, 10
_LETTERS = 'font-family="sans-serif" font-size="15" fill="#16242f"'
_COLOURS = ("#eef3f7", "#dfeaf3")
_ABOUT = {
    "cli": "one command each",
    "service": "the web application",
    "conformance": "the pack of files",
    "papers": "what is printed",
    "offline": "in the browser",
    "checks": "what is wrong",
    "guides": "schools' systems",
    "simulate": "made-up schools",
    "ctf": "the file",
    "sheets": "spreadsheets",
    "measures": "results",
    "returns": "judgements, what is owed, changes",
    "years": "what each year asks",
    "pupils": "who a pupil is",
}


def page() -> str:
    """Return the drawing as it should be."""
    floors = layers()
    height = len(floors) * (_HEIGHT + _GAP) + _GAP
    names = "; ".join(", ".join(rooms) for rooms in floors)
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img" {_LETTERS}>',
            f"<title>The floors of the house, from the top: {names}</title>",
            f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>',
            *(line for floor, rooms in enumerate(floors) for line in _floor(floor, rooms)),
            "</svg>\n",
        ]
    )


def layers() -> list[list[str]]:
    """Return the floors from the top, each with its rooms, as the import rules have them."""
    project = tomllib.loads((HERE.parent / "pyproject.toml").read_text("utf-8"))
    found = project["tool"]["importlinter"]["contracts"][0]["layers"]
    return [[room.strip().removeprefix("keystage.") for room in floor.split("|")] for floor in found]


def _floor(floor: int, rooms: list[str]) -> Iterator[str]:
    top = _GAP + floor * (_HEIGHT + _GAP)
    width = (_WIDTH - _GAP * (len(rooms) + 1)) / len(rooms)
    for number, room in enumerate(rooms):
        left = _GAP + number * (width + _GAP)
        yield (
            f'<rect x="{left:.0f}" y="{top}" width="{width:.0f}" height="{_HEIGHT}" rx="4"'
            f' fill="{_COLOURS[floor % 2]}" stroke="#5c7a91"/>'
        )
        middle = left + width / 2
        yield f'<text x="{middle:.0f}" y="{top + 20}" text-anchor="middle" font-weight="bold">{room}</text>'
        about = _ABOUT[room]
        yield f'<text x="{middle:.0f}" y="{top + 37}" text-anchor="middle" font-size="12">{about}</text>'


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
