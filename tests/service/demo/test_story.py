"""The practice school's children: what the finished file must be clean of."""

from keystage.service.demo.story import children
from keystage.years import load
from keystage.years.subjects import Subject

CHILDREN = children("9992001", 2026)


def test_nobody_in_the_return_is_of_an_unusual_age() -> None:
    """An age outside the usual is a query that no correction ends (check P08)."""
    first, last = load(2026).usual_birth_dates
    assert all(first <= child.born <= last for child in CHILDREN)


def test_nobody_below_the_standard_in_writing_meets_it_in_science() -> None:
    """That is a query of the judgements themselves (check J06)."""
    below = [each for each in CHILDREN if each.codes.get(Subject.WRITING, "").startswith(("PK", "EM"))]
    assert [each.codes[Subject.SCIENCE] for each in below] == ["HNM", "HNM"]


def test_two_are_taught_outside_their_year_and_one_of_them_finishes() -> None:
    outside = [each for each in CHILDREN if each.roll.get("year_group") == "5"]
    assert [each.is_expected for each in outside] == [True, False]
