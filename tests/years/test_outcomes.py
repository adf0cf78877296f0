import pytest

from keystage import years

OUTCOMES = years.load(2026).outcomes


@pytest.mark.parametrize(
    ("code", "effect"),
    [
        ("AS", "achieved"),
        ("NS", "not achieved"),
        ("N", "not achieved"),
        ("A", "not achieved"),
        ("B", "not achieved"),
        ("U", "not achieved"),
        ("J", "not achieved"),
        ("Q", "not achieved"),
        ("H", "not achieved"),
        ("L", "left out"),
        ("M", "left out"),
        ("F", None),
        ("P", None),
        ("D", None),
    ],
)
def test_what_each_outcome_does_to_the_share_at_the_standard(code, effect):
    assert OUTCOMES[code].effect == effect


def test_only_pupils_with_a_scaled_score_count_in_the_average():
    assert [code for code, outcome in OUTCOMES.items() if outcome.in_average] == ["AS", "NS"]
    assert [code for code, outcome in OUTCOMES.items() if outcome.has_score] == ["AS", "NS"]


def test_codes_that_nobody_explains_are_absent():
    assert not {"S", "X", "Z", "CN"} & set(OUTCOMES)


def test_special_consideration_is_a_marker_and_no_outcome():
    assert set(years.load(2026).special_consideration) == {"CA", "CB"}
    assert not {"CA", "CB"} & set(OUTCOMES)


def test_the_effect_of_n_is_assumed():
    assert OUTCOMES["N"].provenance.basis == "assumed"
    assert OUTCOMES["A"].provenance.basis == "published copy"
