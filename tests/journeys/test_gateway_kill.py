"""The gateway is killed while files are uploaded: the web process, the worker, PostgreSQL, at random points.

Afterwards every upload that was acknowledged is there once, whole, and every other can be sent again and is there once.
``KEYSTAGE_GATEWAY_KILLS`` says how often; three hundred in ``make soak``.
"""

# ruff: noqa: S608 - the queries are put together of what the test itself has made

import hashlib
import itertools
import os
import random
import signal
import subprocess
import sys
import threading
import time
from base64 import b64decode
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import psycopg
import pytest
import requests

from service.made import YEAR
from service.postgres import PostgreSQL, a_killable_postgresql, create_database
from service.running import Server

KILLS = int(os.environ.get("KEYSTAGE_GATEWAY_KILLS", "3"))
SCHOOLS = 6
_HELD = """
    SELECT r.number, s.idempotency_key, f.sha256, s.key, s.stage, t.number,
           (SELECT count(*) FROM events_event e WHERE e.target = s.key AND e.kind = 'submission.received'),
           (SELECT count(*) FROM events_event e WHERE e.target = s.key AND e.kind = 'submission.applied')
    FROM gateway_submission s JOIN gateway_receivedfile f ON f.id = s.file_id
    JOIN gateway_gatewayreturn r ON r.id = s.gateway_return_id LEFT JOIN gateway_receipt t ON t.submission_id = s.id
"""


@dataclass
class Sender:
    """A school that sends one file after the other, as fast as it is answered, and notes what it was told."""

    school: dict[str, Any]
    acknowledged: dict[str, dict[str, Any]] = field(default_factory=dict)
    """By idempotency key, what the gateway said."""
    unanswered: dict[str, bytes] = field(default_factory=dict)
    serial: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def send_until(self, stopped: threading.Event, address: str) -> None:
        content = b64decode(self.school["content"])
        while not stopped.is_set():
            serial = next(self.serial)
            # Each file is another to the byte, and says the same: after the first nothing is left to confirm.
            key = f"{self.school['number']} {serial}"
            while not self.send(address, key, content + b"\n" * serial) and not stopped.wait(0.1):
                pass  # what had no answer is sent again, as a school does

    def send(self, address: str, key: str, content: bytes) -> bool:
        self.unanswered[key] = content
        address = f"{address}api/v1/returns/{YEAR}/files"
        headers = {"Authorization": f"Bearer {self.school['token']}", "Idempotency-Key": key}
        try:
            sent = {"file": (self.school["name"], content)}
            answer = requests.post(address, headers=headers, files=sent, timeout=20)
        except requests.RequestException:
            return False
        if answer.status_code not in (200, 201):
            assert answer.status_code in (500, 503), answer.text
            assert "What was acknowledged is safe" in answer.json()["message"]
            return False
        self.acknowledged[key] = answer.json()
        del self.unanswered[key]
        return True


@dataclass
class Gateway:
    """A gateway on PostgreSQL: a web process, a worker, and the database."""

    database: PostgreSQL
    name: str
    web: Server
    senders: list[Sender]
    worker: subprocess.Popen[bytes] | None = None

    def start_worker(self) -> None:
        command = [sys.executable, "-m", "keystage", "work", "--patience", "4", "--with-parent"]
        with (self.web.data / "worker.log").open("a") as log:
            self.worker = subprocess.Popen(
                command, env=self.web.variables, stdin=subprocess.PIPE, stdout=log, stderr=log
            )

    def kill_web(self) -> None:
        self.web.stop(signal.SIGKILL)
        self.web.start()

    def kill_worker(self) -> None:
        self.stop_worker()
        self.start_worker()

    def stop_worker(self) -> None:
        assert self.worker is not None
        self.worker.kill()
        self.worker.wait(timeout=30)
        assert self.worker.stdin is not None
        self.worker.stdin.close()

    def kill_database(self) -> None:
        self.database.stop(signal.SIGKILL)
        self.database.start()

    def rows(self, query: str) -> list[Any]:
        with psycopg.connect(self.database.address + self.name) as connection:
            return connection.execute(query).fetchall()


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    """A gateway with schools, running."""
    data = tmp_path_factory.mktemp("gateway")
    with a_killable_postgresql() as database:
        address = create_database(database.address, "keystage")
        web = Server(data, {"KEYSTAGE_DATABASE": address}, options=("--no-worker",))
        made = web.seed("service.api.seeds:schools", migrate=True, count=SCHOOLS + 1)
        web.start()
        running = Gateway(database, "keystage", web, [Sender(each) for each in made])
        running.start_worker()
        try:
            yield running
        finally:
            running.stop_worker()
            if web.process and web.process.poll() is None:
                web.stop()


