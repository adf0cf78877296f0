"""``keystage years``: the list, one in full, and two side by side."""

import pytest

from cli.made import ADA, GOOD_NAME, as_json, ctf, keystage, put
from keystage.cli.table import table
from keystage.years.files import SHIPPED


def test_the_list_has_a_heading_and_says_what_is_a_draft():
    text = keystage("years").stdout
    lines = text.splitlines()
    assert lines[0].split("  ")[0] == "Year"
    assert [line.split()[0] for line in lines[1:7]] == ["2022", "2023", "2024", "2025", "2026", "2027"]
    assert lines[5].split()[:4] == ["2026", "2025/26", "closed", "25.0"]
    assert "2027 is a draft: what has not been published yet is carried from the year before, and assumed." in lines


@pytest.mark.parametrize("year", [2022, 2023, 2024, 2025, 2026, 2027])
def test_every_year_in_full_keeps_to_100_columns_but_for_addresses(year):
    text = keystage("years", year).stdout
    assert [line for line in text.splitlines() if len(line) > 100 and "https://" not in line] == []


def test_what_all_rows_say_alike_is_said_once_and_the_rest_in_notes_below():
    text = keystage("years", 2026).stdout
    assert "Thresholds  [published copy: sta-2026-07-16-via-public-sql]\n  Test     100  110  120\n" in text
    assert "Version                 25.0                                     published copy [1]\n" in text
    assert "    [1] published copy: dfe-ctf-code (the version that a program of the DfE is set to)\n" in text


def test_a_draft_says_so_at_its_head():
    assert keystage("years", 2027).stdout.splitlines()[1].startswith("2027 is a draft")
    assert "2027 is a draft" in keystage("years", 2026, 2027).stdout


def test_two_years_stand_side_by_side():
    text = keystage("years", 2025, 2026).stdout
    assert "CTF\n           2025  2026\n  version  24.0  25.0\n" in text
    assert "  test week starts                 2025-05-12        2026-05-11\n" in text
    assert "Primary Assessment Gateway  National Curriculum Assessments Portal" in text


def test_a_year_does_not_differ_from_itself():
    assert keystage("years", 2026, 2026).stdout.endswith("No difference.\n")


def test_json():
    listed = as_json("years")
    assert [(each["year"], each["draft"]) for each in listed][-2:] == [(2026, False), (2027, True)]
    assert as_json("years", 2026)["sections"][0]["heading"] == "Gateway"
    found = as_json("years", 2025, 2026)
    assert {"part": "CTF", "what": "version", "before": "24.0", "after": "25.0"} in found["differences"]


def test_a_year_that_is_not_held():
    result = keystage("years", 1999)
    assert result.exit_code == 2
    assert result.stderr.startswith("keystage: The collection year 1999 is not held. Held: 2022, ")


OF_OUR_OWN = (
    (SHIPPED / "2026.toml").read_text(encoding="utf-8").replace('operator = "Pearson"', 'operator = "Ourselves"')
)


def test_a_year_of_ones_own_takes_the_place_of_the_one_that_is_shipped(tmp_path):
    put(tmp_path, "2026.toml", OF_OUR_OWN)
    assert "Ourselves" in keystage("years", 2026, "--years-dir", tmp_path).stdout
    assert f"Taken from {tmp_path}: 2026.\n" in keystage("years", "--years-dir", tmp_path).stdout
    assert "Ourselves" not in keystage("years", 2026).stdout


def test_the_settings_folder_is_looked_at_too(tmp_path):
    put(tmp_path, "keystage/years/2026.toml", OF_OUR_OWN)
    assert "Ourselves" in keystage("years", 2026, XDG_CONFIG_HOME=str(tmp_path)).stdout
    file = put(tmp_path, GOOD_NAME, ctf(ADA))
    assert keystage("check", file, "--today", "2026-06-20", XDG_CONFIG_HOME=str(tmp_path)).exit_code == 0


def test_a_bad_file_is_refused_with_its_line(tmp_path):
    put(tmp_path, "2026.toml", "year = 2026\nstatus = 'opened'\n")
    result = keystage("years", 2026, "--years-dir", tmp_path)
    assert result.exit_code == 2
    assert f"{tmp_path}/2026.toml, line " in result.stderr


# -- the table ------------------------------------------------------------------------------------------------------


def test_long_cells_go_on_in_further_lines():
    assert list(table(("A", "Meaning"), [("x", "one two three four"), ("y", "")], 16, indent="")) == [
        "\x1b[2mA  Meaning\x1b[0m",
        "x  one two three",
        "   four",
        "y",
    ]


def test_columns_in_which_nothing_stands_are_left_out():
    assert list(table(("", "", ""), [("a", "", "b")], 80)) == ["  a  b"]
    assert list(table(("A",), [], 80)) == []
