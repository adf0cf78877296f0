"""Figures as tables show them: worked by hand, rounded last, and nothing left of what is hidden."""

from fractions import Fraction

from keystage.measures import BREAKDOWNS, BY_KEY, Counts, Figure, figures, pupils

READING = "reading.expected"


def counts(counted: int, reached: int, scores: int = 0, score_sum: int = 0) -> Counts:
    return Counts(
        {
            "pupils": counted,
            "reading.counted": counted,
            "reading.expected": reached,
            "reading.scores": scores,
            "reading.score_sum": score_sum,
        }
    )


CLASS = {"all": counts(20, 13, 19, 1990), "sex:F": counts(9, 7, 9, 950), "sex:M": counts(11, 6, 10, 1040)}


def test_a_percentage_is_whole_and_a_half_is_rounded_up():
    assert Figure(BY_KEY[READING], "all", 13, 20).value == 65
    assert Figure(BY_KEY[READING], "all", 1, 200).value == 1  # 0.5
    assert Figure(BY_KEY[READING], "all", 2, 3).value == 67


def test_an_average_has_one_figure_after_the_point():
    figure = figures(CLASS)["reading.average", "all"]
    assert (figure.numerator, figure.denominator, figure.value) == (1990, 19, 104.7)  # 104.736…
    assert figure.exact == Fraction(1990, 19)
    assert figure.unit == "scaled score"


def test_each_group_has_its_own_numerator_and_denominator():
    found = figures(CLASS)
    assert (found[READING, "sex:F"].numerator, found[READING, "sex:F"].denominator) == (7, 9)
    assert found[READING, "sex:F"].value == 78
    assert found[READING, "sex:M"].value == 55


def test_a_group_with_nobody_in_it_has_no_value_and_is_not_hidden():
    figure = figures(CLASS)[READING, "sex:"]
    assert (figure.numerator, figure.denominator, figure.value, figure.is_hidden) == (0, 0, None, False)


def test_of_a_small_group_and_of_the_one_beside_it_nothing_is_left():
    found = figures({"all": counts(20, 13), "sex:F": counts(5, 4), "sex:M": counts(15, 9)})
    for group in ("sex:F", "sex:M"):
        figure = found[READING, group]
        assert (figure.is_hidden, figure.numerator, figure.denominator, figure.exact) == (True, None, None, None)
    assert not found[READING, "all"].is_hidden


def test_six_pupils_are_shown_and_five_are_not():
    assert not figures({"all": counts(6, 3)})[READING, "all"].is_hidden
    assert figures({"all": counts(5, 3)})[READING, "all"].is_hidden


def test_where_the_whole_is_hidden_so_is_every_group():
    found = figures({"all": counts(5, 3), "sex:F": counts(2, 1), "sex:M": counts(3, 2)})
    assert found[READING, "sex:F"].is_hidden
    assert found[READING, "sex:M"].is_hidden


def test_what_is_hidden_goes_by_who_counts_in_the_measure():
    table = {"all": counts(12, 6, 11, 1100), "sex:F": counts(6, 3, 5, 500), "sex:M": counts(6, 3, 6, 600)}
    found = figures(table)
    assert not found[READING, "sex:F"].is_hidden
    assert found["reading.average", "sex:F"].is_hidden


def test_a_limit_of_nothing_hides_nothing():
    assert not figures({"all": counts(1, 1)}, below=0)[READING, "all"].is_hidden


def test_the_size_of_a_group_is_hidden_with_its_figures():
    found = pupils({"all": counts(20, 13), "sex:F": counts(5, 4), "sex:M": counts(15, 9)})
    assert (found["all"], found["sex:F"], found["sex:M"], found["sex:"]) == (20, None, None, 0)


def test_every_breakdown_is_there():
    groups = {group for _measure, group in figures({})}
    assert groups == {"all", *(group for each in BREAKDOWNS for group in each.groups)}
