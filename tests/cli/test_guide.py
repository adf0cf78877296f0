"""``keystage guide``, and the line in which ``keystage check`` leads to it."""

import json

import pytest

from cli.made import ADA, BEN, GOOD_NAME, ctf, keystage, put, with_codes
from keystage.guides import guides

TODAY = ("--today", "2026-06-20")
FAULTY = ctf(with_codes(ADA, WRI="2B"), BEN)


def made_by(supplier, text=FAULTY):
    return text.replace("<SupplierID>By hand</SupplierID>", f"<SupplierID>{supplier}</SupplierID>")


def test_the_guides_there_are():
    assert keystage("guide").stdout.splitlines()[0] == "sims         SIMS (ESS, formerly Capita)"
    assert len(keystage("guide").stdout.splitlines()) == 6


@pytest.mark.parametrize("key", [each.key for each in guides()])
def test_a_guide_is_shown_without_marks_and_within_the_width(key):
    shown = keystage("guide", key)
    assert shown.exit_code == 0
    assert "What is not known" in shown.stdout
    assert max(map(len, shown.stdout.splitlines())) <= 100
    assert "**" not in shown.stdout
    assert not any(line.startswith(("#", "_")) for line in shown.stdout.splitlines())


def test_a_system_of_which_there_is_none_is_2_and_said():
    result = keystage("guide", "PaperAndPencil")
    assert result.exit_code == 2
    assert result.stderr == (
        "keystage: there is no guide to “PaperAndPencil”."
        " There are: sims, arbor, bromcom, scholarpack, integris, insight.\n"
    )


def test_check_leads_to_the_guide_of_the_system_that_made_the_file(tmp_path):
    shown = keystage("check", put(tmp_path, GOOD_NAME, made_by("SIMS .net")), *TODAY).stdout
    assert "\nHow to put the commonest of these right in SIMS: keystage guide sims\n" in shown


@pytest.mark.parametrize("supplier", ["By hand", "", "Arborea", "&#27;[31mSIMSON"])
def test_check_says_nothing_of_a_guide_where_the_system_is_not_recognised(tmp_path, supplier):
    assert "keystage guide" not in keystage("check", put(tmp_path, GOOD_NAME, made_by(supplier)), *TODAY).stdout


def test_check_says_nothing_of_a_guide_where_nothing_is_wrong(tmp_path):
    sound = made_by("Arbor", ctf(ADA, BEN))
    assert "keystage guide" not in keystage("check", put(tmp_path, GOOD_NAME, sound), *TODAY).stdout


def test_check_says_nothing_of_a_guide_that_has_nothing_on_what_was_found(tmp_path):
    early = ctf((*ADA[:3], "2013-03-09", *ADA[4:]), BEN)
    shown = keystage("check", put(tmp_path, GOOD_NAME, made_by("Arbor", early)), *TODAY).stdout
    assert "P08" in shown
    assert "keystage guide" not in shown


def test_json_names_the_system(tmp_path):
    path = put(tmp_path, GOOD_NAME, made_by(" Arbor "))
    (file,) = json.loads(keystage("check", path, *TODAY, "--format", "json").stdout)["files"]
    assert file["supplier"] == "Arbor"
