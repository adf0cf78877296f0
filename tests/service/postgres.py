"""A PostgreSQL server of the tests' own: in a temporary folder, on a socket, with nothing durable turned off."""

import os
import pwd
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from system import postgresql_programs


@contextmanager
def a_postgresql(folder: Path) -> Iterator[str]:
    """Run a server; yield the address for ``KEYSTAGE_DATABASE`` without the name of a database."""
    programs = postgresql_programs()
    assert programs, "PostgreSQL is not installed: “make test” installs it."
    data, log = folder / "data", folder / "log"
    _own(folder)
    port = 20_000 + os.getpid() % 20_000
    _run(programs / "initdb", "-D", str(data), "-U", "keystage", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8")
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c max_connections=60"
    _run(programs / "pg_ctl", "-D", str(data), "-l", str(log), "-w", "-o", options, "start")
    try:
        yield f"postgresql://keystage@127.0.0.1:{port}/"
    finally:
        _run(programs / "pg_ctl", "-D", str(data), "-m", "immediate", "-w", "stop")


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
        for parent in folder.parents:
            if parent.owner() == "root" and parent != Path("/") and "pytest" in str(parent):
                parent.chmod(0o755)


def _run(program: Path, *arguments: str) -> None:
    user = {"user": "postgres", "group": "postgres"} if os.geteuid() == 0 else {}
    done = subprocess.run([str(program), *arguments], capture_output=True, text=True, cwd="/", **user)
    assert done.returncode == 0, done.stdout + done.stderr
