"""The forms of ``keystage check`` for programs: JSON as promised, CSV, and an Excel workbook."""

import csv
import io
import json
import os
import zipfile
from itertools import product

import pytest
from python_calamine import CalamineWorkbook

from cli.made import ADA, BEN, CLASS, GOOD_NAME, SCHOOL, as_json, ctf, keystage, process, put, with_codes

TODAY = ("--today", "2026-06-20")


def test_json_of_one_file_is_as_promised(tmp_path):
    file = put(tmp_path, GOOD_NAME, ctf(with_codes(ADA, WRI="2B")))
    report = as_json("check", file, *TODAY)
    assert list(report) == ["keystage", "files", "year", "not_checked", "totals"]
    assert report["year"] == 2026
    assert report["totals"] == {"files": 1, "pupils": 1, "errors": 1, "queries": 0, "infos": 0}
    one = report["files"][0]
    assert one["file"] == str(file)
    assert (one["school"], one["pupils"], one["verdict"]) == (SCHOOL, 1, "errors")
    assert len(one["sha256"]) == 64
    checks = one["checks"]
    assert checks["run"] == checks["passed"] + checks["failed"]
    assert checks["failed"] == 1
    assert {"code": "C01", "why": "no register was given"} in checks["not_run"]
    finding = one["findings"][0]
    assert set(finding) == {
        *("code", "slug", "severity", "upn", "pupil", "subject", "value", "line", "column", "sheet", "cell"),
        *("message", "allowed", "fix"),
    }
    assert {
        name: finding[name] for name in ("code", "slug", "severity", "upn", "pupil", "subject", "value", "line")
    } == {
        "code": "J03",
        "slug": "code-not-valid",
        "severity": "error",
        "upn": "P999999919001",
        "pupil": "Example, Ada",
        "subject": "writing",
        "value": "2B",
        "line": 38,
    }
    assert finding["allowed"][:3] == ["GDS", "EXS", "WTS"]
    assert finding["column"] is finding["sheet"] is finding["cell"] is None


def test_json_lists_every_finding_by_itself(tmp_path):
    file = put(tmp_path, GOOD_NAME, ctf(*(with_codes(each, SCI="") for each in CLASS)))
    codes = [finding["code"] for finding in as_json("check", file, *TODAY)["files"][0]["findings"]]
    assert codes == ["J01"] * 5


def test_json_of_a_file_that_cannot_be_read(tmp_path):
    report = as_json("check", put(tmp_path, GOOD_NAME, b"%PDF-1.7"))
    one = report["files"][0]
    assert (one["verdict"], one["school"], one["pupils"], report["year"]) == ("unreadable", None, None, None)
    assert report["totals"] == {"files": 1, "pupils": 0, "errors": 1, "queries": 0, "infos": 0}


def test_json_of_several_files_zips_and_paths_that_are_not_there(tmp_path, clean, faulty):
    with zipfile.ZipFile(tmp_path / "la.zip", "w") as archive:
        archive.writestr("in/9995678_KS2_NAALLLL_001.xml", ctf(ADA, school="9995678"))
    result = keystage("check", tmp_path / "nowhere.xml", tmp_path, *TODAY, "--format", "json")
    report = json.loads(result.stdout)
    assert [one["file"] for one in report["files"]] == [
        f"{tmp_path}/la.zip!in/9995678_KS2_NAALLLL_001.xml",
        str(clean),
        str(faulty),
    ]
    assert report["totals"] == {"files": 3, "pupils": 8, "errors": 2, "queries": 0, "infos": 0}
    assert [each["file"] for each in report["not_checked"]] == [f"{tmp_path}/nowhere.xml"]
    assert (result.exit_code, report["year"]) == (2, 2026)


def test_json_of_nothing_is_still_json(tmp_path):
    report = as_json("check", tmp_path)
    assert (report["files"], report["totals"]["files"]) == ([], 0)


