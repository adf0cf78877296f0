"""Build the page that checks files in the browser, from this source tree, Pyodide and two wheels.

``frontend/build.py`` puts its parts beside the styles, and the web application serves them under ``/check/``. Run as
``python frontend/build_checker.py FOLDER`` it makes a plain folder of static files for any web server.
"""

import gzip
import hashlib
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import build

HERE = build.HERE
ROOT = HERE.parent
CHECK = build.BUILT / "check"
WHEELS = HERE / ".wheels"
REQUIREMENTS = ROOT / "requirements/browser.txt"
PLATFORM = ("--platform", "pyemscripten_2026_0_wasm32", "--python-version", "3.14", "--implementation", "cp")
"""Whose wheels Pyodide 314 takes. It goes with the version of Pyodide in package.json."""

ROOMS = ("years", "pupils", "returns", "ctf", "sheets", "measures", "checks", "simulate", "offline")
LOADERS = ("pyodide.mjs", "pyodide.asm.mjs")
PYTHON = "python.bin"
"""Python itself, packed: a name without meaning to web servers, so that none unpacks it on the way."""
STYLES = ("keystage.css", "keystage.js", "early.js", "govuk-frontend.min.js", "favicon.svg")
POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; "
    "style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"
)
LICENCES = """Keystage: MIT licence.
GOV.UK Frontend: MIT licence.
Pyodide 314 (pyodide.mjs, pyodide.asm.mjs, python.bin): Mozilla Public License 2.0. Source: https://github.com/pyodide/pyodide
Python (python.bin, python_stdlib.zip): Python Software Foundation License. Source: https://www.python.org
python-calamine: MIT licence. XlsxWriter: BSD 2-Clause licence. Their licences are in their wheels.
"""


def main() -> int:
    """Build everything that is missing or has changed, and a plain folder where one is named."""
    if status := build.main():
        return status
    if len(sys.argv) > 1:
        plain(Path(sys.argv[1]))
        sys.stdout.write(f"The page that checks files is in {sys.argv[1]}: “python serve.py” there opens it.\n")
    return 0


def make() -> bool:
    """Make the parts of the page where a source has changed; say whether that was so."""
    build.once(WHEELS, [REQUIREMENTS], _fetch, stamp=HERE / ".wheels-made")
    return build.once(CHECK, _sources(), _build, stamp=build.BUILT.with_name(".keystage-check"))


def _sources() -> list[Path]:
    scripts = sorted((HERE / "checker").iterdir())
    styles = [build.BUILT / name for name in STYLES]
    page = sorted((ROOT / "src/keystage/service/design/jinja2/design").glob("*.html"))
    return [Path(__file__), HERE / "package-lock.json", REQUIREMENTS, *scripts, *styles, *page, *_core()]


def _core() -> list[Path]:
    package = ROOT / "src/keystage"
    files = (path for room in ROOMS for path in (package / room).rglob("*"))
    return [package / "__init__.py", *sorted(each for each in files if each.is_file() and each.suffix != ".pyc")]


def _fetch() -> None:
    """Fetch the wheels with the user's own pip: the same versions and bytes everywhere, by their digests."""
    shutil.rmtree(WHEELS, ignore_errors=True)
    options = ("--only-binary=:all:", "--no-deps", "--require-hashes", "--quiet", "--disable-pip-version-check")
    command = [sys.executable, "-m", "pip", "download", *options, *PLATFORM, "--abi", "cp314"]
    subprocess.run([*command, "-r", str(REQUIREMENTS), "-d", str(WHEELS)], check=True)  # noqa: S603 - our own words


