"""Asks a running service everything that its description allows, and much that it does not: with schemathesis.

Every check of schemathesis is on. Its configuration says nothing but where the real things are.
"""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from service.running import Server

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Asked:
    """What a run asked, how it was answered and what was wrong with that."""

    is_right: bool
    said: str
    statuses: list[tuple[str, int, int]]
    """Operation, status, how often."""
    failures: dict[str, int]

    @property
    def requests(self) -> int:
        """How many requests there were."""
        return sum(times for _, _, times in self.statuses)

    def of(self, operation: str) -> dict[int, int]:
        """Return how often an operation was answered with each status."""
        return {status: times for name, status, times in self.statuses if name == operation}


def ask_everything(server: Server, seeded: dict[str, Any], folder: Path, *, examples: int, seed: int) -> Asked:
    """Run schemathesis against a server; ``examples`` is the most that it makes up for an operation in each phase."""
    (folder / "seeded.json").write_text(json.dumps(seeded), "utf-8")
    (folder / "schemathesis.toml").write_text(_configuration(seeded), "utf-8")
    command = [
        *(sys.executable, "-c", "from schemathesis.cli import schemathesis; schemathesis()"),
        *("--config-file", str(folder / "schemathesis.toml"), "--no-color", "run"),
        *(f"{server.address}api/v1/openapi.json", "--max-examples", str(examples), "--seed", str(seed)),
        *("--continue-on-failure", "--no-shrink", "--output-sanitize", "true"),
    ]
    own = {
        "SCHEMATHESIS_HOOKS": "service.api.everything_hooks",
        "EVERYTHING_SEEDED": str(folder / "seeded.json"),
        "EVERYTHING_COUNTED": str(folder / "counted.json"),
        "PYTHONPATH": os.pathsep.join([str(_HERE.parents[1]), os.environ.get("PYTHONPATH", "")]),
    }
    done = subprocess.run(command, env={**os.environ, **own}, capture_output=True, text=True, cwd=folder)
    counted = json.loads((folder / "counted.json").read_text("utf-8"))
    statuses = [(name, status, times) for name, status, times in counted["statuses"]]
    return Asked(done.returncode == 0, done.stdout + done.stderr, statuses, counted["failures"])


def _configuration(seeded: dict[str, Any]) -> str:
    """Return the configuration: the token, and where the real year, keys and numbers are tried."""
    values = {"years": [seeded["year"]], "keys": seeded["keys"], "numbers": seeded["numbers"],
              "results": seeded["results"]}  # fmt: skip
    lines = [f"[dictionaries.{name}]\nvalues = {json.dumps(each)}" for name, each in values.items()]
    lines += [
        f"[auth.openapi.Token]\nbearer = {json.dumps(seeded['tokens'][0])}",
        "[parameters]",
        *(_tried("year", "years"), _tried("key", "keys"), _tried("number", "numbers")),
        "[[operations]]",
        'include-operation-id = "download_results"',
        "[operations.parameters]",
        _tried("key", "results"),
    ]
    return "\n".join(lines) + "\n"


def _tried(name: str, dictionary: str) -> str:
    return f'"path.{name}" = {{ dictionary = "{dictionary}", probability = 0.8 }}'
