"""The errors that people make with these measures: each has a test that fails where it is made."""

from fractions import Fraction

import pytest

from keystage.measures import BY_KEY, Measured, Share, count, rounded
from measures.worked import YEAR, a_pupil


def _share(key: str, *pupils: Measured) -> Share:
    return count(pupils, YEAR)["all"].share(BY_KEY[key])


def test_greater_depth_is_part_of_the_expected_standard() -> None:
    writing = [a_pupil(writing=code) for code in ("GDS", "EXS", "WTS")]
    assert _share("writing.expected", *writing) == (2, 3)
    assert _share("writing.higher", *writing) == (1, 3)


def test_the_higher_standard_of_a_test_is_part_of_the_expected_one() -> None:
    assert _share("reading.expected", a_pupil("AS110"), a_pupil("AS109"), a_pupil("NS99")) == (2, 3)


@pytest.mark.parametrize("outcome", ["A", "B", "U", "T", "J", "N", "Q", "H"])
def test_who_has_no_score_and_counts_is_in_the_denominator(outcome: str) -> None:
    assert _share("reading.expected", a_pupil("AS100"), a_pupil(outcome)) == (1, 2)


@pytest.mark.parametrize("outcome", ["L", "M"])
def test_who_left_or_whose_result_is_missing_is_not_in_the_denominator(outcome: str) -> None:
    assert _share("reading.expected", a_pupil("AS100"), a_pupil(outcome)) == (1, 1)


@pytest.mark.parametrize("outcome", ["F", "P", "-", "ZZ"])
def test_of_whom_it_is_not_known_how_they_count_nobody_counts_and_it_is_said(outcome: str) -> None:
    counts = count([a_pupil("AS100"), a_pupil(outcome)], YEAR)["all"]
    assert (counts.share(BY_KEY["reading.expected"]), counts["reading.not_known"]) == ((1, 1), 1)


@pytest.mark.parametrize("code", ["A", "PK1", "EM", "WTS"])
def test_too_little_evidence_and_pre_key_stage_are_in_the_denominator_of_writing(code: str) -> None:
    assert _share("writing.expected", a_pupil(writing="EXS"), a_pupil(writing=code)) == (1, 2)


def test_who_left_is_not_in_the_denominator_of_writing() -> None:
    assert _share("writing.expected", a_pupil(writing="EXS"), a_pupil(writing="L")) == (1, 1)


def test_the_average_is_of_those_who_have_a_score() -> None:
    pupils = [a_pupil("AS110"), a_pupil("NS90"), a_pupil("A"), a_pupil("N"), a_pupil("AS")]
    counts = count(pupils, YEAR)["all"]
    assert counts.average(BY_KEY["reading.average"]) == 100
    assert counts.share(BY_KEY["reading.expected"]) == (2, 5)


def test_a_score_beside_an_outcome_that_is_not_counted_is_not_in_the_average() -> None:
    assert _share("reading.average", a_pupil("AS110"), a_pupil("L105"), a_pupil("105"), a_pupil("A105")) == (110, 1)


def test_a_score_of_100_without_the_outcome_reaches_nothing() -> None:
    assert _share("reading.expected", a_pupil("100"), a_pupil("NS100"), a_pupil("AS100")) == (1, 2)


def test_a_high_score_without_the_outcome_reaches_no_higher_standard() -> None:
    assert _share("reading.higher", a_pupil("NS115"), a_pupil("AS115")) == (1, 2)


def test_all_three_together_is_by_pupil_and_not_the_least_of_the_three_shares() -> None:
    pupils = [a_pupil("AS100", "EXS", "NS99"), a_pupil("AS100", "WTS", "AS100"), a_pupil("NS99", "EXS", "AS100")]
    assert _share("reading.expected", *pupils).percent == _share("writing.expected", *pupils).percent == 67
    assert _share("rwm.expected", *pupils) == (0, 3)


def test_the_higher_standard_of_all_three_needs_greater_depth_in_writing() -> None:
    pupils = [a_pupil("AS110", "GDS", "AS110"), a_pupil("AS110", "EXS", "AS110"), a_pupil("AS110", "GDS", "AS109")]
    assert _share("rwm.higher", *pupils) == (1, 3)
    assert _share("rwm.expected", *pupils) == (3, 3)


def test_rounding_comes_last() -> None:
    """One school has 1 of 3 (33%), another 1 of 5 (20%): together 2 of 8 (25%), and not the mean of the two (27%)."""
    one = count([a_pupil("AS100"), a_pupil("A"), a_pupil("A")], YEAR)["all"]
    other = count([a_pupil("AS100"), a_pupil("A"), a_pupil("A"), a_pupil("A"), a_pupil("A")], YEAR)["all"]
    share = (one + other).share(BY_KEY["reading.expected"])
    assert (share, share.percent) == ((2, 8), 25)
    assert (one.share(BY_KEY["reading.expected"]).percent, other.share(BY_KEY["reading.expected"]).percent) == (33, 20)


@pytest.mark.parametrize(
    ("exact", "whole"),
    [(Fraction(25, 2), 13), (Fraction(125, 2), 63), (Fraction(129, 2), 65), (Fraction(1249, 100), 12),
     (Fraction(-25, 2), -13), (Fraction(0), 0)],
)  # fmt: skip
def test_a_half_is_rounded_up_and_never_to_the_even_number(exact: Fraction, whole: int) -> None:
    assert rounded(exact) == whole
