import json
from pathlib import Path

import pytest

from cli.made import ADA, BEN, CAI, CLASS, DEE, GOOD_NAME, as_json, ctf, put, with_codes
from keystage.checks.catalogue import CATALOGUE
from keystage.ctf.reader import read
from keystage.offline.about import held_years
from keystage.offline.desk import Desk, fault_in_words
from keystage.offline.words import for_the_page
from keystage.returns.refused import FileRefused

REGISTER = "upn,surname,forename,dob,sex\n" + "".join(
    f"{upn},{surname},{forename},{born},{sex}\n" for upn, surname, forename, born, sex, _ in (ADA, BEN, CAI, DEE)
)


def desk(*, year: int | None = None, register: Path | None = None, previous: Path | None = None) -> Desk:
    made = Desk()
    asked = {"year": year, "register": register and str(register), "previous": previous and str(previous)}
    assert json.loads(made.begin(json.dumps(asked))) == {"faults": []}
    return made


def check(path: Path, **given) -> dict:
    """Return what the page is told of the only file at a path."""
    (answer,) = json.loads(desk(**given).check(str(path)))["answers"]
    return answer


def errors(answer: dict) -> dict:
    return next(each for each in answer["shown"]["severities"] if each["severity"] == "error")


def test_a_file_is_told_by_its_name_alone_and_not_by_where_it_lies_on_the_desk(tmp_path):
    assert check(put(tmp_path, GOOD_NAME, ctf(*CLASS)))["file"] == GOOD_NAME


def test_the_verdict_is_in_words_with_numbers(tmp_path):
    faulty = put(tmp_path, GOOD_NAME, ctf(with_codes(ADA, WRI="2B"), with_codes(BEN, SCI="")))
    assert check(faulty)["shown"]["words"] == "Not ready to send: 2 errors"


def test_one_fault_on_many_pupils_is_one_entry_with_the_allowed_values(tmp_path):
    answer = check(put(tmp_path, GOOD_NAME, ctf(*(with_codes(each, SCI="2B") for each in (ADA, BEN, CAI)))))
    (fault,) = errors(answer)["faults"]
    assert (fault["code"], fault["pupils"], len(fault["each"])) == ("J03", 3, 3)
    assert {"EXS", "HNM"} <= set(fault["allowed"])
    assert fault["fix"]


def test_the_same_findings_are_there_by_pupil(tmp_path):
    answer = check(put(tmp_path, GOOD_NAME, ctf(with_codes(BEN, SCI="2B"), with_codes(ADA, SCI="2B"))))
    assert [each["who"] for each in errors(answer)["pupils"]] == [
        "Example, Ada (P999999919001)",
        "Sample, Ben (D999999919002)",
    ]


def test_the_expected_numbers_are_said_once_beside_the_facts(tmp_path):
    register = put(tmp_path, "register.csv", REGISTER)
    answer = check(put(tmp_path, GOOD_NAME, ctf(ADA, BEN, CAI)), register=register)
    assert answer["shown"]["expected"] == "Expected 4, received 3: 3 matched, 1 missing, 0 not expected."
    assert "C05" not in json.dumps(answer["shown"]["severities"])


def test_what_the_file_is_stands_first(tmp_path):
    about = check(put(tmp_path, GOOD_NAME, ctf(*CLASS)))["about"]
    assert about["what"] == "A key stage 2 teacher assessment return for the gateway."
    assert ["School", "9991234 Made-up School"] in about["facts"]


def test_the_difference_from_the_last_file_is_in_words(tmp_path):
    previous = put(tmp_path, "before.xml", ctf(ADA, BEN))
    changed = check(put(tmp_path, GOOD_NAME, ctf(with_codes(ADA, WRI="GDS"), BEN, CAI)), previous=previous)["changed"]
    assert changed["verdict"] == "1 pupil added, 1 judgement changed"
    assert changed["before"] == "before.xml, 2 pupils"
    assert changed["lists"] == [
        ["Added", ["Pattern, Cai (T999999919003)"]],
        ["Judgements changed", ["Example, Ada (P999999919001): writing EXS → GDS"]],
    ]


def test_a_check_that_was_not_run_says_what_to_choose_on_the_page(tmp_path):
    unrun = " ".join(check(put(tmp_path, GOOD_NAME, ctf(*CLASS)))["shown"]["unrun"])
    assert "as no register was given (choose the register above)" in unrun
    assert "--" not in unrun


def test_a_spreadsheet_says_which_year_was_taken_without_words_of_the_command_line(tmp_path):
    path = put(
        tmp_path, "9991234.csv", "UPN,Surname,Forename,Date of birth,Sex,Reading TA,Writing TA,Maths TA,Science TA\n"
    )
    notes = check(path)["shown"]["notes"]
    assert notes == [
        "A spreadsheet does not say its year: 2026 was taken. Choose another year above where that is not right."
    ]


def test_where_the_command_line_names_its_repair_the_page_names_its_own(tmp_path):
    answer = check(put(tmp_path, GOOD_NAME, ctf(with_codes(ADA, WRI=" exs "))))
    assert "a repair that is offered below writes the code plainly" in json.dumps(answer["shown"])
    assert "keystage repair" not in json.dumps(answer["shown"])


