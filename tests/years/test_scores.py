import pytest

from keystage import years
from keystage.years import NotHeld, Test, YearFileInvalid


@pytest.mark.parametrize(
    ("year", "test", "raw", "score"),
    [
        (2024, Test.READING, 27, 100),
        (2024, Test.GPS, 3, 80),
        (2024, Test.GPS, 65, 120),
        (2024, Test.MATHS, 3, 81),
        (2024, Test.MATHS, 54, 100),
        (2025, Test.READING, 28, 100),
        (2025, Test.MATHS, 16, 87),
        (2025, Test.MATHS, 58, 100),
        (2026, Test.READING, 25, 100),
        (2026, Test.READING, 24, 99),
        (2026, Test.READING, 39, 110),
        (2026, Test.READING, 47, 120),
        (2026, Test.READING, 50, 120),
        (2026, Test.MATHS, 56, 100),
        (2026, Test.MATHS, 109, 120),
        (2026, Test.GPS, 34, 100),
    ],
)
def test_a_raw_mark_gives_the_published_scaled_score(year, test, raw, score):
    assert years.load(year).scores(test).scaled(raw) == score


@pytest.mark.parametrize("raw", [0, 1, 2])
def test_fewer_than_three_marks_give_no_scaled_score(raw):
    table = years.load(2026).scores(Test.READING)
    assert not table.has_scaled_score(raw)
    assert table.scaled(raw) is None


def test_three_marks_give_one():
    assert years.load(2026).scores(Test.READING).has_scaled_score(3)


def test_which_tables_are_whole():
    whole = {(year, test): years.load(year).scores(test).is_whole for year in (2024, 2025, 2026) for test in Test}
    assert {held for held, is_whole in whole.items() if not is_whole} == {(2024, Test.MATHS), (2025, Test.MATHS)}


@pytest.mark.parametrize(("year", "raw"), [(2025, 17), (2025, 57), (2025, 110), (2024, 34), (2024, 53)])
def test_a_mark_that_a_partial_table_lacks_is_refused_and_never_guessed(year, raw):
    table = years.load(year).scores(Test.MATHS)
    assert table.has_scaled_score(raw)
    with pytest.raises(NotHeld, match=f"raw mark {raw} in maths") as refusal:
        table.scaled(raw)
    assert refusal.value.year == year


@pytest.mark.parametrize("year", [2022, 2023, 2027])
@pytest.mark.parametrize("test", Test)
def test_a_table_that_is_not_held_is_refused(year, test):
    with pytest.raises(NotHeld, match=f"the scaled scores of the {test} test"):
        years.load(year).scores(test)


@pytest.mark.parametrize("raw", [-1, 51])
def test_a_mark_that_the_test_does_not_have_is_a_fault_of_the_caller(raw):
    with pytest.raises(ValueError, match="0 to 50 marks"):
        years.load(2026).scores(Test.READING).scaled(raw)


def test_the_scores_say_where_they_come_from():
    said = years.load(2026).scores(Test.READING).provenance
    assert (said.basis, said.source) == ("published copy", "sta-2026-07-16-via-public-sql")


@pytest.mark.parametrize(
    ("old", "new", "at", "wrong"),
    [
        ("reading,25,100,AS,whole", "reading,25,98,NS,whole", "reading,25,", "The scaled score falls to 98."),
        ("reading,3,81,NS,whole", "reading,3,79,NS,whole", "reading,3,", "The scaled score is 79."),
        ("reading,50,120,AS,whole", "reading,50,121,AS,whole", "reading,50,", "The scaled score is 121."),
        ("reading,50,120,AS,whole", "reading,51,120,AS,whole", "reading,51,", "The raw mark is 51."),
        ("reading,25,100,AS,whole", "reading,25,,N,whole", "reading,25,", "The scaled score is ''."),
        ("reading,2,,N,whole", "reading,2,80,NS,whole", "reading,2,", "Raw mark 2 has a score."),
        ("reading,25,100,AS,whole", "reading,25,100,NS,whole", "reading,25,", "The outcome of raw mark 25 is 'NS'."),
        ("reading,25,100,AS,whole", "reading,25,100,AS,partial", "reading,25,", "The table is 'partial'."),
        ("reading,25,100,AS,whole", "reading,24,100,AS,whole", "reading,24,100", "The raw mark 24 does not follow 24."),
        ("reading,25,100,AS,whole", "reading,x,100,AS,whole", "reading,x", "The row "),
        ("reading,25,100,AS,whole", "spelling,25,100,AS,whole", "spelling", "The row "),
        ("reading,25,100,AS,whole\n", "", "reading,50,", "The whole table of reading lacks 25."),
        (
            "reading,24,99,NS,whole",
            "reading,24,100,AS,whole",
            "reading,50,",
            "The reading table does not give 100 first at",
        ),
        ("subject,raw,scaled", "subject,mark,scaled", "subject,mark", "The columns are"),
        ("# basis: published copy", "# basis: rumour", "# Scaled scores", "The basis or the source is not given"),
        ("# source: ", "# from: ", "# Scaled scores", "The basis or the source is not given"),
    ],
)
def test_a_table_that_cannot_be_right_is_refused_at_its_line(edited, line_in, old, new, at, wrong):
    folder = edited("scores/2026.csv", old, new)
    with pytest.raises(YearFileInvalid) as refusal:
        years.load(2026, years_dir=folder)
    assert refusal.value.wrong.startswith(wrong)
    assert refusal.value.file == folder / "scores" / "2026.csv"
    assert refusal.value.line == line_in(folder / "scores" / "2026.csv", at)
