"""What locust does: one request after the other, each for another school, at a steady rate. Run by ``gateway.py``.

Each of its programs begins at a moment of its own. Would all begin together, they would go on asking together, and what
is measured were not twenty a second but forty at once every two seconds.
"""

import json
import os
import random
import time
from itertools import count
from pathlib import Path
from typing import Any

from locust import FastHttpUser, constant_throughput, events, task

PLAN: dict[str, Any] = json.loads(Path(os.environ["BENCH_PLAN"]).read_text(encoding="utf-8"))
"""``jobs``: of each request its path, token, file name and the path of its content; ``rate`` of each user a second."""
_next = count()
_acknowledged: list[dict[str, Any]] = []


class Program(FastHttpUser):
    """A program that asks at a steady rate."""

    wait_time = constant_throughput(PLAN["rate"])
    host = PLAN["host"]
    connection_timeout = network_timeout = 60.0

    def on_start(self) -> None:
        """Wait for a part of the time between two requests, each program for another."""
        time.sleep(random.random() / PLAN["rate"])  # gevent's: the other programs go on

    @task
    def go(self) -> None:
        """Do the next job; each is done once, a download again and again."""
        number = next(_next)
        jobs = PLAN["jobs"]
        if number >= len(jobs) and not PLAN["again"]:
            return
        job = jobs[number % len(jobs)]
        headers = {"Authorization": f"Bearer {job['token']}"}
        if "file" not in job:
            self.client.get(job["path"], headers=headers, name=PLAN["name"])
            return
        content = Path(job["file"]).read_bytes()
        headers |= {"Content-Type": "multipart/form-data; boundary=b", "Idempotency-Key": f"bench {number}"}
        head = f'--b\r\nContent-Disposition: form-data; name="file"; filename="{job["name"]}"\r\n\r\n'
        body = head.encode() + content + b"\r\n--b--\r\n"
        asked: dict[str, Any] = {"data": body, "headers": headers, "name": PLAN["name"], "catch_response": True}
        with self.client.post(job["path"], **asked) as answer:
            if answer.status_code == 201:
                _acknowledged.append(answer.json())
            else:
                answer.failure(f"{answer.status_code}: {answer.text}")


@events.quitting.add_listener  # type: ignore[untyped-decorator]
def _note(**_: object) -> None:
    Path(os.environ["BENCH_SAID"]).write_text(json.dumps(_acknowledged), encoding="utf-8")
