"""A process that ends when the one that started it is gone."""

import os
import signal
import sys
import threading
from contextlib import suppress


def end_with_parent() -> None:
    """End this process when the process that started it is gone, however it went: its end of the pipe closes then."""

    def wait() -> None:
        with suppress(OSError, ValueError):
            while sys.stdin.buffer.read(1):
                pass
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, name="parent", daemon=True).start()
