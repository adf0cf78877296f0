"""The pack as it is built: whole, the same each time, and readable by people and programs."""

import hashlib
import json
import os
import re
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from keystage.checks import CATALOGUE
from keystage.conformance.build import build
from keystage.conformance.cases import cases_of
from keystage.conformance.pack import opened
from keystage.conformance.text import lines_of
from keystage.conformance.version import NAME, VERSION
from keystage.simulate import today
from keystage.years import load

YEARS = [2023]
"""One year, as the others are built alike; there are no tables of scaled scores in it."""


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    return build(tmp_path_factory.mktemp("pack"), YEARS)


@pytest.fixture(scope="module")
def manifest(built):
    return json.loads((built.folder / "manifest.json").read_text("utf-8"))


def test_folder_and_zip_bear_the_version(built):
    assert built.folder.name == NAME == f"keystage-conformance-{VERSION}"
    assert built.zip.name == f"{NAME}.zip"


def test_the_same_bytes_are_built_each_time(built, tmp_path):
    again = build(tmp_path, YEARS)
    assert again.zip.read_bytes() == built.zip.read_bytes()


def test_an_earlier_pack_is_replaced_and_nothing_beside_it_is_touched(tmp_path):
    beside, old = tmp_path / "mine.txt", tmp_path / NAME / "old.txt"
    old.parent.mkdir()
    beside.write_text("mine")
    old.write_text("old")
    build(tmp_path, [])
    assert beside.exists()
    assert not old.exists()


def test_the_zip_holds_the_folder(built):
    with zipfile.ZipFile(built.zip) as archive:
        inside = {name.removeprefix(f"{NAME}/"): archive.read(name) for name in archive.namelist()}
    files = {path.relative_to(built.folder).as_posix(): path for path in built.folder.rglob("*") if path.is_file()}
    assert inside.keys() == files.keys()
    assert all(path.read_bytes() == inside[name] for name, path in files.items())


def test_it_can_be_opened_and_holds_every_case(built):
    made = [case for year in YEARS for case in cases_of(load(year))]
    for path in built.folder, built.zip:
        with opened(path) as pack:
            held = pack.cases()
            assert [each.name for each in held] == [each.name for each in made]
            for ours, theirs in zip(made, held, strict=True):
                assert theirs.file.read_bytes() == ours.files[ours.file]
                assert [key.code for key in theirs.expected] == [each["code"] for each in ours.findings]


def test_the_manifest_says_what_the_pack_is(manifest, built):
    assert (manifest["pack"], manifest["version"], manifest["licence"]) == ("keystage-conformance", VERSION, "MIT")
    assert manifest["made_by"].startswith("keystage ")
    said = " ".join(manifest["about"])
    assert "no real person" in said
    assert "has been tried against the real national portal" in said
    assert len(manifest["cases"]) == built.cases
    assert [each["year"] for each in manifest["years"]] == YEARS
    assert sum(each["good"] + each["faulty"] for each in manifest["years"]) == built.cases


def test_the_manifest_says_which_checks_have_no_case_and_why(manifest):
    without = {(each["code"], each["year"]) for each in manifest["without_case"]}
    assert without == {("S01", 2023), ("S02", 2023), ("R03", 2023)}
    counts = {each["code"]: each["cases"] for each in manifest["checks"]}
    assert counts.keys() == CATALOGUE.keys()
    assert {code for code, cases in counts.items() if not cases} == {"S01", "S02", "R03"}


def test_the_manifest_has_the_fingerprint_of_every_file_of_a_case(manifest, built):
    for entry in manifest["cases"]:
        folder = built.folder / entry["case"]
        there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
        assert there == {*entry["files"], "index.html"}
        for name, sha256 in entry["files"].items():
            assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == sha256


def test_expected_json_names_what_must_be_found(built):
    values = json.loads((built.folder / "2023/J03/not-a-code/expected.json").read_text("utf-8"))
    assert (values["check"], values["task"], values["year"], values["today"]) == (
        "J03",
        "check",
        2023,
        today(load(2023)).isoformat(),
    )
    finding = values["findings"][0]
    assert list(finding) == ["code", "slug", "severity", "upn", "pupil", "subject", "value", "line", "sheet", "cell"]
    lines = lines_of((built.folder / "2023/J03/not-a-code" / values["file"]).read_bytes())
    assert f"<Result>{finding['value']}</Result>" in lines[finding["line"] - 1]


class _Links(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.links, self.open, self.headings = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        self.links += [values[name] for name in ("href", "src") if name in values]
        if tag not in ("meta", "link"):
            self.open.append(tag)
        if tag in ("h1", "h2", "h3"):
            self.headings.append(int(tag[1]))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def pages(built):
    return {path: _Links(path.read_text("utf-8")) for path in built.folder.rglob("*.html")}


def test_every_page_is_sound_and_its_links_lead_somewhere_in_the_pack(pages, built):
    assert len(pages) == built.cases + len(YEARS) + 1
    for path, page in pages.items():
        assert page.open == [], path
        assert page.headings[0] == 1
        assert page.headings.count(1) == 1
        for link in page.links:
            target = os.path.normpath(path.parent / unquote(link))
            assert os.path.isfile(target), (path, link)  # noqa: PTH113
            assert target.startswith(str(built.folder))


def test_every_page_can_be_come_by_from_the_first(pages, built):
    def linked(path):
        return {str(Path(path.parent, unquote(link))) for link in pages[path].links if link.endswith("index.html")}

    first = built.folder / "index.html"
    years = [built.folder / f"{year}/index.html" for year in YEARS]
    assert linked(first) == set(map(str, years))
    below = {path for path in pages if path not in (first, *years)}
    assert set(map(str, below)) <= set().union(*map(linked, years))


def test_a_page_says_what_is_wrong_where_and_why(built):
    folder = built.folder / "2023/J03/not-a-code"
    finding = json.loads((folder / "expected.json").read_text("utf-8"))["findings"][0]
    text = (folder / "index.html").read_text("utf-8")
    assert "J03 A code that is not valid (error)" in text
    assert f"{finding['pupil']} ({finding['upn']})" in text
    assert "Every code is in the list of its subject for the year." in text
    assert "How sure: official" in text
    assert re.search(rf"<mark> *{finding['line']}  .*&lt;Result&gt;{finding['value']}&lt;/Result&gt;\n</mark>", text)


def test_a_page_of_a_good_file_says_that_nothing_is_wrong(built):
    text = (built.folder / "2023/good/no-register/index.html").read_text("utf-8")
    assert "Nothing is wrong in it" in text
    assert "false alarm" in text


def test_letters_of_a_file_are_no_part_of_the_page(built):
    for page in (built.folder / "2023/F03/document-type/index.html", built.folder / "2023/F02/another-root/index.html"):
        body = page.read_text("utf-8").partition("<main>")[2]
        assert "<!DOCTYPE" not in body
        assert "&lt;" in body


def test_nothing_in_a_page_comes_from_elsewhere(built):
    for path in built.folder.rglob("*.html"):
        assert "://" not in re.sub(r"<pre>.*?</pre>", "", path.read_text("utf-8"), flags=re.DOTALL)


def test_the_licence_is_ours(built):
    licence = Path(__file__).parents[2] / "LICENSE"
    assert (built.folder / "LICENCE.txt").read_text("utf-8") == licence.read_text("utf-8")
