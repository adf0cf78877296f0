"""Figures of few pupils are hidden, so that a total gives nobody away; and no more is hidden than that needs."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keystage.measures import ALL, BELOW, hidden, hidden_cells

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


def test_a_cell_that_is_hidden_in_one_sum_is_not_given_away_by_another() -> None:
    """Two places by two groups. Place a has 3 boys: its girls go too, for its total is shown; and so do b's."""
    sizes = {"all": 70, "girls": 37, "boys": 33, "a": 20, "a girls": 17, "a boys": 3, "b": 50, "b girls": 20,
             "b boys": 30}  # fmt: skip
    within = [(each, (f"{each} girls", f"{each} boys")) for each in "ab"]
    over = [(each, (f"a {each}", f"b {each}")) for each in ("girls", "boys")]
    sums = [("all", ("girls", "boys")), ("all", ("a", "b")), *within, *over]
    assert hidden_cells(sizes, sums) == {"a girls", "a boys", "b girls", "b boys"}


def test_a_total_that_is_hidden_is_not_given_away_by_its_parts() -> None:
    """Place a has 4 pupils, so b must go, too; and b's total would be that of its girls and boys."""
    sizes = {"all": 54, "a": 4, "a girls": 4, "a boys": 0, "b": 20, "b girls": 9, "b boys": 11, "c": 30, "c girls": 15,
             "c boys": 15}  # fmt: skip
    sums = [("all", ("a", "b", "c")), *((each, (f"{each} girls", f"{each} boys")) for each in "abc")]
    assert hidden_cells(sizes, sums) == {"a", "a girls", "b", "b girls"}


def test_a_large_table_hides_nothing() -> None:
    assert hidden_cells({"all": 20, "a": 10, "b": 10}, [("all", ("a", "b"))]) == frozenset()


@given(st.lists(st.lists(st.integers(0, 20), min_size=3, max_size=3), min_size=1, max_size=4), st.integers(2, 8))
def test_no_sum_of_a_table_gives_a_hidden_cell_away(table: list[list[int]], below: int) -> None:
    cells = {(place, group): size for place, row in enumerate(table) for group, size in enumerate(row)}
    places, groups = range(len(table)), range(3)
    sums = [((place, ALL), [(place, group) for group in groups]) for place in places]
    sums += [((ALL, group), [(place, group) for place in places]) for group in groups]
    sums += [((ALL, ALL), [(place, ALL) for place in places]), ((ALL, ALL), [(ALL, group) for group in groups])]
    sizes = {**cells, **{total: sum(cells[part] for part in parts) for total, parts in sums[: len(places) + 3]}}
    sizes[ALL, ALL] = sum(cells.values())
    found = hidden_cells(sizes, sums, below)
    assert all(cell in found for cell, size in sizes.items() if 0 < size < below)
    for total, parts in sums:
        unseen = [part for part in parts if part in found]
        if total in found:
            assert unseen
        else:
            assert len(unseen) != 1
            assert not unseen or sum(sizes[part] for part in unseen) >= below
