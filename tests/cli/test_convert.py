"""``keystage convert``: there and back without a difference, and never over something that was there."""

import pytest

from cli.made import ADA, CLASS, GOOD_NAME, as_json, ctf, keystage, put, register
from keystage.cli.writing import replacing

ODD = (
    ("P999999919001", "=SUM(A1)", "'Ada", "2015-03-09", "F", {"WRI": "EXS", "SCI": "EXS"}),
    ("D999999919002", "Ó Néill-ван", "李", "2014-11-30", "M", {"WRI": "2B", "SCI": "HNM"}),
    ("", "Nobody", "Ned", "2015-01-17", "", {"WRI": "A"}),
)


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
@pytest.mark.parametrize("pupils", [CLASS, ODD], ids=["a class", "odd pupils"])
def test_there_and_back_makes_no_difference(tmp_path, ending, pupils):
    file = put(tmp_path, GOOD_NAME, ctf(*pupils))
    template, back = tmp_path / f"9991234.{ending}", tmp_path / "back.xml"
    assert keystage("convert", file, template).exit_code == 0
    assert keystage("convert", template, back).exit_code == 0
    found = as_json("diff", file, back)
    assert found["same"], found
    assert found["fingerprint"][0] == found["fingerprint"][1]


def test_a_ctf_that_comes_back_is_clean(tmp_path, clean):
    keystage("convert", clean, tmp_path / "9991234.xlsx")
    keystage("convert", tmp_path / "9991234.xlsx", tmp_path, "--made", "2026-06-15")
    result = keystage("check", tmp_path / GOOD_NAME, "--today", "2026-06-20")
    assert result.stdout.startswith("CLEAN\n")


def test_in_a_folder_it_gets_its_name_with_the_next_number(tmp_path, clean):
    keystage("convert", clean, tmp_path / "9991234.csv")
    made = tmp_path / "made"
    made.mkdir()
    for _ in range(3):
        assert keystage("convert", tmp_path / "9991234.csv", made).exit_code == 0
    assert sorted(path.name for path in made.iterdir()) == [f"9991234_KS2_NAALLLL_00{n}.xml" for n in (1, 2, 3)]


def test_a_school_number_cannot_lead_out_of_the_folder(tmp_path):
    folder = tmp_path / "made"
    folder.mkdir()
    template = "LEA,Estab,UPN,Surname,Forename,Writing,Science\n../,../x,P999999919001,Example,Ada,EXS,EXS\n"
    for file, words in (
        (put(tmp_path, "export.xml", ctf(ADA, school="../../x")), "the school is not known"),
        (put(tmp_path, "export.csv", template), "cannot stand in a name"),
    ):
        result = keystage("convert", file, folder)
        assert (result.exit_code, words in result.stderr) == (2, True)
        assert list(folder.iterdir()) == []


def test_the_school_can_be_given_where_a_file_says_half_of_it(tmp_path):
    half = put(tmp_path, "export.xml", ctf(ADA).replace("<LEA>999</LEA>", "<LEA/>"))
    assert keystage("convert", half, tmp_path / "out.xml").exit_code == 2
    assert keystage("convert", half, tmp_path / "out.xml", "--school", "999/1234").exit_code == 0
    assert as_json("show", tmp_path / "out.xml")["school"]["number"] == "9991234"


def test_a_folder_with_number_999_is_full(tmp_path, clean):
    put(tmp_path, "9991234_KS2_NAALLLL_999.xml", "x")
    result = keystage("convert", clean, tmp_path)
    assert (result.exit_code, "already holds file 999" in result.stderr) == (2, True)


def test_what_is_there_is_not_written_over_without_force(tmp_path, clean):
    for name in ("there.csv", "there.xlsx", "there.xml"):
        target = put(tmp_path, name, "mine")
        result = keystage("convert", clean, target)
        assert result.exit_code == 2
        assert f"{target} is there already. Give another name, or --force to write over it." in result.stderr
        assert target.read_text() == "mine"
        assert keystage("convert", clean, target, "--force").exit_code == 0
        assert target.read_bytes() != b"mine"


def test_a_file_never_takes_its_own_place(clean):
    before = clean.read_bytes()
    result = keystage("convert", clean, clean.parent / "." / clean.name, "--force")
    assert (result.exit_code, clean.read_bytes()) == (2, before)