def test_files_of_several_years_have_no_year_in_common(tmp_path):
    put(tmp_path, "9991234_KS2_NAALLLL_001.xml", ctf(ADA))
    put(tmp_path, "9995678_KS2_NAALLLL_001.xml", ctf(ADA, school="9995678", year=2025))
    report = as_json("check", tmp_path)
    assert (report["year"], [one["year"] for one in report["files"]]) == (None, [2026, 2025])


def test_json_is_utf_8_whatever_the_terminal_has(tmp_path):
    file = put(tmp_path, GOOD_NAME, ctf(("P999999919001", "Łuczak", "Zoë", "2015-03-09", "F", {"WRI": "EXS"})))
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    run = process("check", file, "--format", "json", env=environment, encoding="utf-8")
    assert json.loads(run.stdout)["files"][0]["findings"][0]["pupil"] == "Łuczak, Zoë"
    text = process("check", file, env=environment, encoding="ascii")
    assert "Luczak" not in text.stdout
    assert "\\u0141uczak, Zo\\xeb" in text.stdout
    assert "    -> Ask the teacher" in text.stdout


def test_csv_has_a_row_for_each_finding(tmp_path):
    file = put(tmp_path, GOOD_NAME, ctf(with_codes(ADA, WRI="2B"), with_codes(BEN, SCI="")))
    text = keystage("check", file, *TODAY, "--format", "csv").stdout
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(row["code"], row["upn"], row["line"], row["school"]) for row in rows] == [
        ("J01", "D999999919002", "53", SCHOOL),
        ("J03", "P999999919001", "38", SCHOOL),
    ]
    assert rows[1]["allowed"].startswith("GDS EXS WTS ")
    assert rows[0]["cell"] == ""


def test_csv_cannot_carry_a_formula(tmp_path):
    file = put(tmp_path, GOOD_NAME, ctf(("P999999919001", "=cmd()", "@Ada", "2015-03-09", "F", {"WRI": "EXS"})))
    rows = list(csv.DictReader(io.StringIO(keystage("check", file, *TODAY, "--format", "csv").stdout)))
    assert rows[0]["pupil"] == "'=cmd(), @Ada"


def test_the_workbook_goes_to_standard_output_or_to_a_file(tmp_path, faulty):
    stdout = keystage("check", faulty, *TODAY, "--format", "xlsx").stdout_bytes
    keystage("check", faulty, *TODAY, "--format", "xlsx", "--output", tmp_path / "out.xlsx")
    for content in (stdout, (tmp_path / "out.xlsx").read_bytes()):
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        assert book.sheet_names[0] == "Errors"
        rows = book.get_sheet_by_name("Errors").to_python()
        assert [row[1] for row in rows] == ["UPN", "D999999919002", "P999999919001"]


def test_output_writes_what_would_be_printed(tmp_path, faulty):
    for form in ("text", "json", "csv"):
        printed = keystage("check", faulty, *TODAY, "--format", form)
        target = tmp_path / f"out.{form}"
        written = keystage("check", faulty, *TODAY, "--format", form, "--output", target)
        assert (written.stdout, written.exit_code) == ("", 1)
        assert target.read_bytes().replace(b"\r\n", b"\n") == printed.stdout_bytes.replace(b"\r\n", b"\n")


def test_a_report_takes_the_place_of_an_earlier_one_and_of_nothing_else(tmp_path, faulty):
    folder = faulty.parent
    for form in ("csv", "xlsx", "json"):
        words = ("check", folder, *TODAY, "--format", form, "--output", folder / f"report.{form}")
        assert keystage(*words).exit_code == 1
        assert keystage(*words).exit_code == 1
        assert as_json("check", folder, *TODAY)["totals"]["files"] == 1
    for name in (GOOD_NAME, "9991234.csv", "other.zip"):
        kept = faulty.read_bytes() if name == GOOD_NAME else b"upn,surname,forename,status\n"
        target = put(folder, name, kept)
        result = keystage("check", folder, "--format", "csv", "--output", target)
        assert result.exit_code == 2
        assert "is there already and is no CSV report that Keystage made. Give another name, or --fo" in result.stderr
        assert target.read_bytes() == kept


