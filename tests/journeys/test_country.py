"""Three hundred schools send at once; the operator's totals are those that the simulator knows."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest

from keystage.simulate import simulate
from keystage.simulate.codes import CODES
from keystage.years import load
from service.made import YEAR
from service.running import Server, a_server

SCHOOLS, AT_ONCE = 300, 30
STATES = {"error": "in error", "query": "incomplete", "info": "accepted"}
"""What becomes of a file by the worst that was seeded in it: one with queries waits for answers."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("country") / "made"
    simulate(out, schools=SCHOOLS, year=load(YEAR), seed=5, faults=0.01)
    return out


@pytest.fixture(scope="module")
def server(empty_installation: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with a_server(tmp_path_factory.mktemp("server"), empty_installation) as running:
        yield running


def expected(made: Path) -> dict[str, str]:
    """Return what the state of each school must be, from the simulator's list of faults alone."""
    manifest = json.loads((made / "manifest.json").read_text("utf-8"))
    worst = {path.name[:7]: "info" for path in (made / "returns").iterdir()}
    order = ("info", "query", "error")
    for entry in (*manifest["faults"], *manifest["also"]):
        school, severity = Path(entry["file"]).name[:7], CODES[entry["code"]].severity
        worst[school] = max(worst[school], severity, key=order.index)
    return {school: STATES[severity] for school, severity in worst.items()}


def test_three_hundred_schools_send_at_once(server: Server, made: Path) -> None:
    at = server.seed("service.country_seeds:country", registration=str(made / "registration.csv"))
    files = {path.name[:7]: path for path in (made / "returns").iterdir()}
    assert at["tokens"].keys() == files.keys()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(lambda school: send(server, at["tokens"][school], files[school]), files))
    assert all(answer["receipt"] for answer in answers)

    wanted = expected(made)
    kept = server.seed("service.country_seeds:kept")
    assert {school: state for school, (state, _, _) in kept.items()} == wanted
    assert {school: sha256 for school, (_, _, sha256) in kept.items()} == {
        school: hashlib.sha256(path.read_bytes()).hexdigest() for school, path in files.items()
    }
    assert totals(server, at) == {**dict.fromkeys(STATES.values(), 0), **Counter(wanted.values())}


def send(server: Server, token: str, path: Path) -> dict[str, Any]:
    """Send a file as a school's system does."""
    content = path.read_bytes()
    head = f'--x\r\nContent-Disposition: form-data; name="file"; filename="{path.name}"\r\n\r\n'
    headers = {
        "Authorization": f"Bearer {token}",
        "Content-Type": "multipart/form-data; boundary=x",
        "Idempotency-Key": hashlib.sha256(content).hexdigest(),
    }
    body = head.encode() + content + b"\r\n--x--\r\n"
    asked = Request(f"{server.address}api/v1/returns/{YEAR}/files", body, headers)  # noqa: S310 - of this machine
    with urlopen(asked, timeout=120) as answer:  # noqa: S310
        return dict(json.load(answer))


def totals(server: Server, at: dict[str, Any]) -> dict[str, int]:
    """Return how many schools the operator's page shows in each state."""
    asked = Request(  # noqa: S310
        f"{server.address.rstrip('/')}{at['page']}", headers={"Cookie": f"keystage_session={at['session']}"}
    )
    with urlopen(asked, timeout=60) as answer:  # noqa: S310
        page = answer.read().decode()
    rows = re.findall(r"<tr.*?</tr>", page.partition("Schools and pupils by state")[2], re.DOTALL)
    cells = [[words(cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)] for row in rows]
    return {row[0].lower(): int(row[1]) for row in cells if row and row[0].lower() in STATES.values()}


def words(cell: str) -> str:
    """Return what a cell of a table shows, without what only a screen reader says."""
    return " ".join(re.sub(r'<span class="govuk-visually-hidden">.*?</span>|<[^>]+>', "", cell).split())
