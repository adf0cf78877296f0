"""A folder of years in which a test can change one thing of a shipped file."""

from collections.abc import Callable
from pathlib import Path

import pytest

from keystage import years

SHIPPED = Path(years.__file__).parent

Edit = Callable[[str, str, str], Path]


@pytest.fixture
def edited(tmp_path: Path) -> Edit:
    """Copy a shipped file into a folder with `old` replaced once by `new`; give the folder."""

    def edit(name: str, old: str, new: str) -> Path:
        text = (SHIPPED / name).read_text("utf-8")
        assert old in text, f"{old!r} is not in {name}: the test has lost its grip"
        target = tmp_path / name
        target.parent.mkdir(exist_ok=True)
        target.write_text(text.replace(old, new, 1), "utf-8")
        return tmp_path

    return edit


@pytest.fixture
def line_in() -> Callable[[Path, str], int]:
    """Give the number of the first line that holds some text."""

    def find(file: Path, text: str) -> int:
        lines = file.read_text("utf-8").splitlines()
        return next(number for number, line in enumerate(lines, start=1) if text in line)

    return find
