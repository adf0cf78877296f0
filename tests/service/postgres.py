"""A PostgreSQL server of the tests' own: in a temporary folder, on a socket, with nothing durable turned off."""

import os
import pwd
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from system import postgresql_programs

_USER: dict[str, Any] = {"user": "postgres", "group": "postgres"} if os.geteuid() == 0 else {}


@contextmanager
def a_postgresql() -> Iterator[str]:
    """Run a server; yield the address for ``KEYSTAGE_DATABASE`` without the name of a database.

    Its folder is not one of pytest's: every pytest that starts closes these to all but its own user.
    """
    with tempfile.TemporaryDirectory(prefix="keystage-postgresql-") as folder:
        yield from _running(Path(folder))


def _running(folder: Path) -> Iterator[str]:
    programs = postgresql_programs()
    assert programs, "PostgreSQL is not installed: “make test” installs it."
    data, log = folder / "data", folder / "log"
    _own(folder)
    port = 20_000 + os.getpid() % 20_000
    initdb = ("-D", str(data), "-U", "keystage", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8")
    done = subprocess.run([programs / "initdb", *initdb], capture_output=True, text=True, cwd="/", **_USER)
    assert done.returncode == 0, done.stdout + done.stderr
    options = ("-p", str(port), "-k", str(folder), "-c", "listen_addresses=127.0.0.1", "-c", "max_connections=60")
    with log.open("w") as said:
        process = subprocess.Popen([programs / "postgres", "-D", data, *options], stderr=said, stdout=said, **_USER)
    address = f"postgresql://keystage@127.0.0.1:{port}/"
    try:
        _wait_for(address, process, log)
        yield address
    finally:
        process.send_signal(signal.SIGQUIT)
        process.wait(timeout=60)


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    import psycopg

    end = time.monotonic() + 60
    while True:
        assert process.poll() is None, log.read_text()
        try:
            psycopg.connect(f"{address}postgres", connect_timeout=2).close()
        except psycopg.OperationalError:
            assert time.monotonic() < end, log.read_text()
            time.sleep(0.1)
        else:
            return


def create_database(address: str, name: str) -> str:
    """Make an empty database; return its address."""
    import psycopg

    with psycopg.connect(f"{address}postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return f"{address}{name}"


def _own(folder: Path) -> None:
    """Give the folder to an ordinary user where the tests run as root, which PostgreSQL refuses."""
    if os.geteuid() == 0:
        user = pwd.getpwnam("postgres")
        os.chown(folder, user.pw_uid, user.pw_gid)
