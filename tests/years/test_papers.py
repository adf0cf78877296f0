import pytest

from keystage import years
from keystage.years import Test

# Raw marks for a scaled score of 100, 110 and 120; None where not known.
THRESHOLDS = {
    (2022, Test.READING): (29, None, None),
    (2022, Test.MATHS): (58, None, None),
    (2022, Test.GPS): (35, None, None),
    (2023, Test.READING): (24, None, None),
    (2023, Test.MATHS): (56, None, None),
    (2023, Test.GPS): (36, None, None),
    (2024, Test.READING): (27, 40, 48),
    (2024, Test.MATHS): (54, None, None),
    (2024, Test.GPS): (35, 53, 65),
    (2025, Test.READING): (28, 40, 48),
    (2025, Test.MATHS): (58, None, None),
    (2025, Test.GPS): (35, 54, 65),
    (2026, Test.READING): (25, 39, 47),
    (2026, Test.MATHS): (56, 94, 109),
    (2026, Test.GPS): (34, 55, 66),
}


@pytest.mark.parametrize(("year", "test"), THRESHOLDS)
def test_the_thresholds_of_every_year(year, test):
    found = years.load(year).thresholds(test)
    assert (found.raw_for_100, found.raw_for_110, found.raw_for_120) == THRESHOLDS[year, test]


@pytest.mark.parametrize("year", years.held())
def test_the_tests_carry_50_70_and_110_marks_and_three_are_needed_for_a_score(year):
    held = {test.test: (test.max_mark, test.min_mark_for_score) for test in years.load(year).tests}
    assert held == {Test.READING: (50, 3), Test.GPS: (70, 3), Test.MATHS: (110, 3)}


def test_the_split_of_the_papers_is_assumed():
    year = years.load(2026)
    assert [paper.marks for paper in year.test(Test.MATHS).papers] == [40, 35, 35]
    assert [paper.marks for paper in year.test(Test.GPS).papers] == [50, 20]
    assert year.test(Test.READING).papers == ()
    bases = {said.part: said.basis for said in year.provenance}
    assert bases["test maths papers"] == "assumed"
    assert bases["test gps papers"] == "assumed"
