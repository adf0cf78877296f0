"""A worker: takes tasks from the queue in the database, and looks after what others have left behind."""

import logging
import os
import threading
import time
from contextlib import suppress

from django.db import DatabaseError, InterfaceError, close_old_connections, connections
from django_tasks_db.management.commands.db_worker import Worker

from keystage.service.gateway.services.results_telling import tell_of_releases
from keystage.service.personal.doomed import take_away
from keystage.service.work import left_behind, life
from keystage.service.work.retention import let_go_once_a_day

_log = logging.getLogger(__name__)
_NICE = 10
"""Steps by which a worker stands back from the processes that answer people."""
_LOOKS = 40
"""So many rounds until it is looked again whether the day's job was done: ten minutes."""
_AFTER_A_FAULT = 2.0
"""Seconds until it is looked whether the database is there again."""


def work(*, interval: float = 0.5, patience: float = life.PATIENCE, batch: bool = False) -> None:
    """Work until the process is told to stop; a task that has begun is finished first.

    Args:
        interval: seconds between two looks into an empty queue.
        patience: seconds without a sign of life after which another worker counts as dead.
        batch: end when the queue is empty.

    A database that goes away and comes back is waited for. The worker then goes on under a new name: a task that it
    could not finish belongs to the old one, and is run again.
    """
    while True:
        name = life.new_name()
        watch = Watch(name, patience)
        worker = _worker(name, interval, batch=batch)
        worker.configure_signals()
        try:
            watch.start()
            worker.run()
        except (DatabaseError, InterfaceError):
            _log.exception("The database does not answer; the worker waits for it")
        else:
            return
        finally:
            watch.stop()
        for each in connections.all(initialized_only=True):
            with suppress(DatabaseError, InterfaceError):
                each.close()
        time.sleep(_AFTER_A_FAULT)


def give_way() -> None:
    """Let whoever answers people go first where the machine is busy: what runs in the background can wait."""
    if hasattr(os, "nice"):  # not on Windows
        os.nice(_NICE)


def _worker(name: str, interval: float, *, batch: bool) -> Worker:
    return Worker(
        queue_names=["*"], interval=interval, batch=batch, backend_name="default", startup_delay=False,
        max_tasks=None, worker_id=name, excluded_queue_names=[],
    )  # fmt: skip


class Watch(threading.Thread):
    """Gives the worker's signs of life, and looks after what killed processes have left behind; also at the start."""

    def __init__(self, name: str, patience: float) -> None:
        super().__init__(name=f"watch of {name}", daemon=True)
        self.worker, self.patience = name, patience
        self._ends = threading.Event()

    def start(self) -> None:
        """Give the first sign of life, then go on beside the work."""
        life.live(self.worker, self.patience)
        super().start()

    def run(self) -> None:
        """Look round until the worker ends."""
        turn = 0
        while not self._ends.is_set():
            close_old_connections()
            try:
                self.look_round(turn=turn)
            except (DatabaseError, InterfaceError):
                _log.warning("The database does not answer", exc_info=True)
            except Exception:  # whatever goes wrong here, the signs of life must go on
                _log.exception("What was left behind could not be looked after")
            turn += 1
            self._ends.wait(self.patience / 4)
        with suppress(DatabaseError, InterfaceError):
            life.die(self.worker)
        connections.close_all()

    def look_round(self, *, turn: int = 0) -> None:
        """Look round once."""
        life.live(self.worker, self.patience)
        left_behind.requeue_lost_tasks()
        life.live(self.worker, self.patience)
        left_behind.check_left_files()
        tell_of_releases()
        take_away()
        if turn % _LOOKS == 0:
            let_go_once_a_day()

    def stop(self) -> None:
        """End, and say that the worker does nothing more."""
        self._ends.set()
        if self.is_alive():
            self.join(timeout=10)
