"""The web application as a process of its own, on a database of its own: for browsers, and to be killed."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_READY_WITHIN = 180
_ADDRESS = re.compile(r"http://\S+/")
_SEED = """
import json, sys
said, sys.stdout = sys.stdout, sys.stderr  # what is printed on the way, as email is in a demonstration, is no answer
from keystage.service.config.starting import ready
ready(migrate={migrate})
from {module} import {function} as seed
json.dump(seed(**json.loads(sys.argv[1])), said)
"""


@dataclass
class Server:
    """A running ``keystage serve``, and the folder with its data."""

    data: Path
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[str] | None = None
    address: str = ""
    port: int = 0
    options: tuple[str, ...] = ("--no-worker",)
    """More for ``keystage serve``: most tests do by themselves what waits in the background."""

    def seed(self, function: str, *, migrate: bool = False, **arguments: Any) -> Any:
        """Call ``module:function`` in a process that has the same database; what it returns must be JSON."""
        module, _, name = function.partition(":")
        script = _SEED.format(module=module, function=name, migrate=migrate)
        done = subprocess.run(
            [sys.executable, "-c", script, json.dumps(arguments)],
            env=self.variables,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def start(self) -> None:
        """Start it; started again, it listens on the same port."""
        command = [sys.executable, "-m", "keystage", "serve", "--port", str(self.port), "--data", str(self.data)]
        command += self.options
        with (self.data / "server.log").open("a", encoding="utf-8") as log:
            self.process = subprocess.Popen(command, env=self.variables, stderr=log, stdout=log, text=True)
        before, self.address = time.monotonic(), ""
        while not self.address:
            assert self.process.poll() is None, self.log()
            assert time.monotonic() < before + _READY_WITHIN, self.log()
            said = _ADDRESS.findall(self.log())
            if said and _answers(said[-1]):
                self.address = said[-1]
            else:
                time.sleep(0.05)
        self.port = int(self.address.rstrip("/").rpartition(":")[2])

    def stop(self, how: int = signal.SIGTERM) -> None:
        """Stop it; with SIGKILL, between one instruction and the next."""
        assert self.process is not None
        self.process.send_signal(how)
        self.process.wait(timeout=30)

    def log(self) -> str:
        """Return what it has said so far."""
        return (self.data / "server.log").read_text(encoding="utf-8")

    @property
    def variables(self) -> dict[str, str]:
        """The environment of its processes."""
        here = str(Path(__file__).resolve().parents[1])
        path = os.pathsep.join(filter(None, [here, os.environ.get("PYTHONPATH", "")]))
        own = {"KEYSTAGE_DATA": str(self.data), "PYTHONPATH": path, "PYTHONWARNINGS": "ignore"}
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("KEYSTAGE_", "DJANGO_"))}
        return {**kept, **own, **self.environment}


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}healthz", timeout=5) as answer:  # noqa: S310 - of this machine
            return bool(answer.status == 200)
    except OSError:
        return False


@contextmanager
def a_server(data: Path, template: Path, *, worker: bool = False, **environment: str) -> Iterator[Server]:
    """Run a server on a copy of an empty, migrated database."""
    if template.exists():
        shutil.copytree(template, data, dirs_exist_ok=True)
    server = Server(data, environment, options=() if worker else ("--no-worker",))
    try:
        server.start()
        yield server
    finally:
        if server.process and server.process.poll() is None:
            server.stop()
