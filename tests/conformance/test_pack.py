"""Packs that are damaged, or meant to do harm, are refused with words."""

import json
import os
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conformance.made import GOOD, a_pack, case, sha, zipped
from keystage.conformance.pack import PackRefused, opened
from keystage.conformance.scoring import Key


def cases_of(path, *args):
    with opened(path) as pack:
        return pack.cases(*args)


def refusal(path):
    with pytest.raises(PackRefused) as refused:
        cases_of(path)
    return str(refused.value)


def test_a_folder_and_its_zip_hold_the_same(tmp_path):
    root = a_pack(tmp_path)
    for path in root, zipped(root), zipped(root, ""):
        with opened(path) as pack:
            assert (pack.version, pack.years) == ("1.0", (2026,))
            faulty, good = pack.cases()
            assert faulty.expected == (Key("J03", "P999999919001", "writing", 57),)
            assert faulty.file.read_bytes() == b"<CTfile/>\n"
            assert faulty.register.name == "register.csv"
            assert (good.expected, good.register, good.check) == ((), None, "")


def test_what_was_unpacked_is_gone_afterwards(tmp_path):
    with opened(zipped(a_pack(tmp_path))) as pack:
        root = pack.root
        assert root.exists()
    assert not root.exists()


def test_cases_can_be_narrowed_down(tmp_path):
    root = a_pack(tmp_path, case(), GOOD, case("2025/J03/odd", year=2025), case("2026/P01/odd", "P01"))
    assert [each.name for each in cases_of(root, [2026], ["J03"])] == ["2026/J03/odd"]
    assert len(cases_of(root, [2025])) == 1
    assert len(cases_of(root)) == 4


WAYS_OUT = ("../../out.txt", "/etc/passwd", "C:/out.txt", "..\\..\\out.txt", "a/../../out.txt", "a\x00b", "")


