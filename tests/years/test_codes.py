import pytest

from keystage import years
from keystage.years import Subject

WRITING = ("GDS", "EXS", "WTS", "PK6", "PK5", "PK4", "PK3", "PK2", "PK1", "EM", "A", "L", "F", "P")
SCIENCE = ("EXS", "HNM", "A", "L", "F", "P")
READING = MATHS = ("PK6", "PK5", "PK4", "PK3", "PK2", "PK1", "EM", "A")


@pytest.mark.parametrize("year", years.held())
def test_the_codes_of_each_subject_from_best_to_least(year):
    held = years.load(year)
    assert held.codes(Subject.WRITING) == WRITING
    assert held.codes(Subject.SCIENCE) == SCIENCE
    assert held.codes(Subject.READING) == READING
    assert held.codes(Subject.MATHS) == MATHS


@pytest.mark.parametrize("subject", Subject)
def test_the_list_was_read_for_2024_and_is_assumed_for_every_other_year(subject):
    bases = {year: str(years.load(year).code_table(subject).provenance.basis) for year in years.held()}
    assert bases == {
        2022: "assumed",
        2023: "assumed",
        2024: "published copy",
        2025: "assumed",
        2026: "assumed",
        2027: "assumed",
    }


def test_each_code_is_of_one_kind():
    table = years.load(2026).code_table(Subject.WRITING)
    kinds = {code: str(found.kind) for code in table.words if (found := table.find(code))}
    assert (kinds["GDS"], kinds["PK1"], kinds["EM"], kinds["L"]) == (
        "standard",
        "pre-key stage",
        "engagement model",
        "no judgement",
    )


def test_a_code_in_small_letters_is_not_found_as_it_stands():
    assert years.load(2026).code_table(Subject.WRITING).find("gds") is None
