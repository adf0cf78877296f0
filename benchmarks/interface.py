"""``python -m benchmarks.interface``: the running HTTP interface, asked for long all that it describes and more.

First by schemathesis with all of its checks, as in ``make test`` and for longer; then with requests that are spoilt
byte by byte. Printed are the requests of each operation, how they were answered, and what was wrong: with anything
wrong, the command fails.
"""

import argparse
import random
import sys
import tempfile
import time
from base64 import b64decode
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.measure import table
from benchmarks.soak import spoil

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

if TYPE_CHECKING:
    from service.api.everything import Asked
    from service.running import Server


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--examples", type=int, default=500, help="the most that are made up for an operation and phase"
    )
    parser.add_argument("--spoilt", type=int, default=20_000, help="requests that are spoilt byte by byte")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    asked = parser.parse_args()
    from service.running import Server, a_server

    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        template = Server(data / "template")
        template.data.mkdir()
        template.seed("builtins:list", migrate=True)
        with a_server(data / "data", template.data, KEYSTAGE_PROXIES="1") as server:
            seeded = server.seed("service.api.everything_seeds:everything")
            is_right = by_description(server, seeded, data, asked.examples, asked.seed)
            is_right = by_byte(server, seeded, asked.spoilt, asked.seed) and is_right
    sys.exit(0 if is_right else 1)


def by_description(server: "Server", seeded: dict[str, Any], folder: Path, examples: int, seed: int) -> bool:
    from service.api.everything import ask_everything

    began = time.monotonic()
    asked = ask_everything(server, seeded, folder, examples=examples, seed=seed)
    seen = sorted({status for _, status, _ in asked.statuses})
    heading = f"schemathesis, seed {seed}, up to {examples} examples of each operation in each phase"
    table(heading, ("operation", "requests", *map(str, seen)), list(_rows(asked, seen)))
    took = time.monotonic() - began
    print(f"{asked.requests:,} requests in {took:,.0f} s; failures of checks: {asked.failures or 'none'}.\n")
    if not asked.is_right:
        print(asked.said)
    return asked.is_right


def _rows(asked: "Asked", seen: list[int]) -> Iterator[list[str]]:
    for name in dict.fromkeys(operation for operation, _, _ in asked.statuses):
        answered = asked.of(name)
        yield [
            name,
            f"{sum(answered.values()):,}",
            *(f"{answered[each]:,}" if each in answered else "" for each in seen),
        ]


def by_byte(server: "Server", seeded: dict[str, Any], count: int, seed: int) -> bool:
    """Send spoilt requests, half of them in the head; none may be our fault, and a whole one is still taken."""
    from service.api.raw import ask, form, request

    dice, answered = random.Random(seed), Counter[int]()
    sound = b64decode(seeded["files"]["sound"])
    for number in range(count):
        token = seeded["tokens"][number % len(seeded["tokens"])]
        came = f"X-Forwarded-For: 10.{number >> 16}.{number >> 8 & 255}.{number & 255}\r\n"
        head, _, body = request(token, form(sound), more=came.encode()).partition(b"\r\n\r\n")
        if dice.random() < 0.5:
            spoilt = spoil(head, dice) + b"\r\n\r\n" + body
        else:
            spoilt = head + b"\r\n\r\n" + spoil(body, dice)
        status = ask(server, spoilt).status
        answered[status] += 1
        if status >= 500 and status != 501:
            print(f"request {number} of seed {seed} was answered {status}: {spoilt[:600]!r}")
    heading = f"{count:,} requests spoilt byte by byte, by status (0: closed, as the rest never came)"
    table(heading, ("status", "times"), [(str(status), f"{times:,}") for status, times in sorted(answered.items())])
    last = ask(server, request(seeded["tokens"][0], form(sound + b"<!-- last -->"))).status
    faults = sum(times for status, times in answered.items() if status >= 500 and status != 501)
    print(f"Ours at fault: {faults}. A whole file afterwards: {last}.")
    return not faults and last in (200, 201) and "Internal Server Error" not in server.log()


if __name__ == "__main__":
    main()