def test_no_finding_of_the_catalogue_names_a_command_on_the_page():
    named = {each.fix for each in CATALOGUE.values() if "keystage" in for_the_page(each.fix)}
    assert named == set()


def test_a_register_among_the_files_is_told_apart(tmp_path):
    answer = check(put(tmp_path, "9991234_register.csv", REGISTER))
    assert answer["about"]["what"] == "This looks like a register of expected pupils."
    assert answer["shown"]["notes"][0].endswith("Choose it as the register, above.")


def test_a_register_that_cannot_be_read_is_named_as_the_person_knows_it(tmp_path):
    register = put(tmp_path, "there/register.csv", "nothing\n")
    answer = check(put(tmp_path, f"here/{GOOD_NAME}", ctf(*CLASS)), register=register)
    assert answer["not_checked"] == GOOD_NAME
    assert "register.csv" in answer["why"]
    assert str(tmp_path) not in json.dumps(answer)


def test_a_register_as_the_last_file_is_refused(tmp_path):
    register = put(tmp_path, "register.csv", REGISTER)
    asked = {"year": None, "register": None, "previous": str(register)}
    assert json.loads(Desk().begin(json.dumps(asked)))["faults"] == [
        "register.csv: this looks like a register of expected pupils, not like a return that was sent before."
    ]


def test_what_is_saved_as_json_is_what_the_command_line_prints(tmp_path):
    path = put(tmp_path, GOOD_NAME, ctf(with_codes(ADA, WRI="2B"), with_codes(BEN, SCI="")))
    there = desk()
    there.check(str(path))
    name, content = there.saved("json")
    printed = as_json("check", path)
    printed["files"][0]["file"] = GOOD_NAME
    assert name == "findings.json"
    assert json.loads(content) == printed


def test_what_is_saved_as_csv_has_a_row_for_each_finding_and_opens_with_its_accents(tmp_path):
    there = desk()
    there.check(str(put(tmp_path, GOOD_NAME, ctf(with_codes(ADA, WRI="2B"), with_codes(BEN, SCI="")))))
    lines = there.saved("csv")[1].decode("utf-8-sig").splitlines()
    assert lines[0].startswith("file,school,code")
    assert sum(",error," in line for line in lines) == 2


def test_what_is_saved_as_a_workbook_is_one(tmp_path):
    from python_calamine import CalamineWorkbook

    there = desk()
    there.check(str(put(tmp_path, GOOD_NAME, ctf(with_codes(ADA, WRI="2B")))))
    target = tmp_path / "findings.xlsx"
    target.write_bytes(there.saved("xlsx")[1])
    rows = CalamineWorkbook.from_path(target).get_sheet_by_name("Errors").to_python()
    assert rows[1][1] == "P999999919001"


BOM_AND_SPACES = "\ufeff" + ctf(with_codes(ADA, WRI=" exs "), with_codes(BEN, SCI="hnm"))


def test_repairs_are_offered_one_by_one(tmp_path):
    offer = json.loads(desk().repairs(str(put(tmp_path, GOOD_NAME, BOM_AND_SPACES))))
    assert [(each["always"], "tidied" in each["words"]) for each in offer["repairs"]] == [
        (True, False),
        (False, True),
        (False, True),
    ]


def test_only_the_repairs_that_were_chosen_are_made(tmp_path):
    path = put(tmp_path, GOOD_NAME, BOM_AND_SPACES)
    name, content = desk().repaired(str(path), "[0, 2]")
    codes = [row.result for pupil in read(content, name=name).pupils for row in pupil.rows]
    assert name == GOOD_NAME
    assert not content.startswith(b"\xef\xbb\xbf")
    assert b"> exs <" in content
    assert b">HNM<" in content
    assert len(codes) == 4


def test_a_sound_file_a_template_and_a_file_that_is_none_have_no_repairs(tmp_path):
    for name, content in ((GOOD_NAME, ctf(*CLASS)), ("a.csv", REGISTER), ("a.xml", "<no/>"), ("a.zip", "no zip")):
        assert json.loads(desk().repairs(str(put(tmp_path, name, content)))) is None


def test_a_fault_is_told_without_words_of_the_command_line():
    assert "KEYSTAGE_DEBUG" not in fault_in_words(ZeroDivisionError("on purpose"))
    assert "keystage check" in fault_in_words(MemoryError())
    assert fault_in_words(FileRefused("F08", "It is too large.", "Cut it.")).endswith("[F08]")


def test_the_years_are_listed_from_the_latest_and_drafts_are_marked():
    years = held_years()
    assert years[0]["year"] > years[-1]["year"]
    assert {each["year"]: each["draft"] for each in years}[2027]
    assert [each["year"] for each in years if each["usual"]] == [2026]


@pytest.mark.parametrize("count", [299, 301])
def test_a_page_of_very_many_pupils_says_how_many_are_left_out(tmp_path, count):
    many = [(f"X{number}", "Example", "Ada", "2015-03-09", "F", {"WRI": "2B", "SCI": "EXS"}) for number in range(count)]
    each = errors(check(put(tmp_path, GOOD_NAME, ctf(*many))))
    fault = next(one for one in each["faults"] if one["code"] == "J03")
    assert fault["left_out"] == max(0, count - 300)
    assert fault["times"] == count
