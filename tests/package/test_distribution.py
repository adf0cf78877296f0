"""What is built to be given away: everything that runs is in it, and it installs and runs where there is no Node."""

import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from configparser import ConfigParser
from importlib.util import find_spec
from pathlib import Path

import pytest

from keystage import __version__
from keystage.simulate import simulate
from keystage.years import load

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src"
CORE = ("click", "python_calamine", "rich", "markdown_it", "mdurl", "pygments", "xlsxwriter")
"""What `pip install keystage` brings besides; nothing of the web application."""
OF_EACH_KIND = {
    "styles": "service/design/static/keystage/keystage.css",
    "scripts": "service/design/static/keystage/marksheet.js",
    "the page that checks in the browser": "service/design/static/keystage/check/page.js",
    "its Python": "service/design/static/keystage/check/python.bin",
    "templates for pages": "service/design/jinja2/design/components.html",
    "templates for paper": "papers/templates/marksheet.typ",
    "fonts": "papers/fonts/NotoSans-Regular.ttf",
    "their licence": "papers/fonts/OFL.txt",
    "years": "years/2026.toml",
    "scaled scores": "years/scores/2026.csv",
    "migrations": "service/school/migrations/0001_initial.py",
    "the mark that it is typed": "py.typed",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The source distribution, and the wheel that is made of it: as `python -m build` does."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT]
    done = subprocess.run(command, capture_output=True, text=True, env=without_node())
    assert done.returncode == 0, done.stderr
    return folder


def without_node() -> dict[str, str]:
    """An environment in which no program but Python's own is found."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("KEYSTAGE_", "DJANGO_"))}
    return {**kept, "PATH": str(Path(sys.executable).parent), "PYTHONPATH": ""}


@pytest.fixture(scope="module")
def wheel(built):
    (found,) = built.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def python(wheel, tmp_path_factory):
    """A Python that has the wheel and what its core needs, and nothing else."""
    folder = tmp_path_factory.mktemp("venv")
    venv.create(folder, with_pip=False)
    made = next(path for path in (folder / "bin/python", folder / "Scripts/python.exe") if path.exists())
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", made]
    subprocess.run([*pip, "install", "--quiet", "--no-index", "--no-deps", wheel], check=True, env=without_node())
    packages = Path(run(made, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").stdout.strip())
    for name in CORE:
        found = find_spec(name)
        assert found is not None
        assert found.origin is not None
        place = Path(found.origin).parent
        (packages / place.name).symlink_to(place, target_is_directory=True)
    return made


def run(python: Path, *words: object, **settings: str) -> subprocess.CompletedProcess[str]:
    command = [python, *map(str, words)]
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", env={**without_node(), **settings}, cwd=python.parent
    )


def in_the_source() -> set[str]:
    files = (path for path in (SOURCE / "keystage").rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(SOURCE).as_posix() for path in files if not path.name.startswith(".keystage")}


def test_the_wheel_holds_every_file_of_the_package_and_no_other(wheel):
    held = set(zipfile.ZipFile(wheel).namelist())
    assert {name for name in held if ".dist-info/" not in name} == in_the_source()


@pytest.mark.parametrize("kind", OF_EACH_KIND)
def test_it_holds_one_of_each_kind(wheel, kind):
    assert f"keystage/{OF_EACH_KIND[kind]}" in zipfile.ZipFile(wheel).namelist()


def test_the_source_distribution_holds_what_is_built_besides_and_no_installation(built):
    (path,) = built.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {f"src/{name}" for name in in_the_source()} <= names
    assert {"LICENSE", "README.md", "Makefile", "tests/settings.py", "docs/index.md", "requirements/dev.txt"} <= names
    assert not [
        name for name in names if name.startswith(("keystage-data", ".venv", "build")) or "node_modules" in name
    ]


def test_the_command_is_named_in_it(wheel):
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [each for each in archive.namelist() if each.endswith("entry_points.txt")]
        said = ConfigParser()
        said.read_string(archive.read(name).decode())
    assert dict(said["console_scripts"]) == {"keystage": "keystage.cli:main"}


def test_it_is_installed_as_a_command(python):
    command = next(python.parent.glob("keystage*"))
    done = subprocess.run([command, "--version"], capture_output=True, text=True, env=without_node())
    assert done.stdout == f"keystage {__version__}\n"


def test_it_is_imported_without_a_warning(python):
    done = run(python, "-W", "error", "-c", "import keystage; print(keystage.__version__, keystage.__file__)")
    assert done.stderr == ""
    assert done.stdout.startswith(f"{__version__} ")
    assert str(SOURCE) not in done.stdout


def test_the_command_line_checks_a_file_with_nothing_of_the_web_application(python, tmp_path):
    simulate(tmp_path, schools=1, year=load(2026), seed=1, faults=0.0, dialect="arbor")
    (file,) = (tmp_path / "returns").glob("*.xml")
    done = run(python, "-W", "error", "-m", "keystage", "check", file, "--today", "2026-06-20")
    assert done.stderr == ""
    assert done.stdout.startswith("CLEAN")


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_it_writes_spreadsheets(python, tmp_path, form):
    simulate(tmp_path, schools=1, year=load(2026), seed=1, faults=0.0, dialect="arbor")
    (file,) = (tmp_path / "returns").glob("*.xml")
    done = run(python, "-m", "keystage", "convert", file, tmp_path / f"template.{form}")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / f"template.{form}").stat().st_size > 1000


@pytest.mark.parametrize("command", ["serve", "work", "demo"])
def test_what_needs_more_says_what_to_install(python, command):
    done = run(python, "-m", "keystage", command)
    assert done.returncode == 1
    assert "pip install “keystage[service]”" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_web_application_of_the_wheel_is_whole(wheel, tmp_path):
    """With what it needs beside it, the doctor finds styles, templates, fonts and migrations in the wheel itself."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "there")  # noqa: S202 - our own
    settings = {"PYTHONPATH": str(tmp_path / "there"), "KEYSTAGE_DATA": str(tmp_path / "data")}
    here = Path(sys.executable)
    assert str(tmp_path) in run(here, "-c", "import keystage; print(keystage.__file__)", **settings).stdout
    assert run(here, "-m", "keystage", "work", "--once", **settings).returncode == 0
    done = run(here, "-m", "keystage", "doctor", **settings)
    assert done.returncode == 0, done.stdout
    assert "wrong" not in done.stdout
    for what in ("Database", "Styles and scripts", "Printing"):
        assert f"well    {what}:" in done.stdout
