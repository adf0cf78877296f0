"""When two records are the same child: in tiers, from the surest, and never on a name alone."""

from datetime import date
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keystage.pupils.matching import Tier, match, name_and_birth_date, same_person_twice

BORN = date(2014, 11, 3)


class Child(NamedTuple):
    upn: str = ""
    surname: str = "Example"
    forename: str = "Ada"
    birth_date: date | None = BORN
    former_upn: str = ""


OTHER = Child("U9", "Sample", "Ben", date(2015, 1, 1))


def tiers(left: list[Child], right: list[Child]) -> list[tuple[Child, Child, Tier]]:
    return [(pair.left, pair.right, pair.tier) for pair in match(left, right).pairs]


def test_the_same_upn_is_the_same_child_whatever_the_name():
    here, there = Child("U1"), Child("U1", "Other", "Name", None)
    assert tiers([here], [there]) == [(here, there, Tier.UPN)]


def test_a_former_upn_on_the_left_is_the_second_tier():
    here, there = Child("U2", former_upn="U1"), Child("U1", "Other", "Name", None)
    assert tiers([here], [there]) == [(here, there, Tier.FORMER_UPN)]


def test_a_former_upn_on_the_right_is_the_second_tier():
    here, there = Child("U1", "Other", "Name", None), Child("U2", former_upn="U1")
    assert tiers([here], [there]) == [(here, there, Tier.FORMER_UPN)]


def test_two_former_upns_alone_say_nothing():
    here, there = Child("U1", "A", "B", None, "U0"), Child("U2", "C", "D", None, "U0")
    assert tiers([here], [there]) == []


@pytest.mark.parametrize(
    ("surname", "forename"), [("EXAMPLE", "ADA"), ("Éxample", "Adá"), ("Exam-ple", "A'da"), (" example ", "ada")]
)
def test_name_and_birth_date_are_the_third_tier_however_the_name_is_written(surname, forename):
    here, there = Child("U1"), Child("U2", surname, forename)
    assert tiers([here], [there]) == [(here, there, Tier.NAME_AND_BIRTH_DATE)]


@pytest.mark.parametrize(
    "there",
    [
        Child("U2", birth_date=date(2014, 11, 4)),
        Child("U2", birth_date=None),
        Child("U2", forename="Ida"),
        Child("U2", surname="Exemple"),
        Child("U2", forename=""),
        Child("U2", surname="-"),
    ],
)
def test_anything_less_is_no_match(there):
    found = match([Child("U1")], [there])
    assert (found.pairs, found.only_left, found.only_right) == ((), (Child("U1"),), (there,))


def test_nobody_is_matched_for_want_of_a_upn_or_a_name():
    nobody = Child("", "", "", None)
    assert tiers([nobody], [nobody]) == []


def test_a_surer_tier_comes_first():
    here = Child("U1", former_upn="U2")
    by_upn, by_former, by_name = Child("U1", "X", "Y", None), Child("U2", "X", "Z", None), Child("U3")
    found = match([here], [by_name, by_former, by_upn])
    assert [(pair.right, pair.tier) for pair in found.pairs] == [(by_upn, Tier.UPN)]
    assert found.only_right == (by_name, by_former)


def test_who_is_matched_by_a_surer_tier_is_not_matched_again():
    twin = Child("U5")
    found = match([Child("U1"), twin], [Child("U1")])
    assert [pair.left for pair in found.pairs] == [Child("U1")]
    assert found.only_left == (twin,)


@pytest.mark.parametrize("swap", [False, True])
def test_a_upn_that_two_records_have_matches_neither(swap):
    two, one = [Child("U1", "A", "B", None), Child("U1", "C", "D", None)], [Child("U1", "E", "F", None)]
    assert tiers(*((one, two) if swap else (two, one))) == []


def test_a_name_that_two_records_have_matches_neither():
    assert tiers([Child("U1"), Child("U2")], [Child("U3")]) == []
    assert tiers([Child("U3")], [Child("U1"), Child("U2")]) == []


def test_a_former_upn_that_two_records_have_matches_neither():
    two = [Child("U1", "A", "B", None, "U0"), Child("U2", "C", "D", None, "U0")]
    assert tiers(two, [Child("U0", "E", "F", None)]) == []
    assert tiers([Child("U0", "E", "F", None)], two) == []


def test_a_upn_that_two_have_still_leaves_them_to_the_next_tier():
    first, second = Child("U1"), Child("U1", "Sample", "Ben")
    there = Child("U1")
    assert tiers([first, second], [there]) == [(first, there, Tier.NAME_AND_BIRTH_DATE)]


def test_pairs_and_the_rest_keep_the_order_of_their_lists():
    left = [Child(f"U{n}", f"N{n}", "X") for n in (5, 3, 4, 1)]
    right = [Child(f"U{n}", f"N{n}", "X") for n in (1, 2, 3, 0)]
    found = match(left, right)
    assert [pair.left.upn for pair in found.pairs] == ["U3", "U1"]
    assert [child.upn for child in found.only_left] == ["U5", "U4"]
    assert [child.upn for child in found.only_right] == ["U2", "U0"]


children = st.builds(
    Child,
    st.sampled_from(["", "U1", "U2", "U3", "U4"]),
    st.sampled_from(["Example", "EXAMPLE", "Sample", ""]),
    st.sampled_from(["Ada", "Adá", "Ben"]),
    st.sampled_from([BORN, date(2015, 1, 1), None]),
    st.sampled_from(["", "", "U1", "U2", "U5"]),
)


@given(st.lists(children, max_size=6), st.lists(children, max_size=6))
def test_everybody_is_on_each_side_once_and_both_sides_agree(left, right):
    found = match(left, right)
    assert sorted([*(p.left for p in found.pairs), *found.only_left], key=repr) == sorted(left, key=repr)
    assert sorted([*(p.right for p in found.pairs), *found.only_right], key=repr) == sorted(right, key=repr)
    other = match(right, left)
    by_tier = {(p.left, p.right, p.tier) for p in found.pairs if p.tier is not Tier.FORMER_UPN}
    assert {p[:2] for p in by_tier if p[2] is Tier.UPN} == {
        (p.right, p.left) for p in other.pairs if p.tier is Tier.UPN
    }


def test_the_key_without_a_upn_is_the_folded_name_and_the_birth_date():
    assert name_and_birth_date(Child("U1", "Ní Bhriain", "AOIFE")) == ("nibhriain", "aoife", BORN)
    assert name_and_birth_date(Child(birth_date=None)) is None


def test_the_same_person_twice_is_named_with_the_first():
    first, second, third = Child("U1"), Child("U2", "EXAMPLE"), Child("U3", forename="ada")
    assert list(same_person_twice([first, OTHER, second, third])) == [(second, first), (third, first)]


def test_the_same_upn_twice_is_not_the_same_person_under_two():
    assert list(same_person_twice([Child("U1"), Child("U1")])) == []


def test_without_a_birth_date_nobody_is_the_same():
    assert list(same_person_twice([Child("U1", birth_date=None), Child("U2", birth_date=None)])) == []
