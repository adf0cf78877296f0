"""Runs tests of the service on a PostgreSQL of their own: ``python tests/service/on_postgresql.py [pytest's options]``.

What needs a server, a browser or a database of its own is left out: such a test says itself on what it runs.
"""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from service.postgres import a_postgresql, create_database

TESTS = Path(__file__).resolve().parents[1]


def run(address: str, options: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """Run pytest with the database of a server, by its address without the name of a database."""
    database = create_database(address, f"keystage_{os.getpid()}")
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *options]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    environment["KEYSTAGE_TEST_DATABASE"] = database
    return subprocess.run(command, cwd=TESTS.parent, env=environment, capture_output=True, text=True, check=False)


if __name__ == "__main__":
    with a_postgresql() as running:
        done = run(running, sys.argv[1:] or [str(TESTS / "service")])
        sys.stdout.write(done.stdout + done.stderr)
        sys.exit(done.returncode)
