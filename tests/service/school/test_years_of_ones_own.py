"""An installation may hold a year of its own: one file in a folder."""

from pathlib import Path

import pytest
from django.conf import settings

from keystage import years
from keystage.service.config.years import held, load
from keystage.service.school.records import Records
from keystage.years.subjects import Subject
from service.made import MadeSchool

SHIPPED = Path(years.__file__).parent


@pytest.fixture
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings.ENVIRONMENT, "years_dir", tmp_path)
    return tmp_path


def put_a_year(folder: Path, was: str, becomes: str) -> None:
    """Put the shipped year into the folder with one thing changed."""
    text = (SHIPPED / "2026.toml").read_text(encoding="utf-8")
    assert was in text
    (folder / "2026.toml").write_text(text.replace(was, becomes), encoding="utf-8")


def test_a_year_in_the_folder_takes_the_place_of_the_shipped_one(own_folder: Path) -> None:
    put_a_year(own_folder, 'short_name = "NCA Portal"', 'short_name = "Our Portal"')
    assert load(2026).gateway.short_name == "Our Portal"
    assert held() == years.held()


def test_the_marksheet_follows_it(own_folder: Path, school: MadeSchool) -> None:
    put_a_year(own_folder, "Teachers judge writing and science for every expected pupil.", "Our own reason.")
    school.pupil("Ada", "Example")
    (line,) = Records.of(school.school_return).lines
    assert line.cell(Subject.WRITING).owed.reason == "Our own reason."
