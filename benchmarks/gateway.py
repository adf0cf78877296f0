"""``make bench-gateway``: deadline day and results morning, on PostgreSQL, two web processes and a worker.

Beside each, in the same run, a bare Django view that stores or gives the same bytes. What was acknowledged is counted
in the database afterwards.
"""

import argparse
import csv
import json
import os
import platform
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.measure import table

HERE = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(HERE / "tests"))

UPLOADS, DOWNLOADS = 20, 100
"""A second."""
AIMS = {"uploads": 1000, "downloads": 200}
"""Milliseconds for 95 of a hundred."""

BARE = "a bare view, the same bytes"
COLUMNS = ("", "asked", "failed", "a second", "p50 ms", "p95 ms", "p99 ms", "longest ms", "times bare p50", "aim p95")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--pupils", type=int, default=60)
    options = parser.parse_args()
    from service.postgres import a_postgresql, create_database

    with tempfile.TemporaryDirectory(prefix="keystage-bench-") as folder, a_postgresql() as address:
        database = create_database(address, "keystage")
        run(Path(folder), database, options.seconds, options.pupils)


def run(folder: Path, database: str, seconds: int, pupils: int) -> None:
    (folder / "files").mkdir()
    (folder / "bare").mkdir()
    os.environ |= {"KEYSTAGE_DATA": str(folder / "data"), "KEYSTAGE_DATABASE": database, "KEYSTAGE_SECRET_KEY": "bench"}
    machine(database)
    count = min(UPLOADS * seconds, 8900)
    print(f"Making {count:,} schools of {pupils} pupils …", flush=True)
    made = seeded(count, pupils, str(folder / "files"))
    rows: list[tuple[str, ...]] = []
    with (
        served("keystage.service.config.wsgi", folder) as gateway,
        worked(folder),
        served("benchmarks.bare", folder, BARE_FOLDER=str(folder / "bare")) as bare,
    ):
        base = drive(folder, bare, BARE, to(made, "/files"), UPLOADS, seconds)
        real = drive(folder, gateway, "uploads", to(made, "/api/v1/returns/2026/files"), UPLOADS, seconds)
        rows += [row(real, base, AIMS["uploads"]), row(base, base, 0)]
        look_through(json.loads((folder / "said.json").read_text(encoding="utf-8")))
        give = [{"path": f"/files/{kept(folder, each)}", "token": ""} for each in made]
        take = [{"path": f"/api/v1/returns/2026/results/{each['results']}", "token": each["token"]} for each in made]
        base = drive(folder, bare, BARE, give, DOWNLOADS, seconds // 2, again=True)
        real = drive(folder, gateway, "downloads", take, DOWNLOADS, seconds // 2, again=True)
        rows += [row(real, base, AIMS["downloads"]), row(base, base, 0)]
    heading = f"The gateway: {UPLOADS} uploads a second of {pupils}-pupil files, then {DOWNLOADS} downloads a second"
    table(heading, COLUMNS, rows)


def to(made: list[dict[str, Any]], path: str) -> list[dict[str, Any]]:
    """Return a job for each school: its file to an address."""
    return [{**each, "path": path} for each in made]


def seeded(count: int, pupils: int, folder: str) -> list[dict[str, Any]]:
    from keystage.service.config.starting import ready

    ready()
    from benchmarks.gateway_seeds import schools

    return schools(count, pupils, folder)


def kept(folder: Path, school: dict[str, Any]) -> str:
    """Put a school's results where the bare view gives them from, and return their hash."""
    from keystage.service.files.folder import write
    from keystage.service.files.store import get

    sha256 = str(school["sha256"])
    write(folder / "bare", [get(sha256)])
    return sha256


def look_through(said: list[dict[str, Any]]) -> None:
    """Count in the database what was acknowledged: each is there once, applied, with its receipt."""
    from django.db import connections

    from keystage.service.files.store import path_of
    from keystage.service.gateway.models import HeldPupil, Receipt, Submission

    held = {each.key: each for each in Submission.objects.select_related("file", "receipt")}
    lost = [each["key"] for each in said if each["key"] not in held]
    assert not lost, f"{len(lost)} acknowledged uploads are lost"
    for each in said:
        found = held[each["key"]]
        assert (found.stage, found.receipt.number) == ("applied", each["receipt"]), each
        assert path_of(found.file.sha256).exists()
    assert Receipt.objects.count() == len(held)
    print(f"Acknowledged {len(said):,}; in the database {len(held):,}, each applied once with its receipt and file.")
    print(f"{HeldPupil.objects.count():,} pupils count. None lost.", flush=True)
    connections.close_all()


@contextmanager
def served(application: str, folder: Path, **environment: str) -> Iterator[str]:
    """Serve an application with gunicorn: two processes of eight threads each."""
    port = free_port()
    command = [
        *(sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}", "--no-control-socket"),
        *("--worker-class", "gthread", "--workers", "2", "--threads", "8", "--backlog", "512"),
        *("--log-level", "warning"),
    ]
    with (folder / f"{application}.log").open("w") as log:
        process = subprocess.Popen(command, env={**os.environ, **environment}, cwd=HERE, stdout=log, stderr=log)
    try:
        wait_for(port, process, folder / f"{application}.log")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)


@contextmanager
def worked(folder: Path) -> Iterator[None]:
    with (folder / "worker.log").open("w") as log:
        process = subprocess.Popen([sys.executable, "-m", "keystage", "work"], cwd=HERE, stdout=log, stderr=log)
    try:
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)