def _build() -> None:
    shutil.rmtree(CHECK, ignore_errors=True)
    CHECK.mkdir(parents=True)
    pyodide = build.MODULES / "pyodide"
    for name in LOADERS:
        _text(name, (pyodide / name).read_text(encoding="utf-8").split("\n//# sourceMappingURL=")[0] + "\n")
    shutil.copyfile(pyodide / "python_stdlib.zip", CHECK / "python_stdlib.zip")
    (CHECK / PYTHON).write_bytes(gzip.compress((pyodide / "pyodide.asm.wasm").read_bytes(), 9, mtime=0))
    wheels = sorted(WHEELS.glob("*.whl"))
    for wheel in wheels:
        shutil.copyfile(wheel, CHECK / wheel.name)
    _pack(CHECK / "keystage.zip")
    _text("licences.txt", LICENCES)
    _scripts([PYTHON, "python_stdlib.zip", "keystage.zip", *(wheel.name for wheel in wheels)])


def _pack(target: Path) -> None:
    """Pack the core: the same sources give the same bytes."""
    with zipfile.ZipFile(target, "w") as archive:
        for path in _core():
            name = path.relative_to(ROOT / "src").as_posix()
            entry = zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0))
            archive.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED, 9)


def _scripts(large: list[str]) -> None:
    """Copy the scripts, and tell them which files there are and in which version."""
    sources = {path.name: path.read_text(encoding="utf-8") for path in sorted((HERE / "checker").iterdir())}
    keeper, server = sources.pop("sw.js"), sources.pop("serve.py")
    files = [{"name": name, "size": (CHECK / name).stat().st_size} for name in large]
    run = ["worker.js", *LOADERS]
    sources["files.js"] = (
        "// Written by the build.\n"
        f"export const FILES = {json.dumps(files)};\nexport const SCRIPTS = {json.dumps(run)};\n"
    )
    for name, text in sources.items():
        _text(name, text)
    small = sorted({*sources} - {*run})
    digest = hashlib.sha256((server + keeper).encode())
    for path in [*_sources(), *sorted(CHECK.iterdir())]:
        digest.update(path.read_bytes())
    known = {"VERSION": digest.hexdigest()[:16], "SMALL": small, "LARGE": [*run, *large]}
    consts = "".join(f"const {name} = {json.dumps(value)};\n" for name, value in known.items())
    _text("sw.js", consts + keeper)


def _text(name: str, text: str) -> None:
    (CHECK / name).write_text(text, encoding="utf-8", newline="\n")


def plain(folder: Path) -> None:
    """Make a folder that holds the page and all it needs, for any web server.

    Raises:
        FileExistsError: the folder is there and is no such folder.
    """
    if folder.exists() and any(folder.iterdir()) and not (folder / "sw.js").is_file():
        raise FileExistsError(f"{folder} is there already and holds something else")
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(CHECK, folder)
    for name in STYLES:
        shutil.copyfile(build.BUILT / name, folder / name)
    (folder / "index.html").write_text(_page(), encoding="utf-8", newline="\n")
    headers = f"/*\n  Content-Security-Policy: {POLICY}; frame-ancestors 'none'\n  X-Content-Type-Options: nosniff\n"
    (folder / "_headers").write_text(headers, encoding="utf-8", newline="\n")
    server = (HERE / "checker/serve.py").read_text(encoding="utf-8").replace("POLICY_OF_THE_PAGE", POLICY)
    (folder / "serve.py").write_text(server, encoding="utf-8", newline="\n")


def _page() -> str:
    from jinja2 import Environment, FileSystemLoader

    templates = FileSystemLoader(ROOT / "src/keystage/service/design/jinja2")
    environment = Environment(loader=templates, autoescape=True)
    environment.globals["static"] = os.path.basename
    return environment.get_template("design/checker.html").render(policy=POLICY, home_href="./")


def sizes() -> Iterator[tuple[str, int]]:
    """Yield what a browser fetches for the page, by name: bytes as a web server that compresses sends them."""
    for path in [*sorted(CHECK.iterdir()), *(build.BUILT / name for name in STYLES)]:
        content = path.read_bytes()
        yield path.name, min(len(content), len(gzip.compress(content, 6)))


if __name__ == "__main__":
    sys.exit(main())
