"""Figures of few pupils are hidden, so that a total gives nobody away; and no more is hidden than that needs."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keystage.measures import BELOW, hidden

_SIZES = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 30), min_size=1)


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ({"a": 30, "b": 6}, ""),  # six is not fewer than six
        ({"a": 30, "b": 5}, "ab"),  # 35 less 30 would be 5
        ({"a": 30, "b": 10, "c": 5}, "bc"),  # the smallest of those that are large
        ({"a": 30, "b": 5, "c": 4}, "bc"),  # nine together
        ({"a": 30, "b": 2, "c": 3}, "abc"),  # five together are too few
        ({"a": 30, "b": 0, "c": 8}, ""),  # nobody is nobody
        ({"a": 30, "b": 0, "c": 5}, "ac"),
        ({"a": 3, "b": 1}, "ab"),  # fewer than six in all: the total is hidden too
        ({"a": 20, "b": 5, "c": 5}, "abc"),  # ten in two that are under six each are five and five
        ({"a": 9, "b": 8, "c": 1, "d": 1, "e": 1, "f": 1, "g": 1, "h": 1}, "bcdefgh"),  # six in six are one each
        ({"a": 0}, ""),
        ({}, ""),
    ],
)
def test_tables_worked_by_hand(sizes: dict[str, int], expected: str) -> None:
    assert hidden(sizes) == frozenset(expected)


def test_a_limit_of_0_hides_nothing() -> None:
    assert hidden({"a": 1, "b": 2}, below=0) == frozenset()


def test_another_limit_can_be_set() -> None:
    assert hidden({"a": 40, "b": 20, "c": 9}, below=10) == {"b", "c"}
    assert BELOW == 6


@given(_SIZES, st.integers(1, 12))
def test_no_figure_of_few_pupils_is_shown(sizes: dict[str, int], below: int) -> None:
    shown = [size for group, size in sizes.items() if group not in hidden(sizes, below)]
    assert all(size == 0 or size >= below for size in shown)


@given(_SIZES, st.integers(2, 12))
def test_the_total_less_what_is_shown_is_no_single_group_and_not_few_pupils(sizes: dict[str, int], below: int) -> None:
    found = hidden(sizes, below)
    total = sum(sizes.values())
    if found and total >= below:
        assert len(found) > 1
        assert total - sum(size for group, size in sizes.items() if group not in found) >= below


@given(st.dictionaries(st.sampled_from("abcd"), st.integers(0, 12), min_size=2), st.integers(3, 6))
def test_what_is_hidden_could_be_otherwise(sizes: dict[str, int], below: int) -> None:
    """Whoever knows the limit tries every way to share the hidden pupils out: more than one fits for each group."""
    found = hidden(sizes, below)
    everybody = {group for group, size in sizes.items() if size}
    if not found or found == everybody:
        return
    total = sum(sizes[group] for group in found)
    few = [each for each in product(range(1, below), repeat=len(found)) if sum(each) == total]
    for column in zip(*few, strict=True):
        assert len(set(column)) > 1


@given(_SIZES, st.integers(1, 12))
def test_where_all_are_large_nothing_is_hidden(sizes: dict[str, int], below: int) -> None:
    large = {group: size if size == 0 or size >= below else below for group, size in sizes.items()}
    assert hidden(large, below) == frozenset()


@given(_SIZES, st.integers(1, 12))
def test_of_the_large_only_the_smallest_are_hidden(sizes: dict[str, int], below: int) -> None:
    found = hidden(sizes, below)
    large = {group: size for group, size in sizes.items() if size >= below}
    taken = [size for group, size in large.items() if group in found]
    assert all(size >= max(taken, default=0) for group, size in large.items() if group not in found)


@given(_SIZES)
def test_nobody_is_never_hidden(sizes: dict[str, int]) -> None:
    assert all(sizes[group] for group in hidden(sizes))
