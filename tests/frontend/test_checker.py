"""The parts of the page that checks files, as they are built."""

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from keystage.service.design import checker

ROOT = Path(__file__).parents[2]
FRONTEND = ROOT / "frontend"
BUILT = ROOT / "src/keystage/service/design/static/keystage"
CHECK = BUILT / "check"


def built(code: str) -> str:
    """Run a line with the building script loaded as ``b``."""
    command = [sys.executable, "-c", f"import build_checker as b; {code}"]
    return subprocess.run(command, cwd=FRONTEND, capture_output=True, text=True, check=True).stdout


def test_the_wheels_are_of_the_versions_that_everything_else_uses() -> None:
    pins = re.findall(r"^([\w-]+)==([\w.]+)", (ROOT / "requirements/browser.txt").read_text(), re.MULTILINE)
    all_pins = (ROOT / "requirements/dev.txt").read_text()
    assert {name for name, _ in pins} == {"python-calamine", "xlsxwriter"}
    assert [f"{name}=={version}" in all_pins for name, version in pins] == [True, True]


def test_every_wheel_is_pinned_by_its_digest_and_names_no_address() -> None:
    text = (ROOT / "requirements/browser.txt").read_text()
    assert text.count("--hash=sha256:") == text.count("==") == 2
    assert "://" not in text


def test_what_a_browser_fetches_is_under_eight_megabytes() -> None:
    assert int(built("print(sum(size for _, size in b.sizes()))")) < 8_000_000


def test_the_core_holds_floors_ground_to_three_and_nothing_of_the_service() -> None:
    names = zipfile.ZipFile(CHECK / "keystage.zip").namelist()
    rooms = {name.split("/")[1] for name in names}
    assert {"years", "checks", "offline", "__init__.py"} <= rooms
    assert rooms.isdisjoint({"service", "cli", "papers"})
    assert not [name for name in names if "__pycache__" in name]


def test_the_same_sources_give_the_same_core(tmp_path: Path) -> None:
    built(f"import pathlib; b._pack(pathlib.Path({str(tmp_path / 'again.zip')!r}))")
    assert (tmp_path / "again.zip").read_bytes() == (CHECK / "keystage.zip").read_bytes()


def test_no_script_of_ours_names_a_foreign_address() -> None:
    ours = list(CHECK.glob("*.js"))
    assert len(ours) > 5
    assert [path.name for path in ours if re.search(r"https?://", path.read_text(encoding="utf-8"))] == []


def test_no_script_of_ours_reads_text_as_html() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (FRONTEND / "checker").glob("*.js"))
    assert not re.search(r"innerHTML|outerHTML|insertAdjacent|document\.write|eval\(|new Function", code)


def test_the_plain_folder_and_the_service_have_the_same_policy() -> None:
    plain = {name: values for name, *values in (each.split() for each in built("print(b.POLICY)").strip().split("; "))}
    served = {name: list(values) for name, values in checker.POLICY.items()}
    assert served.pop("frame-ancestors") == ["'none'"]  # a page cannot say this of itself
    assert plain == served


def test_the_plain_folder_is_not_made_over_something_else(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(subprocess.CalledProcessError):
        built(f"import pathlib; b.plain(pathlib.Path({str(tmp_path)!r}))")
    assert (tmp_path / "mine.txt").read_text() == "mine"


def test_the_plain_folder_holds_all_that_its_page_names(tmp_path: Path) -> None:
    folder = tmp_path / "plain"
    built(f"import pathlib; b.plain(pathlib.Path({str(folder)!r}))")
    page = (folder / "index.html").read_text(encoding="utf-8")
    named = re.findall(r'<(?:script|link)[^>]*\s(?:src|href)="([^"]+)"', page)
    assert len(named) > 4
    assert [name for name in named if not (folder / name).is_file()] == []
    assert 'http-equiv="Content-Security-Policy"' in page
