"""A folder with a clean return, and one with a return that has errors."""

from pathlib import Path

import pytest

from cli.made import ADA, BEN, CLASS, GOOD_NAME, ctf, put, with_codes


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    return put(tmp_path, f"clean/{GOOD_NAME}", ctf(*CLASS))


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """A return in which Ada has a code that is not valid, and Ben no science."""
    return put(tmp_path, f"faulty/{GOOD_NAME}", ctf(with_codes(ADA, WRI="2B"), with_codes(BEN, SCI="")))
