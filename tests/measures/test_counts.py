"""Counts can be added up, kept as plain values, and read as shares, averages and gaps."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from keystage.measures import BY_KEY, NOBODY, Counts, Share, add, count, from_json, gap, rounded, to_json
from measures.worked import YEAR, a_class, counted

_SPLITS = st.lists(st.integers(0, 2), min_size=17, max_size=17)


@given(_SPLITS)
def test_adding_up_schools_is_counting_their_pupils_together(schools: list[int]) -> None:
    class_ = a_class()
    tables = [
        count([pupil for pupil, at in zip(class_, schools, strict=True) if at == number], YEAR) for number in range(3)
    ]
    assert to_json(add(tables)) == to_json(count(class_, YEAR))
    assert sum((each.get("all", NOBODY) for each in tables), NOBODY).as_json() == counted()["all"].as_json()


@given(st.permutations(range(17)))
def test_the_order_of_pupils_changes_nothing(order: list[int]) -> None:
    class_ = a_class()
    assert to_json(count((class_[at] for at in order), YEAR)) == to_json(counted())


def test_counts_are_kept_as_plain_values_and_read_again() -> None:
    kept = to_json(counted())
    assert kept["sex:"] == {
        "gps.not_known": 1, "maths.not_known": 1, "pupils": 1, "reading.not_known": 1, "rwm.not_known": 1,
        "science.not_known": 1, "writing.not_known": 1,
    }  # fmt: skip
    assert to_json(from_json(kept)) == kept


def test_nobody_comes_to_nothing_and_has_no_share() -> None:
    assert count([], YEAR) == add([]) == {}
    share = NOBODY.share(BY_KEY["rwm.expected"])
    assert (NOBODY.pupils, share, share.percent, share.exact) == (0, (0, 0), None, None)
    assert NOBODY.average(BY_KEY["maths.average"]) is None


def test_a_share_of_none_is_0_and_of_all_100() -> None:
    assert (Share(0, 7).percent, Share(7, 7).percent) == (0, 100)


def test_a_gap_is_worked_out_on_unrounded_figures() -> None:
    """5 of 12 is 41.67 (42), 4 of 11 is 36.36 (36): 5.30 points apart, and not 6."""
    apart = gap(Share(5, 12), Share(4, 11))
    assert apart == Fraction(175, 33)
    assert rounded(apart) == 5
    assert gap(Share(4, 11), Share(5, 12)) == -apart


def test_there_is_no_gap_to_nobody() -> None:
    assert gap(Share(1, 2), Share(0, 0)) is gap(Share(0, 0), Share(1, 2)) is None


def test_science_has_no_higher_standard() -> None:
    assert not any(key.startswith("science.higher") for key in counted()["all"].held)


def test_what_is_not_counted_is_0() -> None:
    assert Counts({})["reading.expected"] == 0
