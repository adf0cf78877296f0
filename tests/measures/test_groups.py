"""Everybody is in just one group of each breakdown; what is not known is a group of its own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keystage.measures import ALL, BREAKDOWNS, Measured
from keystage.measures.groups import groups_of
from keystage.pupils.characteristics import Characteristics

_KNOWN = st.builds(
    Characteristics,
    st.none() | st.booleans(),
    st.sampled_from(["", "none", "support", "plan"]),
    st.sampled_from(["", "english", "other"]),
)


@given(st.text(max_size=3), st.none() | st.integers(1, 12), _KNOWN)
def test_everybody_is_in_one_group_of_each_breakdown(sex: str, month: int | None, known: Characteristics) -> None:
    first, *others = groups_of(Measured({}, {}, sex, month, known))
    assert first == ALL
    assert len(others) == len(BREAKDOWNS)
    for group, breakdown in zip(others, BREAKDOWNS, strict=True):
        assert group in breakdown.groups


@pytest.mark.parametrize(
    ("month", "term"),
    [(9, "autumn"), (12, "autumn"), (1, "spring"), (4, "spring"), (5, "summer"), (8, "summer"), (None, "")],
)
def test_a_term_of_birth_goes_by_the_month(month: int | None, term: str) -> None:
    assert groups_of(Measured({}, {}, "F", month))[-1] == f"term:{term}"


@pytest.mark.parametrize("sex", ["", "U", "9", "female"])
def test_a_sex_that_is_neither_is_not_known(sex: str) -> None:
    assert groups_of(Measured({}, {}, sex))[1] == "sex:"


def test_not_disadvantaged_is_another_thing_than_not_known() -> None:
    of = [groups_of(Measured({}, {}, characteristics=Characteristics(said)))[2] for said in (True, False, None)]
    assert of == ["disadvantage:yes", "disadvantage:no", "disadvantage:"]
