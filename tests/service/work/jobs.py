"""Made-up jobs for workers, and looking at what became of them."""

import os
import time
from pathlib import Path
from typing import Any

from django_tasks import task
from django_tasks_db.models import DBTaskResult


@task()
def slow(path: str, seconds: float) -> None:
    """Write down that it began, take its time, write down that it ended."""
    said = Path(path)
    _say(said, f"began {os.getpid()}")
    time.sleep(seconds)
    _say(said, "ended")


def _say(path: Path, line: str) -> None:
    with path.open("a") as file:
        file.write(f"{line}\n")


def enqueue(path: str, seconds: float) -> dict[str, Any]:
    """Put the job into the queue."""
    return {"id": str(slow.enqueue(path, seconds).id)}


def state() -> list[dict[str, Any]]:
    """Return what the queue holds of these jobs; a worker puts its own there, once a day."""
    found = DBTaskResult.objects.filter(task_path__endswith=".slow")
    return [{"status": each.status, "tries": len(each.worker_ids)} for each in found]
