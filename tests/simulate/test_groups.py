from collections import Counter
from random import Random

from keystage.pupils.characteristics import read_first_language, read_sen, read_yes_no
from keystage.simulate.groups import made_up_groups

MADE = [made_up_groups(Random(f"groups/{serial}")) for serial in range(2000)]


def test_the_same_pupil_is_always_in_the_same_groups():
    assert made_up_groups(Random("groups/1")) == MADE[1]


def test_every_group_that_can_be_read_is_made_up():
    assert {read_yes_no(each["disadvantaged"]) for each in MADE} == {True, False, None}
    assert {read_sen(each["sen"]) for each in MADE} == {"none", "support", "plan", ""}
    assert {read_first_language(each["first_language"]) for each in MADE} == {"english", "other", ""}


def test_most_are_not_disadvantaged_have_no_sen_and_speak_english():
    for field, usual in (("disadvantaged", "N"), ("sen", "N"), ("first_language", "ENG")):
        ((commonest, _),) = Counter(each[field] for each in MADE).most_common(1)
        assert commonest == usual