def test_the_school_must_be_known_for_a_ctf(tmp_path, clean):
    keystage("convert", clean, tmp_path / "template.csv")
    result = keystage("convert", tmp_path / "template.csv", tmp_path / "out.xml")
    assert (result.exit_code, "Give its number with --school." in result.stderr) == (2, True)
    assert not (tmp_path / "out.xml").exists()
    words = ("--school", "9991234", "--school-name", "Ours", "--made", "2026-06-15T10:00:00")
    assert keystage("convert", tmp_path / "template.csv", tmp_path / "out.xml", *words).exit_code == 0
    about = as_json("show", tmp_path / "out.xml")
    assert (about["school"]["number"], about["school"]["name"], about["made_at"]) == (
        "9991234",
        "Ours",
        "2026-06-15T10:00:00",
    )


def test_the_schools_own_name_is_carried_over(tmp_path, clean):
    keystage("convert", clean, tmp_path / "out.xml")
    assert as_json("show", tmp_path / "out.xml")["school"]["name"] == "Made-up School"


def test_other_endings_folders_and_missing_folders_are_refused(tmp_path, clean):
    for words, said in (
        ((clean, tmp_path / "out.docx"), "its name must end in .xml"),
        ((tmp_path, tmp_path / "out.csv"), "this is a folder; a file is needed here"),
        ((clean, tmp_path / "none/out.csv"), f"this cannot be written, as there is no folder {tmp_path}/none."),
    ):
        result = keystage("convert", *words)
        assert (result.exit_code, said in result.stderr) == (2, True), result.stderr


def test_a_text_that_no_xml_can_hold_leaves_nothing_behind(tmp_path):
    bad = put(tmp_path, "9991234.csv", "UPN,Surname,Forename,Writing,Science\nP1,Ex\x07ample,Ada,EXS,EXS\n")
    result = keystage("convert", bad, tmp_path / "out.xml")
    assert (result.exit_code, "control character" in result.stderr) == (2, True)
    assert [path.name for path in tmp_path.iterdir()] == ["9991234.csv"]


def test_a_draft_is_called_one(tmp_path):
    file = put(tmp_path, GOOD_NAME, ctf(ADA, year=2027))
    assert "the rules for 2027 are a draft" in keystage("convert", file, tmp_path / "a.csv").stderr


def test_a_register_is_not_taken_for_a_template(tmp_path):
    file = put(tmp_path, "9991234.csv", register(ADA))
    result = keystage("convert", file, tmp_path / "out.xml")
    assert result.exit_code == 1
    assert "This looks like a register of expected pupils, not like a filled template." in result.stderr
    assert "It has no column for: Writing TA, Science TA. [F11]" in result.stderr
    assert not (tmp_path / "out.xml").exists()


# -- writing whole or not at all ----------------------------------------------------------------------------------


def test_a_file_appears_only_once_it_is_whole(tmp_path):
    target = put(tmp_path, "a.txt", "before")
    with replacing(target) as sink:
        sink.write(b"after")
        assert target.read_text() == "before"
    assert target.read_text() == "after"
    assert list(tmp_path.iterdir()) == [target]


def test_permissions_stay_as_they_are(tmp_path):
    target = put(tmp_path, "a.txt", "before")
    target.chmod(0o640)
    with replacing(target) as sink:
        sink.write(b"after")
    assert target.stat().st_mode & 0o777 == 0o640
    plain = put(tmp_path, "b.txt", "x")
    with replacing(tmp_path / "c.txt") as sink:
        sink.write(b"new")
    assert (tmp_path / "c.txt").stat().st_mode == plain.stat().st_mode


def test_a_link_is_written_through(tmp_path):
    target = put(tmp_path, "a.txt", "before")
    (tmp_path / "link").symlink_to(target)
    with replacing(tmp_path / "link") as sink:
        sink.write(b"after")
    assert (target.read_text(), (tmp_path / "link").is_symlink()) == ("after", True)


def test_what_is_no_plain_file_is_written_directly(tmp_path, clean):
    assert keystage("check", clean, "--output", "/dev/null").exit_code == 0