def look_through(gateway: Gateway, senders: list[Sender]) -> None:
    """Everything that was acknowledged is there once, whole, with one event and at most one receipt."""
    held: dict[str, Any] = {}
    for number, key, sha256, *rest in gateway.rows(_HELD):
        assert key not in held, f"{key} of {number} is there twice"
        held[key] = (sha256, *rest)
    for sender in senders:
        for key, said in sender.acknowledged.items():
            assert key in held, f"{key} was acknowledged and is lost"
            sha256, submission, _stage, receipt, received, applied = held[key]
            assert (sha256, submission, received) == (said["sha256"], said["key"], 1)
            assert applied <= 1
            if said["status"] == "accepted":
                assert (receipt, applied) == (said["receipt"], 1), f"the receipt of {key} is another or lost"
    for sha256, *_ in held.values():
        content = (gateway.web.data / "files" / sha256[:2] / sha256).read_bytes()
        assert hashlib.sha256(content).hexdigest() == sha256


def wait_for_more(senders: list[Sender], more: int) -> None:
    """Wait until so many more files were acknowledged."""
    wanted = sum(len(each.acknowledged) for each in senders) + more
    end = time.monotonic() + 120
    while sum(len(each.acknowledged) for each in senders) < wanted:
        assert time.monotonic() < end, "hardly anything was acknowledged: the test tried nothing"
        time.sleep(0.01)


@pytest.mark.timeout(300 + 60 * KILLS)
def test_nothing_acknowledged_is_lost_and_nothing_is_there_twice(gateway: Gateway) -> None:
    chance = random.Random(11)
    senders = gateway.senders[1:]
    ways: list[Callable[[], None]] = [gateway.kill_web, gateway.kill_database, gateway.kill_worker]
    for turn in range(KILLS):
        stopped = threading.Event()
        threads = [threading.Thread(target=each.send_until, args=(stopped, gateway.web.address)) for each in senders]
        for each in threads:
            each.start()
        wait_for_more(senders, chance.randint(1, 20))
        time.sleep(chance.uniform(0, 0.2))
        ways[turn % len(ways)]()
        stopped.set()
        for each in threads:
            each.join()
        look_through(gateway, senders)
        for sender in senders:
            for key, content in list(sender.unanswered.items()):  # what had no answer is sent again, just as it was
                assert sender.send(gateway.web.address, key, content), f"{key} cannot be sent again"
        look_through(gateway, senders)
    total = sum(len(each.acknowledged) for each in senders)
    mine = f"gateway_gatewayreturn r WHERE r.number <> '{gateway.senders[0].school['number']}'"
    count = f"SELECT count(*) FROM gateway_submission WHERE gateway_return_id IN (SELECT id FROM {mine})"
    assert gateway.rows(count) == [(total,)]
    counts = gateway.rows(
        "SELECT gateway_return_id, count(*) FROM gateway_heldpupil WHERE removed_at IS NULL GROUP BY gateway_return_id"
    )
    assert all(count == 3 for _, count in counts), "a pupil is lost, or there twice"


def test_a_file_whose_process_was_killed_before_it_was_checked_is_checked_by_the_worker(gateway: Gateway) -> None:
    sender = gateway.senders[0]
    assert sender.send(gateway.web.address, "first", b64decode(sender.school["content"]))
    # As a process leaves it that is killed between keeping and checking, two minutes ago.
    with psycopg.connect(gateway.database.address + gateway.name, autocommit=True) as connection:
        mine = f"(SELECT id FROM gateway_gatewayreturn WHERE number = '{sender.school['number']}')"
        connection.execute(f"DELETE FROM gateway_receipt WHERE gateway_return_id IN {mine}")
        connection.execute(f"UPDATE gateway_gatewayreturn SET counting_id = NULL WHERE id IN {mine}")
        connection.execute(f"DELETE FROM gateway_heldpupil WHERE gateway_return_id IN {mine}")
        connection.execute(
            "UPDATE gateway_submission SET stage = 'received', applied_at = NULL,"
            f" received_at = now() - interval '2 minutes' WHERE gateway_return_id IN {mine}"
        )
    stage = f"SELECT stage FROM gateway_submission WHERE gateway_return_id IN {mine}"
    end = time.monotonic() + 120
    while gateway.rows(stage) != [("applied",)]:
        assert time.monotonic() < end, (gateway.web.data / "worker.log").read_text()
        time.sleep(0.2)
