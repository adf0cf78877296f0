import pytest

from keystage import years
from keystage.years import NotHeld, Subject, Test, YearFileInvalid, YearUnknown


def test_the_years_from_2022_to_2027_are_held():
    assert years.held() == (2022, 2023, 2024, 2025, 2026, 2027)


def test_a_year_that_is_not_held_is_refused_with_the_years_that_are():
    with pytest.raises(YearUnknown) as refusal:
        years.load(2019)
    assert refusal.value.year == 2019
    assert str(refusal.value) == ("The collection year 2019 is not held. Held: 2022, 2023, 2024, 2025, 2026, 2027.")


def test_a_folder_adds_a_year(tmp_path):
    (tmp_path / "2028.toml").write_text('year = 2028\nstatus = "draft"\ncarried_from = 2026\n[sources]\n', "utf-8")
    assert years.held(tmp_path) == (2022, 2023, 2024, 2025, 2026, 2027, 2028)
    assert years.load(2028, years_dir=tmp_path).label == "2027/28"
    with pytest.raises(YearUnknown):
        years.load(2028)


def test_a_folder_may_carry_a_year_from_a_draft(tmp_path):
    (tmp_path / "2028.toml").write_text('year = 2028\nstatus = "draft"\ncarried_from = 2027\n[sources]\n', "utf-8")
    year = years.load(2028, years_dir=tmp_path)
    assert year.gateway.provenance.note == "carried from 2027; carried from 2026"
    assert year.ctf.version == "26.0"


def test_a_folder_replaces_a_shipped_year_and_leaves_the_shipped_one_alone(edited):
    folder = edited("2026.toml", 'name = "National Curriculum Assessments Portal"', 'name = "A portal"')
    assert years.load(2026, years_dir=folder).gateway.name == "A portal"
    assert years.load(2026).gateway.name == "National Curriculum Assessments Portal"


def test_a_replaced_year_keeps_the_shipped_scores(edited):
    folder = edited("2026.toml", 'operator = "Pearson"', 'operator = "Another"')
    assert years.load(2026, years_dir=folder).scores(Test.READING).scaled(25) == 100


def test_scores_can_be_replaced_alone(tmp_path):
    (tmp_path / "scores").mkdir()
    (tmp_path / "scores" / "2022.csv").write_text(
        "# basis: official\n# source: sta-2022 = The official table\nsubject,raw,scaled,outcome,table\n"
        "reading,28,99,NS,partial\nreading,29,100,AS,partial\n",
        "utf-8",
    )
    year = years.load(2022, years_dir=tmp_path)
    assert year.scores(Test.READING).scaled(29) == 100
    assert year.sources["sta-2022"] == "The official table"
    assert ("scores reading", "official", "sta-2022", None) in year.provenance
    with pytest.raises(NotHeld):
        year.scores(Test.GPS)


def test_a_new_year_may_have_scores_before_it_has_thresholds(tmp_path):
    (tmp_path / "2028.toml").write_text('year = 2028\nstatus = "draft"\ncarried_from = 2026\n[sources]\n', "utf-8")
    (tmp_path / "scores").mkdir()
    (tmp_path / "scores" / "2028.csv").write_text(
        "# basis: assumed\n# source: made-up = For this test\nsubject,raw,scaled,outcome,table\n\n"
        "gps,40,101,AS,partial\n",
        "utf-8",
    )
    assert years.load(2028, years_dir=tmp_path).scores(Test.GPS).marks == {40: 101}


def test_a_file_that_has_changed_is_read_again(edited):
    folder = edited("2026.toml", 'operator = "Pearson"', 'operator = "First"')
    assert years.load(2026, years_dir=folder).gateway.operator == "First"
    edited("2026.toml", 'operator = "Pearson"', 'operator = "Second one"')
    assert years.load(2026, years_dir=folder).gateway.operator == "Second one"


def test_an_unchanged_file_is_read_once(edited):
    folder = edited("2026.toml", 'operator = "Pearson"', 'operator = "First"')
    assert years.load(2026, years_dir=folder) is years.load(2026, years_dir=folder)
    assert years.load(2026) is years.load(2026)


