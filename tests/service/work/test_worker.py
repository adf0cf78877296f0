"""Real workers as processes: they do the work, and survive one another."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from service.running import Server, a_server


@pytest.fixture
def installation(empty_installation: Path, tmp_path: Path) -> Server:
    """An installation of its own, with nothing running."""
    import shutil

    shutil.copytree(empty_installation, tmp_path / "data")
    return Server(tmp_path / "data")


@contextmanager
def a_worker(installation: Server, *options: str) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "keystage", "work", "--data", str(installation.data), *options]
    with (installation.data / "worker.log").open("a") as log:
        process = subprocess.Popen(command, env=installation.variables, stdout=log, stderr=log)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait(timeout=30)


def lines(path: Path) -> list[str]:
    return path.read_text().splitlines() if path.exists() else []


def wait_for(what: object, seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not what():  # type: ignore[operator]
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.05)


def test_a_worker_does_what_is_queued_and_ends_when_it_is_told(installation: Server) -> None:
    said = installation.data / "said"
    installation.seed("service.work.jobs:enqueue", path=str(said), seconds=0)
    with a_worker(installation, "--once") as worker:
        assert worker.wait(timeout=60) == 0
    assert lines(said)[1:] == ["ended"]
    assert installation.seed("service.work.jobs:state") == [{"status": "SUCCESSFUL", "tries": 1}]


def test_what_a_killed_worker_had_begun_is_done_by_the_next(installation: Server) -> None:
    said = installation.data / "said"
    installation.seed("service.work.jobs:enqueue", path=str(said), seconds=1.5)
    with a_worker(installation, "--patience", "2") as first:
        wait_for(lambda: lines(said))
        first.send_signal(signal.SIGKILL)
        first.wait(timeout=30)
    assert lines(said) == [f"began {first.pid}"]
    with a_worker(installation, "--patience", "2") as second:
        wait_for(lambda: "ended" in lines(said))
        assert lines(said)[1:] == [f"began {second.pid}", "ended"]
        wait_for(lambda: installation.seed("service.work.jobs:state") == [{"status": "SUCCESSFUL", "tries": 2}])


def test_a_worker_that_is_stopped_finishes_what_it_has_begun(installation: Server) -> None:
    said = installation.data / "said"
    installation.seed("service.work.jobs:enqueue", path=str(said), seconds=1)
    with a_worker(installation) as worker:
        wait_for(lambda: lines(said))
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(timeout=30) == 0
    assert lines(said)[1:] == ["ended"]


def worker_of(server: Server) -> int:
    """Return the process of the worker beside a server; 0 for none."""
    assert server.process is not None
    found = Path(f"/proc/{server.process.pid}/task").glob("*/children")
    children = " ".join(each.read_text() for each in found).split()
    return int(children[0]) if children else 0


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(not Path("/proc").exists(), reason="looks into /proc")
def test_the_web_application_has_a_worker_beside_it_that_never_outlives_it(
    empty_installation: Path, tmp_path: Path
) -> None:
    said = tmp_path / "said"
    with a_server(tmp_path, empty_installation, worker=True) as server:
        server.seed("service.work.jobs:enqueue", path=str(said), seconds=0)
        wait_for(lambda: "ended" in lines(said))
        first = worker_of(server)
        os.kill(first, signal.SIGKILL)
        wait_for(lambda: worker_of(server) not in (0, first))
        second = worker_of(server)
        server.stop(signal.SIGKILL)
        wait_for(lambda: not is_running(second))
