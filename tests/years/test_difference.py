import pytest

from keystage import years
from keystage.years.difference import Difference, differences

FOUND = differences(years.load(2025), years.load(2026))


@pytest.mark.parametrize(
    "difference",
    [
        Difference("gateway", "short name", "PAG", "NCA Portal"),
        Difference("gateway", "operator", "Capita", "Pearson"),
        Difference("CTF", "version", "24.0", "25.0"),
        Difference("dates", "results_released", "2025-07-08 07:30", "2026-07-16 07:30"),
        Difference("dates", "ta_deadline", None, "2026-06-26"),
        Difference("dates", "academy_agreement", "2025-01-10", None),
        Difference("thresholds reading", "100", "28", "25"),
        Difference("thresholds maths", "110", None, "94"),
        Difference("scaled scores", "maths", "partial", "whole"),
        Difference("England figures", "rwm, expected", "62", None),
    ],
)
def test_2026_differs_from_2025(difference):
    assert difference in FOUND


def test_what_stays_the_same_is_not_named():
    parts = {difference.part for difference in FOUND}
    assert not {"codes writing", "owed", "rows", "outcomes", "template headings"} & parts
    assert ("CTF", "sex tag") not in {(difference.part, difference.what) for difference in FOUND}


def test_the_tag_for_sex_changed_from_2023_to_2024():
    assert Difference("CTF", "sex tag", "Gender", "Sex") in differences(years.load(2023), years.load(2024))


def test_a_year_does_not_differ_from_itself():
    assert differences(years.load(2026), years.load(2026)) == ()


def test_parts_stand_together():
    parts = [difference.part for difference in FOUND]
    assert [part for place, part in enumerate(parts) if place == 0 or parts[place - 1] != part] == list(
        dict.fromkeys(parts)
    )


def test_a_code_gained_a_row_changed_and_a_rule_changed_are_named(edited):
    folder = edited(
        "2026.toml", '{ code = "HNM",', '{ code = "GDS", kind = "standard", meaning = "deep" },\n  { code = "HNM",'
    )
    gained = differences(years.load(2026), years.load(2026, years_dir=folder))
    assert set(gained) == {
        Difference("codes science", "GDS", None, "deep"),
        Difference("codes science", "order", "EXS HNM A L F P", "EXS GDS HNM A L F P"),
    }
    folder = edited("2026.toml", 'component = "WRI"', 'component = "WRT"')
    assert differences(years.load(2026), years.load(2026, years_dir=folder)) == (
        Difference("rows", "writing TA", "KS2 ENG ENG TA WRI R NC", "KS2 ENG ENG TA WRT R NC"),
    )
    folder = edited("2026.toml", 'state = "optional"', 'state = "required"')
    changed = differences(years.load(2026), years.load(2026, years_dir=folder))
    assert Difference("owed", "reading, absent", "optional", "required") in changed
    assert len(changed) == 6
