"""``python -m benchmarks.request_cost``: what an upload and a download cost in processor time, not in seconds.

One process answers every request itself, through all middleware, on a PostgreSQL of its own; beside it, in turns, a
bare view keeps or gives the same bytes. Processor time is what limits two cores that carry everything at once, and
hardly depends on what else the machine does. ``--profile`` prints where the time of the web process goes.
"""

import argparse
import contextlib
import cProfile
import io
import os
import pstats
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.measure import table

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

COLUMNS = ("", "requests", "web, CPU ms", "times bare", "PostgreSQL, CPU ms", "queries")
AT_ONCE = 10
"""Requests of a kind before the other kind has its turn."""
_TICK = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100

Job = dict[str, Any]
Ask = Callable[[Job], None]


@dataclass
class Cost:
    """What some requests cost: of the web process and of PostgreSQL the seconds of processor time, and the queries."""

    name: str
    asked: int = 0
    web: float = 0.0
    database: float = 0.0
    queries: int = 0
    profile: cProfile.Profile | None = field(default=None, repr=False)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--requests", type=int, default=200)
    parser.add_argument("--pupils", type=int, default=60)
    parser.add_argument("--profile", action="store_true")
    parser.add_argument("--lines", type=int, default=60)
    options = parser.parse_args()
    from service.postgres import a_killable_postgresql, create_database

    with tempfile.TemporaryDirectory(prefix="keystage-cost-") as folder, a_killable_postgresql() as server:
        root = Path(folder)
        os.environ |= {"KEYSTAGE_DATA": str(root / "data"), "KEYSTAGE_SECRET_KEY": "bench"}
        os.environ |= {
            "KEYSTAGE_DATABASE": create_database(server.address, "keystage"),
            "BARE_FOLDER": str(root / "bare"),
        }
        assert server.process is not None
        run(root, server.process.pid, options)


def run(folder: Path, server: int, options: argparse.Namespace) -> None:
    from benchmarks.gateway import BARE, kept, seeded

    warm_up = 20
    (folder / "files").mkdir()
    (folder / "bare").mkdir()
    made = seeded(options.requests + warm_up, options.pupils, str(folder / "files"))
    for each in made:
        kept(folder, each)
    real, bare = applications()
    costs: list[tuple[Cost, Cost]] = []
    for name, ask in (("an upload", upload), ("a download", download)):
        pair = Cost(name), Cost(BARE)
        in_turns(made[:warm_up], [(Cost(""), ask(real, "api")), (Cost(""), ask(bare, "bare"))], server)
        if options.profile:
            pair[0].profile = cProfile.Profile(time.process_time)
        in_turns(made[warm_up:], [(pair[0], ask(real, "api")), (pair[1], ask(bare, "bare"))], server)
        costs.append(pair)
    worker = worked(options.requests + warm_up, server)
    rows = [row(each, bare_cost) for pair in costs for each, bare_cost in ((pair[0], pair[1]), (pair[1], pair[1]))]
    print(f"Python {sys.version.split()[0]}; {options.pupils} pupils in a file.")
    table("What a request costs, in processor time", COLUMNS, [*rows, row(worker, None)])
    for cost, _ in costs:
        if cost.profile is not None:
            show(cost, options.lines)


def applications() -> tuple[Any, Any]:
    """Return the gateway and the bare view, each as a WSGI application."""
    from django.core.handlers.wsgi import WSGIHandler
    from django.test.utils import override_settings

    from keystage.service.config.wsgi import application

    with override_settings(MIDDLEWARE=["benchmarks.request_cost.to_bare"]):
        return application, WSGIHandler()


