"""The guides: each says what is known, from where, and what is not."""

import re

import pytest

from keystage.checks import CATALOGUE
from keystage.checks.run import return_checks
from keystage.guides import guide, guide_for, guides
from keystage.guides.markdown import as_markdown

EACH = pytest.mark.parametrize("held", guides(), ids=lambda held: held.key)
LOADED = return_checks


def test_there_is_one_to_each_system_of_the_issue():
    assert [each.name for each in guides()] == ["SIMS", "Arbor", "Bromcom", "ScholarPack", "Integris", "Insight"]


@EACH
def test_it_says_how_the_file_comes_out_what_to_put_right_and_what_is_not_known(held):
    assert held.export
    assert held.fixes
    assert held.not_known
    assert held.known.endswith((".", "system."))
    assert held.recognised.endswith(".")


@EACH
def test_its_sentences_are_whole(held):
    texts = [each.text for each in held.export] + [text for fix in held.fixes for text in fix.steps] + [*held.not_known]
    for text in texts:
        assert re.fullmatch(r"[A-Z“].*[.)]", text), text
        assert "  " not in text


@EACH
def test_what_it_puts_right_are_findings_of_the_catalogue_and_each_once(held):
    codes = [code for fix in held.fixes for code in fix.codes]
    assert set(codes) <= set(CATALOGUE)
    assert len(codes) == len(set(codes))
    assert held.codes == set(codes)
    for fix in held.fixes:
        assert re.fullmatch(r"[A-Z].*[^.]", fix.title)
        assert all(held.fix_for(code) is fix for code in fix.codes)


def test_what_it_does_not_put_right_it_does_not_claim_to():
    assert guide("bromcom").fix_for("J03") is None


@EACH
def test_what_is_said_of_the_system_itself_has_a_source(held):
    """All but Integris, of which nothing is known: what stands there holds for every system."""
    sources = [each.source for each in (*held.export, *held.fixes)]
    assert all(sources) if held.key != "integris" else not any(sources)


@EACH
def test_no_page_promises_what_nobody_tried(held):
    page = as_markdown(held)
    assert "Nobody has tried these steps" in page
    assert "## What is not known" in page


@pytest.mark.parametrize(
    ("supplier", "key"),
    [
        ("Arbor", "arbor"),
        ("arbor education", "arbor"),
        ("SIMS", "sims"),
        ("SIMS.net", "sims"),
        ("ESS SIMS 7.214", "sims"),
        ("Bromcom", "bromcom"),
        ("ScholarPack", "scholarpack"),
        ("Scholar Pack", "scholarpack"),
        ("RM Integris", "integris"),
        ("Insight", "insight"),
    ],
)
def test_a_system_is_recognised_by_its_name(supplier, key):
    assert guide_for(supplier) is guide(key)


@pytest.mark.parametrize("supplier", ["", " ", "Keystage", "FSC", "Multiplication Tables Check", "Simson", "Arboretum"])
def test_any_other_is_not(supplier):
    assert guide_for(supplier) is None


def test_a_guide_is_found_by_its_key_in_any_letters():
    assert guide(" Sims ") is guides()[0]
    assert guide("nothing") is None