def test_a_carried_part_is_assumed_and_says_where_it_comes_from():
    year = years.load(2027)
    assert year.code_table(Subject.WRITING).provenance == (
        "assumed",
        "juniper-ta-codes-2024",
        "carried from 2026; the list seen is that of 2024; no page that was read suggests a change",
    )
    assert year.gateway.short_name == "NCA Portal"
    assert year.gateway.provenance == ("assumed", "gov-nca-portal", "carried from 2026")


def test_dates_thresholds_scores_and_national_figures_are_never_carried():
    year = years.load(2027)
    assert year.dates == ()
    assert year.national is None
    for ask in (year.thresholds, year.scores):
        with pytest.raises(NotHeld):
            ask(Test.READING)


def test_a_draft_may_state_one_key_of_a_table_and_carry_the_rest(tmp_path):
    (tmp_path / "2028.toml").write_text(
        'year = 2028\nstatus = "draft"\ncarried_from = 2026\n[sources]\nhere = "a page"\n'
        '[gateway]\noperator = "Another"\nbasis = "official"\nsource = "here"\nnote = "new"\n',
        "utf-8",
    )
    gateway = years.load(2028, years_dir=tmp_path).gateway
    assert (gateway.name, gateway.operator) == ("National Curriculum Assessments Portal", "Another")
    assert gateway.provenance == ("official", "here", "new")


@pytest.mark.parametrize("base", ["2019", "2028", '"2026"'])
def test_a_base_that_is_not_held_is_refused_at_its_line(tmp_path, base):
    (tmp_path / "2028.toml").write_text(f'year = 2028\nstatus = "draft"\ncarried_from = {base}\n', "utf-8")
    with pytest.raises(YearFileInvalid) as refusal:
        years.load(2028, years_dir=tmp_path)
    assert refusal.value.line == 3
    assert "2022, 2023, 2024, 2025, 2026, 2027" in refusal.value.expected


def test_two_years_that_carry_each_other_are_refused(tmp_path):
    (tmp_path / "2028.toml").write_text('year = 2028\nstatus = "draft"\ncarried_from = 2029\n', "utf-8")
    (tmp_path / "2029.toml").write_text('year = 2029\nstatus = "draft"\n\ncarried_from = 2028\n', "utf-8")
    with pytest.raises(YearFileInvalid) as refusal:
        years.load(2028, years_dir=tmp_path)
    assert (refusal.value.file.name, refusal.value.line) == ("2029.toml", 4)


def test_a_year_that_is_not_that_of_the_file_name_is_refused(edited):
    folder = edited("2026.toml", "year = 2026", "year = 2025")
    with pytest.raises(YearFileInvalid, match="as the file is named") as refusal:
        years.load(2026, years_dir=folder)
    assert refusal.value.line == 10


def test_a_syntax_error_has_its_line(tmp_path):
    (tmp_path / "2028.toml").write_text(
        'year = 2028\nstatus = "draft"\ndates = [\n  { date = 2026-02-30 },\n]\n', "utf-8"
    )
    with pytest.raises(YearFileInvalid) as refusal:
        years.load(2028, years_dir=tmp_path)
    assert (refusal.value.line, refusal.value.wrong) == (4, "Invalid date or datetime.")


def test_a_text_that_is_never_closed_has_a_line_too(tmp_path):
    (tmp_path / "2028.toml").write_text('year = 2028\nstatus = """draft\n', "utf-8")
    with pytest.raises(YearFileInvalid) as refusal:
        years.load(2028, years_dir=tmp_path)
    assert refusal.value.line == 2


def test_a_file_in_another_encoding_is_refused_at_the_line(tmp_path):
    (tmp_path / "2028.toml").write_bytes("year = 2028\n# caf\u00e9\n".encode("cp1252"))
    with pytest.raises(YearFileInvalid, match="UTF-8") as refusal:
        years.load(2028, years_dir=tmp_path)
    assert refusal.value.line == 2
