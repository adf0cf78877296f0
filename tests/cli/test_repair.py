"""``keystage repair``: what was done is listed, and the file itself stays as it is."""

import os

from cli.made import ADA, CLASS, GOOD_NAME, as_json, ctf, keystage, put, with_codes


def test_each_repair_is_listed_and_no_judgement_is_changed(tmp_path):
    odd = ctf(*CLASS).replace("<CTfile>", "<CTFile>").replace("</CTfile>", "</CTFile>")
    file = put(tmp_path, GOOD_NAME, b"\xef\xbb\xbf" + odd.encode())
    before = file.read_bytes()
    result = keystage("repair", file, "-o", tmp_path / "new.xml", COLUMNS="300")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0].endswith(" repairs.")
    assert lines[1:3] == [f"From {file}", f"To   {tmp_path}/new.xml"]
    assert "  line 1: The byte order mark was taken out." in lines
    assert lines[-1] == "No judgement was changed. Check the new file with “keystage check”."
    assert file.read_bytes() == before
    assert as_json("diff", file, tmp_path / "new.xml")["same"]


def test_a_sound_file_is_written_as_it_is(tmp_path, clean):
    result = keystage("repair", clean, "--output", tmp_path / "new.xml")
    assert result.stdout.startswith("Nothing needed repair.\n")
    assert (tmp_path / "new.xml").read_bytes() == clean.read_bytes()


def test_in_a_folder_a_file_keeps_its_name_or_gets_its_proper_one(tmp_path, clean):
    folder = tmp_path / "out"
    folder.mkdir()
    keystage("repair", clean, "-o", folder)
    keystage("repair", put(tmp_path, "9991234_KS2_NAALLLL_002 (1).xml", ctf(*CLASS)), "-o", folder)
    assert sorted(path.name for path in folder.iterdir()) == [GOOD_NAME, "9991234_KS2_NAALLLL_002.xml"]


def test_a_header_cannot_lead_out_of_the_folder(tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    file = put(tmp_path, "export.xml", ctf(ADA, school="../../x"))
    keystage("repair", file, "-o", folder)
    assert [path.name for path in folder.iterdir()] == ["export.xml"]
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["export.xml"]


def test_nothing_is_written_over_without_force_and_never_the_file_itself(tmp_path, clean):
    target = put(tmp_path, "there.xml", "mine")
    assert keystage("repair", clean, "-o", target).exit_code == 2
    assert target.read_text() == "mine"
    assert keystage("repair", clean, "-o", target, "--force").exit_code == 0
    assert target.read_bytes() == clean.read_bytes()
    assert keystage("repair", clean, "-o", clean.parent, "--force").exit_code == 2


def test_letters_in_windows_1252_are_put_right_and_shown(tmp_path):
    file = put(tmp_path, GOOD_NAME, ctf((*ADA[:2], "Zoë", *ADA[3:])).encode("cp1252"))
    assert as_json("check", file)["files"][0]["findings"][0]["code"] == "F04"
    result = keystage("repair", file, "-o", tmp_path / "new.xml", COLUMNS="300")
    assert "<Forename>Zoë</Forename>" in result.stdout
    assert keystage("check", tmp_path / "new.xml", "--today", "2026-06-20").stdout.startswith("CLEAN\n")


def test_a_file_that_is_too_large_is_not_read(tmp_path):
    file = put(tmp_path, GOOD_NAME, "")
    os.truncate(file, 100_000_001)
    result = keystage("repair", file, "-o", tmp_path / "new.xml")
    assert (result.exit_code, "The file has 100 MB; 100 MB is the most that is read." in result.stderr) == (1, True)


def test_a_draft_is_called_one(tmp_path):
    file = put(tmp_path, GOOD_NAME, ctf(with_codes(ADA), year=2027))
    assert "The rules for 2027 are a draft" in keystage("repair", file, "-o", tmp_path / "new.xml").stderr