def drive(
    folder: Path, host: str, name: str, jobs: list[dict[str, Any]], rate: int, seconds: int, *, again: bool = False
) -> dict[str, Any]:
    """Let locust do the jobs at a steady rate, and return its figures."""
    users = rate * 2
    plan = {"host": host, "name": name, "jobs": jobs, "rate": 0.5, "again": again}
    (folder / "plan.json").write_text(json.dumps(plan), encoding="utf-8")
    environment = os.environ | {"BENCH_PLAN": str(folder / "plan.json"), "BENCH_SAID": str(folder / "said.json")}
    command = [
        *(sys.executable, "-m", "locust", "-f", str(HERE / "benchmarks/driving.py"), "--headless", "--only-summary"),
        *("-u", str(users), "-r", str(users), "-t", f"{seconds}s", "--csv", str(folder / "figures")),
        *("--stop-timeout", "30", "--exit-code-on-error", "0", "--loglevel", "ERROR"),
    ]
    done = subprocess.run(command, check=False, cwd=HERE, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    with (folder / "figures_stats.csv").open(encoding="utf-8") as file:
        figures = next(each for each in csv.DictReader(file) if each["Name"] == name)
    if int(figures["Failure Count"]):
        print((folder / "figures_failures.csv").read_text(encoding="utf-8")[:2000])
    return figures


def row(real: dict[str, Any], base: dict[str, Any], aim: int) -> tuple[str, ...]:
    asked, failed = real["Request Count"], real["Failure Count"]
    times = float(real["50%"]) / max(1.0, float(base["50%"]))
    return (
        real["Name"], f"{int(asked):,}", failed, f"{float(real['Requests/s']):.1f}",
        *(f"{float(real[each]):.0f}" for each in ("50%", "95%", "99%", "100%")),
        f"{times:.1f}", f"{aim} ms" if aim else "",
    )  # fmt: skip


def machine(database: str) -> None:
    """Say on what it was measured, and how busy that was before."""
    import psycopg

    with psycopg.connect(database) as connection:
        (version,) = connection.execute("SHOW server_version").fetchone() or ("?",)
    names = (line.split(":")[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name"))
    cores = f"{os.cpu_count()} cores ({next(names, 'unknown')})"
    print(f"Python {platform.python_version()}, PostgreSQL {version}, {cores}, {platform.system()}")
    print("gunicorn gthread, two processes of eight threads; one worker; locust on the same machine.")
    before = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    print(f"Load of the machine before (1, 5, 15 minutes): {before}.", flush=True)


def _lines(path: str) -> list[str]:
    found = Path(path)
    return found.read_text(encoding="utf-8").splitlines() if found.exists() else []


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + 60
    while True:
        assert process.poll() is None, log.read_text(encoding="utf-8")
        assert time.monotonic() < end, log.read_text(encoding="utf-8")
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=10).close()
        except urllib.error.HTTPError:
            return  # it answers, if only that there is no such page
        except OSError:
            time.sleep(0.2)
        else:
            return


if __name__ == "__main__":
    main()
