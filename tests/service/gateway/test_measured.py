"""Figures as cells: what is hidden is not in a cell at all."""

import pytest

from keystage.measures import ALL, BY_KEY, NOBODY, Counts
from keystage.service.gateway.presenters.measured import (
    Cell,
    Named,
    beside,
    breakdowns_of,
    lines_of,
    published_words,
    total_line,
)
from keystage.years import load

WRITING = BY_KEY["writing.expected"]
READING = BY_KEY["reading.average"]


def counts(counted: int, expected: int = 0, **more: int) -> Counts:
    return Counts({"pupils": counted, "writing.counted": counted, "writing.expected": expected, **more})


def test_a_share_is_shown_with_what_it_is_made_of() -> None:
    cell = Cell(WRITING, counts(31, 28).share(WRITING))
    assert (cell.text, cell.value, cell.made_of) == ("90%", 90, "28 of 31 pupils")


def test_an_average_has_one_place_also_where_it_is_a_nought() -> None:
    found = Counts({"reading.score_sum": 312, "reading.scores": 3})
    cell = Cell(READING, found.share(READING))
    assert (cell.text, cell.made_of) == ("104.0", "312 points over 3 pupils")


def test_of_nobody_there_is_no_figure() -> None:
    cell = Cell(WRITING, NOBODY.share(WRITING))
    assert (cell.text, cell.value, cell.made_of) == ("no pupils", None, "no pupils")


def test_a_small_school_is_hidden_and_the_next_smallest_with_it() -> None:
    parts = [Named("a", "A", counts(30, 20)), Named("b", "B", counts(4, 3)), Named("c", "C", counts(9, 9))]
    lines = lines_of(parts, [WRITING], 6)
    assert [(each.pupils, each.cells[0].text) for each in lines] == [(30, "67%"), (None, "hidden"), (None, "hidden")]
    assert [each.cells[0].share for each in lines[1:]] == [None, None]
    assert lines[1].cells[0].made_of == "hidden"


def test_a_limit_of_nought_hides_nothing() -> None:
    lines = lines_of([Named("a", "A", counts(30, 20)), Named("b", "B", counts(1, 1))], [WRITING], 0)
    assert [each.cells[0].text for each in lines] == ["67%", "100%"]


def test_each_figure_is_hidden_by_its_own_denominator() -> None:
    """Six pupils, of whom one left: five count."""
    small = Counts({"pupils": 6, "writing.counted": 5, "writing.left_out": 1, "science.counted": 6})
    large = Counts({"pupils": 9, "writing.counted": 9, "science.counted": 9})
    science = BY_KEY["science.expected"]
    one, _ = lines_of([Named("a", "A", small), Named("b", "B", large)], [WRITING, science], 6)
    assert (one.pupils, one.cells[0].text, one.cells[1].text) == (6, "hidden", "0%")


def test_a_total_of_very_few_is_hidden_too() -> None:
    assert total_line("All", counts(5, 5), [WRITING], 6).cells[0].share is None
    assert total_line("All", counts(6, 6), [WRITING], 6).cells[0].text == "100%"


def test_a_breakdown_of_which_nothing_is_known_is_not_shown() -> None:
    table = {ALL: counts(10, 5), "sex:F": counts(6, 3), "sex:M": counts(4, 2), "sen:": counts(10, 5)}
    found = breakdowns_of(table, [WRITING], 0)
    assert [each.key for each in found] == ["sex"]
    assert [(each.name, each.pupils) for each in found[0].lines] == [("Girls", 6), ("Boys", 4)]


@pytest.mark.parametrize(
    ("total", "own", "text"),
    [(40, 30, "50%"), (33, 30, "hidden"), (30, 30, "50%"), (36, 30, "50%"), (35, 30, "hidden"), (4, 4, "hidden")],
)
def test_what_others_come_to_is_not_shown_by_taking_ones_own_away(total: int, own: int, text: str) -> None:
    assert beside(counts(total, total // 2), counts(own), WRITING, 6).text == text


def test_what_is_published_is_shown_and_what_is_not_is_said() -> None:
    assert published_words(WRITING, load(2025)) == "72%"
    assert published_words(READING, load(2025)) == "106"
    assert published_words(WRITING, load(2026)) == "not published"