def to_bare(get_response: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Let a request find the addresses of the bare view: a middleware."""

    def middleware(request: Any) -> Any:
        request.urlconf = "benchmarks.bare"
        return get_response(request)

    return middleware


def upload(application: Any, which: str) -> Ask:
    """Return what sends the file of a job."""
    path = "/api/v1/returns/2026/files" if which == "api" else "/files"

    def ask(job: Job) -> None:
        head = f'--b\r\nContent-Disposition: form-data; name="file"; filename="{job["name"]}"\r\n\r\n'
        body = head.encode() + Path(job["file"]).read_bytes() + b"\r\n--b--\r\n"
        answer(application, environ("POST", path, job, body), expected="201")

    return ask


def download(application: Any, which: str) -> Ask:
    """Return what takes the results of a job."""

    def ask(job: Job) -> None:
        path = f"/api/v1/returns/2026/results/{job['results']}" if which == "api" else f"/files/{job['sha256']}"
        answer(application, environ("GET", path, job, b""), expected="200")

    return ask


def environ(method: str, path: str, job: Job, body: bytes) -> dict[str, Any]:
    """Return a request as a WSGI server hands it over."""
    return {
        "REQUEST_METHOD": method, "SCRIPT_NAME": "", "PATH_INFO": path, "QUERY_STRING": "", "SERVER_NAME": "localhost",
        "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "localhost",
        "HTTP_AUTHORIZATION": f"Bearer {job['token']}", "HTTP_IDEMPOTENCY_KEY": f"bench {job['name']}",
        "CONTENT_TYPE": "multipart/form-data; boundary=b", "CONTENT_LENGTH": str(len(body)),
        "wsgi.version": (1, 0), "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(body), "wsgi.errors": sys.stderr,
        "wsgi.multithread": True, "wsgi.multiprocess": True, "wsgi.run_once": False,
    }  # fmt: skip


def answer(application: Any, asked: dict[str, Any], *, expected: str) -> None:
    """Have a request answered, all of it, as a server would."""
    said: list[str] = []
    pieces = application(asked, lambda status, _headers, _fault=None: said.append(status))
    content = b"".join(pieces)
    if hasattr(pieces, "close"):
        pieces.close()
    assert said[0].startswith(expected), (said, content[:500])


def in_turns(jobs: list[Job], kinds: list[tuple[Cost, Ask]], server: int) -> None:
    """Do the jobs in each way, some at a time, and add up what they cost."""
    for start in range(0, len(jobs), AT_ONCE):
        for cost, ask in kinds:
            with measured(cost, server):
                for job in jobs[start : start + AT_ONCE]:
                    ask(job)
                    cost.asked += 1


@contextlib.contextmanager
def measured(cost: Cost, server: int) -> Iterator[None]:
    """Add to a cost what is done meanwhile."""
    from django.db import connection

    def count(execute: Callable[..., Any], *asked: Any) -> Any:
        cost.queries += 1
        return execute(*asked)

    database, web = seconds_of(server), time.process_time()
    with connection.execute_wrapper(count), cost.profile or contextlib.nullcontext():
        yield
    cost.web += time.process_time() - web
    cost.database += seconds_of(server) - database


def seconds_of(server: int) -> float:
    """Return the processor time of PostgreSQL so far: its main process, those that have ended, and those that run."""
    folder = Path("/proc")
    running = [server, *(int(each) for each in (folder / f"{server}/task/{server}/children").read_text().split())]
    total = 0
    for pid in running:
        with contextlib.suppress(OSError):
            fields = (folder / str(pid) / "stat").read_text().rsplit(")", 1)[1].split()
            total += sum(map(int, fields[11:15] if pid == server else fields[11:13]))
    return total / _TICK


def worked(uploads: int, server: int) -> Cost:
    """Have a worker do what the uploads left for it; return what that cost, by upload."""
    from keystage.service.work.worker import work

    cost = Cost("the worker, for an upload", asked=uploads)
    with contextlib.redirect_stdout(io.StringIO()), measured(cost, server):
        work(batch=True)
    return cost


def row(cost: Cost, bare: Cost | None) -> tuple[str, ...]:
    web = cost.web / cost.asked
    times = f"{web / (bare.web / bare.asked):.1f}" if bare else ""
    database = f"{1000 * cost.database / cost.asked:.1f}"
    return cost.name, str(cost.asked), f"{1000 * web:.1f}", times, database, f"{cost.queries / cost.asked:.1f}"


def show(cost: Cost, lines: int) -> None:
    """Print where the time went."""
    print(f"\nWhere the time of {cost.name} goes")
    stats = pstats.Stats(cost.profile)
    stats.sort_stats("cumulative").print_stats(lines)
    stats.sort_stats("tottime").print_stats(lines)


if __name__ == "__main__":
    main()
