"""``keystage show``: what is this file?"""

from pathlib import Path

import pytest

from cli.made import ADA, CLASS, GOOD_NAME, as_json, ctf, keystage, put

SAMPLE = Path(__file__).parents[1] / "ctf" / "samples" / "9992001_MTC_9992001_001.xml"


def test_a_return_is_called_one_and_described(tmp_path):
    file = put(tmp_path, GOOD_NAME, ctf(*CLASS))
    assert (
        keystage("show", file).stdout
        == """\
A key stage 2 teacher assessment return for the gateway.
9991234_KS2_NAALLLL_001.xml

  School       9991234 Made-up School
  School year  2025/26
  Addressed to NAALLLL (the national agency, by the gateway)
  Made by      By hand
  Made at      2026-06-12 09:00:00
  Version      25.0 (collection year 2026)
  Kind         partial
  Pupils       5

  Assessments
    key stage 2 teacher assessment: writing, 2026: 5 results of 5 pupils
    key stage 2 teacher assessment: science, 2026: 5 results of 5 pupils
    key stage 2 teacher assessment: reading, 2026: 1 result of 1 pupil
    key stage 2 teacher assessment: maths, 2026: 1 result of 1 pupil
"""
    )


def test_another_programs_file_is_not_taken_for_a_return():
    text = keystage("show", SAMPLE).stdout
    assert text.startswith(
        "A Common Transfer File with other assessments (multiplication tables check). It is not a key stage 2\n"
        "teacher assessment return.\n"
    )
    assert "Addressed to 9992001 (the school itself: to be brought into its own system)" in text
    assert "multiplication tables check, 2026: 5 results of 5 pupils" in text


@pytest.mark.parametrize(
    ("number", "meaning"),
    [
        ("NAALLLL", "the national agency, by the gateway"),
        ("823LLLL", "a local authority"),
        ("9991234", "the school itself: to be brought into its own system"),
        ("9995678", "another school"),
        ("XXXXXXX", "destination not known (the lost pupils' store)"),
        ("MMMMMMM", "outside the maintained schools of England and Wales"),
        ("ABCDEFG", "not a destination that is known"),
    ],
)
def test_every_destination_has_a_meaning(tmp_path, number, meaning):
    file = put(tmp_path, GOOD_NAME, ctf(ADA, destination=number))
    assert as_json("show", file)["destination"] == {"number": number, "urn": "", "name": "", "meaning": meaning}


def test_what_is_no_return_is_said(tmp_path):
    for pupils, what in (
        ((), "A Common Transfer File with no pupils in it. It is not a key stage 2 return."),
        (
            ((*ADA[:5], {}),),
            "A Common Transfer File about pupils, with no assessments in it. It is not a key stage 2 return.",
        ),
    ):
        assert as_json("show", put(tmp_path, "a.xml", ctf(*pupils)))["what"] == what
    other = put(tmp_path, "b.xml", ctf(ADA, destination="823LLLL"))
    assert as_json("show", other)["what"] == "Key stage 2 teacher assessments, but not addressed to the gateway."


def test_what_was_tolerated_and_a_name_that_disagrees_are_said(tmp_path):
    odd = ctf(ADA).replace("<UPN>", "<upn>").replace("</UPN>", "</upn>").replace("<Sex>", "<New>1</New><Sex>")
    text = keystage("show", put(tmp_path, "9995678_KS2_NAALLLL_001.xml", odd)).stdout
    assert "  Not known: New\n" in text
    assert "  Read although unusual: upn for UPN\n" in text
    assert "  The file's name says school 9995678.\n" in text


def test_a_draft_is_called_one(tmp_path):
    assert "The rules for 2027 are a draft" in keystage("show", put(tmp_path, GOOD_NAME, ctf(ADA, year=2027))).stdout


def test_a_refused_file_is_told_in_words_or_as_json(tmp_path):
    file = put(tmp_path, "login.xml", "<!DOCTYPE html><html></html>")
    told = keystage("show", file)
    assert (told.exit_code, told.stdout) == (1, "")
    assert told.stderr.startswith(f"keystage: {file}: This is not a Common Transfer File. It looks like a web page")
    assert as_json("show", file)["refused"]["code"] == "F02"


def test_a_folder_is_no_file(tmp_path):
    result = keystage("show", tmp_path)
    assert (result.exit_code, "this is a folder; a file is needed here" in result.stderr) == (2, True)
