"""Loaded by schemathesis: what it cannot know of the school that it asks about, and what is counted of a run.

It knows the tokens, so that none asks oftener than one may; the sound files of the school, so that something is
accepted; and what a file waits for, so that queries are answered and differences confirmed, and not only refused.
Whoever asks without a right token comes from a new address each time, as behind a proxy: what is slowed by address
would answer 429 and nothing else.
"""

import json
import os
from base64 import b64decode
from collections import Counter
from itertools import count, cycle
from pathlib import Path
from typing import Any

import schemathesis
from schemathesis import cli

_SEEDED = json.loads(Path(os.environ["EVERYTHING_SEEDED"]).read_text("utf-8"))
_COUNTED = Path(os.environ["EVERYTHING_COUNTED"])
_TOKENS = cycle(_SEEDED["tokens"])
_FILES = cycle(b64decode(each).decode() for each in _SEEDED["files"].values())
_RIGHT = f"Bearer {_SEEDED['tokens'][0]}"
_WAITS = {"queries to answer": "answer_queries", "difference to confirm": "confirm_difference"}
_numbers = count(1)
_waiting: dict[str, dict[str, Any]] = {}
"""What is known to wait for an answer or for a confirmation: the last answer about it, by operation."""
_statuses: Counter[tuple[str, int]] = Counter()


@schemathesis.hook
def before_call(_context: Any, case: Any, kwargs: dict[str, Any]) -> None:
    """Ask with the next token; every other time about something that there is."""
    number = next(_numbers)
    if case.headers.get("Authorization") == _RIGHT:
        case.headers["Authorization"] = f"Bearer {next(_TOKENS)}"
    else:
        case.headers["X-Forwarded-For"] = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
    if number % 2 and case.meta is not None and case.meta.generation.mode.is_positive:
        _make_real(case)


def _make_real(case: Any) -> None:
    name = case.operation.definition.raw.get("operationId")
    if name == "send_file":
        case.body = {"file": next(_FILES)}
    elif name in _waiting:
        about = _waiting.pop(name)
        case.path_parameters |= {"year": _SEEDED["year"], "key": about["key"]}
        case.body = _decision(about)


def _decision(about: dict[str, Any]) -> dict[str, Any]:
    """Return what a person would send about a file that waits."""
    if difference := about.get("difference"):
        return {"held": difference["held"]}
    return {"answers": [{"asks": each, "text": "Right: we looked."} for each in _SEEDED["asks"]]}


@schemathesis.hook
def after_call(_context: Any, _case: Any, response: Any) -> None:
    """Remember what waits."""
    said = response.json() if "json" in response.headers.get("content-type", [""])[0] else None
    if isinstance(said, dict) and said.get("stage") in _WAITS:
        _waiting[_WAITS[said["stage"]]] = said


@cli.handler()
class Counting(cli.EventHandler):
    """Counts what was asked and how it was answered, and writes it down at the end."""

    def __init__(self, *_: Any, **__: Any) -> None:
        self.failures: Counter[str] = Counter()

    def handle_event(self, _context: Any, event: Any) -> None:
        """Count what a scenario asked; write it all down when the run is over."""
        if recorder := getattr(event, "recorder", None):
            self._count(recorder)
        if type(event).__name__ == "EngineFinished":
            said = [[operation, status, times] for (operation, status), times in sorted(_statuses.items())]
            _COUNTED.write_text(json.dumps({"statuses": said, "failures": self.failures}), "utf-8")

    def _count(self, recorder: Any) -> None:
        for key, interaction in recorder.interactions.items():
            case = recorder.cases[key].value
            answer = interaction.response
            _statuses[case.operation.label, answer.status_code if answer else 0] += 1
        for checks in recorder.checks.values():
            self.failures.update(each.name for each in checks if each.failure_info)
