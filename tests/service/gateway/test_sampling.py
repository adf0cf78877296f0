"""A proposed sample: big enough, spread over the judgements, and the same for a seed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keystage.service.gateway.sampling import propose, size_of_sample


@pytest.mark.parametrize(
    ("pupils", "share", "least", "size"),
    [(60, 15, 1, 9), (30, 15, 1, 5), (30, 15, 8, 8), (4, 15, 8, 4), (0, 15, 3, 0), (100, 100, 1, 100)],
)
def test_a_share_is_rounded_up_and_is_at_least_what_is_asked(pupils: int, share: int, least: int, size: int) -> None:
    assert size_of_sample(pupils, share, least) == size


def test_every_judgement_is_in_the_sample_while_there_are_places() -> None:
    judged = {
        f"{code}{at}": code for code, many in (("EXS", 40), ("GDS", 15), ("WTS", 4), ("PK6", 1)) for at in range(many)
    }
    chosen = propose(judged, 9, 1)
    counts = {code: sum(1 for key in chosen if judged[key] == code) for code in ("EXS", "GDS", "WTS", "PK6")}
    # one each, then the five that are left by pupils for each place: 40/3, 40/5, 40/7, 15/3, 40/9
    assert counts == {"EXS": 5, "GDS": 2, "WTS": 1, "PK6": 1}


def test_with_fewer_places_than_judgements_the_most_frequent_are_chosen() -> None:
    judged = {"a": "EXS", "b": "EXS", "c": "GDS", "d": "GDS", "e": "PK6"}
    assert {judged[key] for key in propose(judged, 2, 3)} == {"EXS", "GDS"}


def test_another_seed_chooses_others() -> None:
    judged = {str(at): "EXS" for at in range(60)}
    assert len({tuple(propose(judged, 9, seed)) for seed in range(20)}) > 15


@given(
    st.dictionaries(st.text(min_size=1), st.sampled_from(["EXS", "GDS", "WTS", ""])), st.integers(0, 50), st.integers()
)
def test_a_seed_chooses_the_same_again_so_many_and_each_once(judged: dict[str, str], size: int, seed: int) -> None:
    chosen = propose(judged, size, seed)
    assert chosen == propose(judged, size, seed)
    assert len(set(chosen)) == len(chosen) == min(size, len(judged))
    assert set(chosen) <= set(judged)
