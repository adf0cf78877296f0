"""A worker as a process beside the web application: started with it, started again when it dies, stopped with it."""

import logging
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_AGAIN_AFTER, _AT_MOST = 2.0, 60.0
"""Seconds until a worker that died is started again: longer each time, while none lives any longer."""
_log = logging.getLogger(__name__)


@contextmanager
def a_worker_beside() -> Iterator[None]:
    """Run a worker until the end of the block."""
    beside = Beside()
    beside.start()
    try:
        yield
    finally:
        beside.stop()


class Beside(threading.Thread):
    """Keeps one worker running."""

    def __init__(self) -> None:
        super().__init__(name="worker", daemon=True)
        self.process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._ends = threading.Event()

    def run(self) -> None:
        """Start the worker, and again whenever it has died."""
        wait = _AGAIN_AFTER
        while not self._ends.is_set():
            process, began = self._begun(), time.monotonic()
            if process is None:
                return
            status = process.wait()
            wait = _AGAIN_AFTER if time.monotonic() - began > _AT_MOST else min(2 * wait, _AT_MOST)
            if not self._ends.is_set():
                _log.error("The worker ended with status %d and is started again in %d seconds", status, wait)
                self._ends.wait(wait)

    def _begun(self) -> subprocess.Popen[bytes] | None:
        with self._lock:
            if self._ends.is_set():
                return None
            command = [sys.executable, "-m", "keystage", "work", "--with-parent"]
            self.process = subprocess.Popen(command, stdin=subprocess.PIPE)  # noqa: S603 - our own command
            return self.process

    def stop(self) -> None:
        """Stop the worker: it finishes what it has begun, for a while."""
        self._ends.set()
        with self._lock:
            process = self.process
        if process is None or process.poll() is not None:
            return
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()  # its task is run again by the next worker
        with suppress(OSError):
            if process.stdin:
                process.stdin.close()