@pytest.mark.parametrize("name", WAYS_OUT[:5])
def test_a_name_in_a_zip_that_leads_out_is_refused_and_nothing_is_written(tmp_path, name):
    path = zipped(a_pack(tmp_path))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(name, "x")
    before = set(tmp_path.rglob("*"))
    assert "leads out of the pack" in refusal(path)
    assert set(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("name", WAYS_OUT)
def test_a_name_in_the_manifest_that_leads_out_is_refused(tmp_path, name):
    (tmp_path / "out.txt").write_text("secret")
    entry = {"case": "2026/J03/odd", "year": 2026, "check": "J03", "files": {name: sha(b"secret")}}
    assert "leads out of the pack" in refusal(a_pack(tmp_path, entries=[entry]))
    assert "leads out of the pack" in refusal(a_pack(tmp_path, entries=[{**entry, "case": name, "files": {}}]))


def test_a_link_that_leads_out_is_refused(tmp_path):
    root = a_pack(tmp_path)
    out = tmp_path / "out.xml"
    out.write_bytes(b"<CTfile/>\n")
    file = root / "2026/J03/odd/return.xml"
    file.unlink()
    file.symlink_to(out)
    assert "leads out of the pack" in refusal(root)


def test_a_link_in_a_zip_is_refused(tmp_path):
    path = zipped(a_pack(tmp_path))
    link = zipfile.ZipInfo("pack/link")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    assert "no plain file" in refusal(path)


def test_a_zip_of_more_than_is_unpacked_is_refused_unread(tmp_path, monkeypatch):
    path = zipped(a_pack(tmp_path))
    monkeypatch.setattr("keystage.conformance.pack._FILES", 3)
    assert "is the most that is unpacked" in refusal(path)
    monkeypatch.setattr("keystage.conformance.pack._FILES", 100)
    monkeypatch.setattr("keystage.conformance.pack._BYTES", 100)
    assert "is the most that is unpacked" in refusal(path)


def test_a_damaged_zip_is_refused(tmp_path):
    path = zipped(a_pack(tmp_path))
    whole = path.read_bytes()
    for damaged in (whole[:200], b"", b"no zip at all", whole.replace(b"<CTfile/>", b"<CTFILE/>", 1)):
        path.write_bytes(damaged)
        assert refusal(path).startswith("This is no zip, or it is damaged or cut short.")


def test_two_files_of_one_place_are_refused(tmp_path):
    path = tmp_path / "pack.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("pack/a", "x")
        archive.writestr("pack/a/b", "x")
    assert refusal(path) == "Two files in the zip have the same place. Fetch the pack again."


def test_a_file_that_was_changed_or_is_missing_is_named(tmp_path):
    root = a_pack(tmp_path)
    file = root / "2026/J03/odd/return.xml"
    file.write_bytes(b"<CTfile> </CTfile>")
    assert refusal(root).startswith("2026/J03/odd/return.xml is not what it was when the pack was built.")
    file.unlink()
    assert refusal(root) == "2026/J03/odd/return.xml is missing from the pack. Fetch the pack again."


@pytest.mark.parametrize(
    ("manifest", "words"),
    [
        ("", "manifest.json is no JSON"),
        ("{", "manifest.json is no JSON"),
        ("[" * 100_000, "manifest.json is no JSON"),
        ("[]", "is not that of a conformance pack"),
        ('{"pack": "another"}', "is not that of a conformance pack"),
        ('{"pack": "keystage-conformance", "version": "2.0"}', "of version 2.0; this Keystage reads 1.x"),
        ('{"pack": "keystage-conformance", "version": "1.0"}', "lists no cases"),
        ('{"pack": "keystage-conformance", "version": "1.0", "cases": []}', "lists no cases"),
        ('{"pack": "keystage-conformance", "version": "1.0", "cases": [1]}', "is not as it should be"),
        ('{"pack": "keystage-conformance", "version": "1.0", "cases": [{"case": "a"}]}', "is not as it should be"),
    ],
)
def test_a_manifest_that_cannot_be_used_is_refused(tmp_path, manifest, words):
    assert words in refusal(a_pack(tmp_path, manifest=manifest))


def test_a_folder_without_a_manifest_is_no_pack(tmp_path):
    assert refusal(tmp_path) == "There is no manifest.json in it, so this is no conformance pack."


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"file": "register.xml"}, "which of the case's files is the file"),
        ({"file": None}, "which of the case's files is the file"),
        ({"file": ["return.xml"]}, "which of the case's files is the file"),
        ({"file": "expected.json"}, "which of the case's files is the file"),
        ({"previous": "../../../etc/passwd"}, "which of the case's files is the previous"),
        ({"today": "--output=/tmp/x"}, "no day of the check"),
        ({"today": None}, "no day of the check"),
        ({"school": "-rf"}, "no school of seven figures"),
        ({"task": "rm"}, "its task or its findings"),
        ({"task": None}, "its task or its findings"),
        ({"findings": None}, "its task or its findings"),
        ({"findings": [{"code": 3}]}, "its task or its findings"),
    ],
)
def test_a_case_that_says_something_else_is_refused(tmp_path, other, words):
    assert words in refusal(a_pack(tmp_path, {**case(), **other}))


def test_a_check_that_is_no_code_is_refused(tmp_path):
    assert refusal(a_pack(tmp_path, case(check="--help"))) == "“--help” is no code of a check."


def test_expected_json_must_be_there_and_be_json(tmp_path):
    root = a_pack(tmp_path)
    values = json.loads((root / "manifest.json").read_text())
    del values["cases"][0]["files"]["expected.json"]
    (root / "manifest.json").write_text(json.dumps(values))
    assert refusal(root) == "2026/J03/odd has no expected.json."
    values["cases"][0]["files"]["expected.json"] = sha(b"nonsense")
    (root / "manifest.json").write_text(json.dumps(values))
    (root / "2026/J03/odd/expected.json").write_bytes(b"nonsense")
    assert "expected.json is no JSON" in refusal(root)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=40), st.integers(0, 2_000), st.integers(0, 30))
def test_a_zip_with_any_bytes_changed_is_read_or_refused(tmp_path_factory, piece, at, length):
    path = tmp_path_factory.mktemp("pack") / "pack.zip"
    path.write_bytes(_WHOLE[:at] + piece + _WHOLE[at + length :])
    try:
        cases_of(path)
    except PackRefused as refused:
        assert str(refused).endswith((".", "x."))  # noqa: PT017


def _whole() -> bytes:
    from pathlib import Path
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        return zipped(a_pack(Path(folder))).read_bytes()


_WHOLE = _whole()


def test_a_path_that_is_not_there_is_said_by_the_system(tmp_path):
    with pytest.raises(FileNotFoundError):
        cases_of(tmp_path / "nowhere.zip")


def test_a_device_is_no_pack():
    if os.path.exists("/dev/null"):  # noqa: PTH110
        from pathlib import Path

        assert refusal(Path("/dev/null")).startswith("This is no zip")
