import pytest

from keystage.pupils.names import fold
from keystage.simulate.names import name
from keystage.simulate.schools import chance_of


@pytest.fixture(scope="module")
def made():
    chance = chance_of(1, 2026, 1)
    return [name(chance, sex) for sex in "FM" * 10_000]


@pytest.mark.parametrize(
    "part",
    ["O’", "O'", "-", " ", "Wójcik", "Ní Bhriain", "Đặng", "Åström", "Şahin", "Nguyễn", "Țepeș", "Ł", "ß"],
)
def test_surnames_hold_what_breaks_systems(made, part):
    assert any(part in each.surname for each in made)


def test_some_names_are_very_long_and_some_are_one_letter(made):
    assert any(len(each.surname) > 60 for each in made)
    assert any(len(each.forename) > 60 for each in made)
    assert any(len(each.surname) == 1 for each in made)
    assert any(len(each.forename) == 1 for each in made)


def test_every_name_has_letters_to_be_compared_by(made):
    assert all(fold(each.surname) and fold(each.forename) for each in made)


def test_names_for_an_old_encoding_have_its_letters_alone():
    chance = chance_of(1, 2026, 2)
    made = [name(chance, "F", "cp1252") for _ in range(5000)]
    for each in made:
        "".join(each).encode("cp1252")
    assert any(not each.surname.isascii() for each in made)
    assert any("’" in each.surname for each in made)
