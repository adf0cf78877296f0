import pytest

from keystage.pupils.upn import authorities
from keystage.simulate.schools import MOST_SCHOOLS, Kind, chance_of, number, school


def test_the_first_schools_have_the_authority_number_of_nobody():
    assert number(0) == "9992000"
    assert number(1999) == "9993999"
    assert number(2000) == "9982000"


def test_no_number_is_that_of_a_real_authority():
    real = authorities() - {"999"}
    assert not {number(index)[:3] for index in range(0, MOST_SCHOOLS, 500)} & real


def test_numbers_are_different_over_a_whole_country():
    assert len({number(index) for index in range(20_000)}) == 20_000


def test_a_school_beyond_the_numbers_is_refused():
    with pytest.raises(ValueError, match="112,000 schools"):
        school(chance_of(1, 2026, 1), MOST_SCHOOLS)


def test_sizes_and_kinds_are_those_of_a_country():
    schools = [school(chance_of(1, 2026, index), index) for index in range(3000)]
    assert {made.kind for made in schools} == set(Kind)
    assert all(15 <= made.pupils <= 60 for made in schools if made.kind is Kind.PRIMARY)
    assert all(90 <= made.pupils <= 240 for made in schools if made.kind is Kind.LARGE)
    assert all(made.pupils == 1 for made in schools if made.kind is Kind.SINGLE)
    assert 37 < sum(made.pupils for made in schools) / len(schools) < 42
