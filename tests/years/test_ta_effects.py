import pytest

from keystage import years
from keystage.years.describe import describe
from keystage.years.difference import Difference, differences

EFFECTS = years.load(2026).ta_effects


@pytest.mark.parametrize(
    ("subject", "codes", "effect"),
    [
        ("writing", "EXS GDS", "achieved"),
        ("writing", "WTS PK6 PK5 PK4 PK3 PK2 PK1 EM A", "not achieved"),
        ("writing", "L", "left out"),
        ("writing", "F P HNM", None),
        ("science", "EXS", "achieved"),
        ("science", "HNM A", "not achieved"),
        ("science", "L", "left out"),
        ("science", "F P GDS WTS", None),
    ],
)
def test_what_each_code_does_to_the_share_at_the_standard(subject, codes, effect):
    assert {EFFECTS[subject].effect.get(code) for code in codes.split()} == {effect}


def test_greater_depth_alone_is_the_higher_standard_and_science_has_none():
    assert (EFFECTS["writing"].higher, EFFECTS["science"].higher) == ({"GDS"}, frozenset())


def test_reading_and_maths_go_by_their_tests():
    assert set(EFFECTS) == {"writing", "science"}


@pytest.mark.parametrize("year", years.held())
def test_every_year_says_that_it_is_assumed(year):
    assert {each.provenance.basis for each in years.load(year).ta_effects.values()} == {"assumed"}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('achieved = ["EXS", "GDS"]', 'achieved = ["EXS", "GDX"]', "`GDX` is in `achieved`"),
        ('left_out = ["L"]', 'left_out = ["L", "A"]', "`A` is in `left_out`"),
        ('higher = ["GDS"]', 'higher = ["WTS"]', "`higher` is WTS"),
    ],
)
def test_a_code_that_is_none_or_stands_twice_is_refused(edited, old, new, said):
    with pytest.raises(years.YearFileInvalid, match=said):
        years.load(2026, years_dir=edited("2026.toml", old, new))


def test_a_page_can_show_them():
    section = next(each for each in describe(years.load(2026)) if each.heading.startswith("What teacher assessment"))
    assert [row[:3] for row in section.rows] == [
        ("writing", "higher standard", "GDS"),
        ("writing", "achieved", "GDS EXS"),
        ("writing", "not achieved", "WTS PK6 PK5 PK4 PK3 PK2 PK1 EM A"),
        ("writing", "left out", "L"),
        ("writing", "not known", "F P"),
        ("science", "achieved", "EXS"),
        ("science", "not achieved", "HNM A"),
        ("science", "left out", "L"),
        ("science", "not known", "F P"),
    ]


def test_a_code_that_counts_otherwise_in_another_year_is_named(edited):
    folder = edited("2026.toml", 'left_out = ["L"]', 'left_out = ["L", "F"]')
    part = "what teacher assessment does to the measures"
    found = differences(years.load(2026), years.load(2026, years_dir=folder))
    assert Difference(part, "writing, left out", "L", "L F") in found
    assert len(found) == 1
