"""``python tests/system.py``: install what the tests need of the system, and say so; leave alone what is there."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def postgresql_programs() -> Path | None:
    """Return the folder with ``initdb`` and ``postgres``; None where PostgreSQL is not installed."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    on_path = shutil.which("initdb")
    return next((each for each in folders if (each / "initdb").exists()), Path(on_path).parent if on_path else None)


def _has_browser() -> bool:
    return any(map(shutil.which, BROWSERS))


NEEDED: tuple[tuple[str, str, Callable[[], bool]], ...] = (
    ("chromium", "drives the pages in a real browser", _has_browser),
    ("postgresql", "runs the services on PostgreSQL too", lambda: postgresql_programs() is not None),
    ("poppler-utils", "reads printed pages back", lambda: shutil.which("pdftotext") is not None),
)


def main() -> int:
    """Install what is missing; return the exit status."""
    missing = [(package, why) for package, why, is_there in NEEDED if not is_there()]
    if not missing:
        return 0
    for package, why in missing:
        sys.stdout.write(f"Installing the system package {package}: it {why}.\n")
    if shutil.which("apt-get") is None:
        sys.stdout.write("This system has no apt-get: install these by hand, then run the tests again.\n")
        return 1
    root = [] if os.geteuid() == 0 else ["sudo"]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", *(name for name, _ in missing)]):
        done = subprocess.run([*root, *command], env=environment, stdout=subprocess.DEVNULL)
        if done.returncode:
            sys.stdout.write(f"“{' '.join(command)}” failed.\n")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
