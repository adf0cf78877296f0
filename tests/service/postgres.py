"""A PostgreSQL server of the tests' own: in a temporary folder, on a socket, with nothing durable turned off."""

import os
import pwd
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from system import postgresql_programs

_USER: dict[str, Any] = {"user": "postgres", "group": "postgres"} if os.geteuid() == 0 else {}


@contextmanager
def a_postgresql() -> Iterator[str]:
    """Run a server; yield the address for ``KEYSTAGE_DATABASE`` without the name of a database."""
    with a_killable_postgresql() as running:
        yield running.address


@contextmanager
def a_killable_postgresql() -> Iterator["PostgreSQL"]:
    """Run a server that can be killed and started again.

    Its folder is not one of pytest's: every pytest that starts closes these to all but its own user.
    """
    with tempfile.TemporaryDirectory(prefix="keystage-postgresql-") as folder:
        running = PostgreSQL(Path(folder))
        running.start()
        try:
            yield running
        finally:
            running.stop(signal.SIGQUIT)


class PostgreSQL:
    """A server, its folder and its port."""

    def __init__(self, folder: Path) -> None:
        programs = postgresql_programs()
        assert programs, "PostgreSQL is not installed: “make test” installs it."
        self.folder, self.programs, self.data, self.log = folder, programs, folder / "data", folder / "log"
        _own(folder)
        self.port = 20_000 + os.getpid() % 20_000
        self.address = f"postgresql://keystage@127.0.0.1:{self.port}/"
        self.process: subprocess.Popen[bytes] | None = None
        initdb = ("-D", str(self.data), "-U", "keystage", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8")
        done = subprocess.run([programs / "initdb", *initdb], capture_output=True, text=True, cwd="/", **_USER)
        assert done.returncode == 0, done.stdout + done.stderr

    def start(self) -> None:
        """Start it; after a kill it comes to itself from what it had written down."""
        options = ("-p", str(self.port), "-k", str(self.folder), "-c", "listen_addresses=127.0.0.1")
        command = [str(self.programs / "postgres"), "-D", str(self.data), *options, "-c", "max_connections=60"]
        with self.log.open("a") as said:
            process: subprocess.Popen[bytes] = subprocess.Popen(command, stderr=said, stdout=said, **_USER)
        self.process = process
        _wait_for(self.address, process, self.log)

    def stop(self, how: int) -> None:
        """Stop it; with SIGKILL, the server and each process that works for a connection."""
        assert self.process is not None
        if self.process.poll() is None:
            children = _children(self.process.pid) if how == signal.SIGKILL else []
            self.process.send_signal(how)
            for each in children:
                with suppress(ProcessLookupError):
                    os.kill(each, how)
        self.process.wait(timeout=60)


def _children(pid: int) -> list[int]:
    """Return the processes that a process has started: on Linux, where the tests run."""
    found = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for each in found for child in each.read_text().split()]


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