@pytest.mark.parametrize("name", ["thesis.docx", "notes.txt", "report.json", "report", "damaged.xlsx"])
@pytest.mark.parametrize("form", ["text", "json", "csv", "xlsx"])
def test_nothing_else_is_written_over_without_force(tmp_path, faulty, name, form):
    mine = b"PK\x03\x04 mine" if name == "damaged.xlsx" else b'{"mine": "keystage"}'
    words = ("check", faulty, *TODAY, "--format", form, "--output", put(tmp_path, name, mine))
    result = keystage(*words)
    assert (result.exit_code, f"{tmp_path / name} is there already" in result.stderr) == (2, True)
    assert (tmp_path / name).read_bytes() == mine
    assert keystage(*words, "--force").exit_code == 1
    assert (tmp_path / name).read_bytes() != mine


def test_a_report_in_one_form_does_not_take_the_place_of_one_in_another(tmp_path, faulty):
    forms = ("text", "json", "csv", "xlsx")
    for was in forms:
        assert keystage("check", faulty, "--format", was, "--output", tmp_path / was).exit_code == 1
    for was, form in product(forms, forms):
        status = keystage("check", faulty, "--format", form, "--output", tmp_path / was, "--quiet").exit_code
        assert status == (1 if was == form != "text" else 2), (was, form)


def test_an_empty_file_may_be_written_to_and_what_is_checked_never(tmp_path, faulty):
    for form in ("text", "json", "csv", "xlsx"):
        assert keystage("check", faulty, "--format", form, "--output", put(tmp_path, "empty", b"")).exit_code == 1
    before = faulty.read_bytes()
    result = keystage("check", faulty, "--output", faulty, "--force")
    assert (result.exit_code, "this is the file that is being read" in result.stderr) == (2, True)
    assert faulty.read_bytes() == before


@pytest.mark.parametrize("words", [("--format", "csv"), ("--format", "csv", "--quiet"), ("--quiet",)])
def test_what_was_not_checked_is_said_where_the_form_has_no_place_for_it(tmp_path, clean, faulty, words):
    put(tmp_path, "9995678_KS2_NAALLLL_001.xml", b"")
    result = keystage("check", tmp_path, *TODAY, *words)
    assert (
        result.stderr
        == """\
Nothing else was checked, as the file could not be read (1 file).
Not checked, as the return does not come from a spreadsheet: the columns of a spreadsheet (F10, F11) (2 files).
Not checked, as no register was given (--register FILE): who is expected (C01 to C10) (2 files).
Not checked, as no file sent before was given (--previous FILE): changes since the last file (D01 to D04) (2 files).
Not checked, as the return does not come from a school's own records: signatures (S01, S02) (2 files).
"""
    )


@pytest.mark.parametrize("words", [(), ("--format", "json"), ("--format", "json", "--quiet"), ("--format", "xlsx")])
def test_what_was_not_checked_is_not_said_twice(clean, words):
    assert keystage("check", clean, *TODAY, *words).stderr == ""


def test_the_workbook_lists_files_that_could_not_be_opened(tmp_path, faulty):
    keystage("check", faulty, tmp_path / "gone.xml", "--format", "xlsx", "--output", tmp_path / "out.xlsx")
    rows = CalamineWorkbook.from_path(tmp_path / "out.xlsx").get_sheet_by_name("Files").to_python()
    why = [cell for cell in rows[2] if cell and cell != f"{tmp_path}/gone.xml"]
    assert [row[0] for row in rows] == ["File", str(faulty), f"{tmp_path}/gone.xml"]
    assert f"{tmp_path}/gone.xml: there is no such file or folder." in why


def test_a_report_that_fails_halfway_is_not_left_behind(tmp_path, faulty, monkeypatch):
    from keystage.cli.running import Run

    def breaks(*_):
        raise RuntimeError("on purpose")

    monkeypatch.setattr(Run, "take", breaks)
    target = put(tmp_path, "report.txt", "the earlier report")
    result = keystage("check", faulty, "--output", target, "--force")
    assert "Something went wrong inside Keystage (RuntimeError: on purpose)" in result.stderr
    assert target.read_text() == "the earlier report"
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["report.txt"]
