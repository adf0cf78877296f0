"""The example client that a supplier copies, with the running gateway; and with one that has no time."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from base64 import b64decode
from collections.abc import Callable, Iterator
from pathlib import Path
from runpy import run_path
from typing import Any

import pytest

from docs.pages import DOCS, boxes
from service.gateway import TinyGateway, a_gateway
from service.running import Server

CLIENT = DOCS / "examples" / "send_return.py"
NAME = "9992001_KS2_NAALLLL_001.xml"
Run = Callable[..., tuple[int, str]]


@pytest.fixture
def waits() -> list[int]:
    """What the client waited for, in seconds."""
    return []


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], waits: list[int]) -> Run:
    """Run the client as from a terminal, and return its exit status and what it said; it waits for nothing."""

    def run(address: str, *options: object, token: str = "ks_none") -> tuple[int, str]:  # noqa: S107
        monkeypatch.setenv("GATEWAY_TOKEN", token)
        monkeypatch.setattr(sys, "argv", [str(CLIENT), address, "2026", *map(str, options)])
        monkeypatch.setattr("time.sleep", waits.append)
        with pytest.raises(SystemExit) as ended:
            run_path(str(CLIENT), run_name="__main__")
        return int(ended.value.code or 0), capsys.readouterr().err

    return run


@pytest.fixture(scope="module")
def seeded(server: Server) -> dict[str, Any]:
    said: dict[str, Any] = server.seed("service.api.everything_seeds:everything")
    return said


@pytest.fixture(scope="module")
def files(seeded: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Files of the school: what is in them, and where each lies."""
    made = {}
    for name, content in seeded["files"].items():
        made[name] = tmp_path_factory.mktemp(name) / NAME
        made[name].write_bytes(b64decode(content))
    return made


@pytest.fixture
def to_server(run: Run, server: Server, seeded: dict[str, Any]) -> Run:
    return lambda *options: run(server.address, *options, token=seeded["tokens"][0])


# -- with the running gateway ------------------------------------------------------------------------------------------
def test_a_sound_file_is_accepted_and_everything_is_brought_home(
    to_server: Run, files: dict[str, Path], tmp_path: Path
) -> None:
    status, said = to_server(files["sound"], "--confirm", "--save", tmp_path / "received")
    assert status == 0
    assert "Accepted: 4 pupils. The receipt is R-2026-" in said
    assert "Pupils: 4 expected, 4 received, 0 missing, 0 unexpected" in said
    assert "Results: 4 files. The next come: 20" in said
    names = sorted(each.name for each in (tmp_path / "received").iterdir())
    assert [each for each in names if not each.startswith("R-")] == [
        "register.csv", "results.csv", "results.ctf", "results.letters", "results.zip"
    ]  # fmt: skip
    receipt = json.loads(next((tmp_path / "received").glob("R-2026-*.json")).read_text("utf-8"))
    assert receipt["content"]["counts"]["accepted"] == 4


def test_a_file_with_errors_says_what_is_wrong_and_with_whom(to_server: Run, files: dict[str, Path]) -> None:
    status, said = to_server(files["faulty"])
    assert status == 1
    page = (DOCS / "programs.md").read_text("utf-8")
    assert "error C01, Exampleb, Pupila: " in said
    assert [each for each in said.splitlines() if each not in page and "D01" not in each] == []
    assert "Put right what the findings name, then send a new file." in said


def test_what_is_asked_is_answered_and_what_differs_confirmed_once_a_person_has_looked(
    to_server: Run, files: dict[str, Path]
) -> None:
    status, said = to_server(files["asked"])
    assert (status, "query " in said, "Answer them, or send a new file." in said) == (3, True, True)
    status, said = to_server(files["asked"], "--because", "The family's new name.")
    assert (status, '"identities_changed": 1' in said) == (3, True)
    status, said = to_server(files["asked"], "--confirm")
    assert (status, "Accepted: 4 pupils." in said) == (0, True)


def test_the_same_file_again_is_the_same_arrival(run: Run, server: Server, tmp_path: Path) -> None:
    (school,) = server.seed("service.api.seeds:schools", count=1, first=77)
    path = tmp_path / school["name"]
    path.write_bytes(b64decode(school["content"]))
    first, again = (run(server.address, path, token=school["token"]) for _ in range(2))
    assert first == again
    assert first[0] == 0


def test_a_token_that_does_not_hold_is_said(run: Run, server: Server, files: dict[str, Path]) -> None:
    status, said = run(server.address, files["sound"])
    assert (status, said.startswith("401: Send a valid token")) == (4, True)


@pytest.mark.skipif(not (shutil.which("curl") and shutil.which("bash")), reason="there is no curl")
def test_what_the_page_does_with_curl_can_be_done(
    server: Server, seeded: dict[str, Any], files: dict[str, Path], tmp_path: Path
) -> None:
    shown = "".join(each.text for each in boxes(DOCS / "programs.md") if each.kind == "sh")
    (tmp_path / NAME).write_bytes(files["sound"].read_bytes())
    own = {"TOKEN": seeded["tokens"][1], "GATEWAY": server.address.rstrip("/")}
    done = subprocess.run(["bash", "-euc", shown], cwd=tmp_path, env={**os.environ, **own}, capture_output=True)
    assert done.returncode == 0, done.stderr
    said = {
        each: json.loads((tmp_path / f"{each}.json").read_text("utf-8")) for each in ("arrived", "findings", "results")
    }
    assert said["arrived"]["sha256"] == hashlib.sha256(files["sound"].read_bytes()).hexdigest()
    assert said["findings"]["key"] == said["arrived"]["key"]
    assert len(said["results"]["files"]) == 4
    assert (tmp_path / "register.csv").read_text("utf-8").count("\n") == 5


# -- with one that has no time -----------------------------------------------------------------------------------------
@pytest.fixture
def tiny() -> Iterator[TinyGateway]:
    with a_gateway() as gateway:
        yield gateway


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    path = tmp_path / NAME
    path.write_bytes(b"<CTfile/>")
    return path


def answers(gateway: TinyGateway, sent: Path, *statuses: int, wait: str = "7") -> None:
    """Let a gateway answer with statuses in turn, and then take the file."""
    told = iter(statuses)
    file = {"key": "k", "sha256": hashlib.sha256(sent.read_bytes()).hexdigest(), "stage": "applied", "report": [],
            "difference": None, "message": "Accepted: nobody."}  # fmt: skip
    gateway.files["/api/v1/returns/2026/files/k"] = json.dumps(file).encode()

    def next_answer() -> None:
        gateway.status = next(told, 201)
        gateway.headers = {"Retry-After": wait} if gateway.status in (429, 503) else {}
        gateway.answer = json.dumps(file if gateway.status == 201 else {"message": "Not now."}).encode()

    gateway.before_answer = next_answer


def root(gateway: TinyGateway) -> str:
    return gateway.address.removesuffix("/returns")


def test_it_waits_as_it_is_told_and_sends_the_same_with_the_same_key(
    run: Run, tiny: TinyGateway, sent: Path, waits: list[int]
) -> None:
    answers(tiny, sent, 429, 503)
    status, said = run(root(tiny), sent)
    assert (status, waits) == (0, [7, 7])
    assert said == (
        "It answered 429. Trying again in 7 seconds.\nIt answered 503. Trying again in 7 seconds.\nAccepted: nobody.\n"
    )
    assert tiny.keys == [hashlib.sha256(b"<CTfile/>").hexdigest()] * 3
    assert len(set(tiny.bodies)) == 1


def test_where_it_is_not_told_it_waits_longer_each_time_and_then_says_that_it_does_not_know(
    run: Run, tiny: TinyGateway, sent: Path, waits: list[int]
) -> None:
    answers(tiny, sent, *[500] * 9)
    status, said = run(root(tiny), sent)
    assert (status, waits) == (5, [2, 4, 8, 16, 32])
    assert said.endswith("It is not known whether it arrived. Run this again: it cannot count twice.\n")


def test_where_nobody_listens_it_does_not_know(run: Run, sent: Path, waits: list[int]) -> None:
    status, said = run("http://localhost:1", sent)
    assert (status, len(waits), "There was no answer" in said) == (5, 5, True)


def test_a_refusal_is_said_at_once(run: Run, tiny: TinyGateway, sent: Path, waits: list[int]) -> None:
    answers(tiny, sent, 409)
    assert run(root(tiny), sent) == (4, "409: Not now.\n")
    assert waits == []


def test_it_is_sent_nowhere_but_to_the_address_that_was_given(run: Run, tiny: TinyGateway, sent: Path) -> None:
    answers(tiny, sent, 302)
    status, _ = run(root(tiny), sent)
    assert status == 4
    assert tiny.asked == []


def test_what_arrived_and_is_not_what_was_sent_is_no_arrival(run: Run, tiny: TinyGateway, sent: Path) -> None:
    answers(tiny, sent)
    sent.write_bytes(b"<CTfile />")
    status, said = run(root(tiny), sent)
    assert (status, said) == (5, "What arrived is not what was sent. Run this again.\n")


@pytest.mark.parametrize(
    ("address", "said"),
    [("http://gateway.example", "must begin with https://"), ("ftp://gateway.example", "must begin with https://")],
)
def test_pupils_data_go_over_no_open_line(run: Run, sent: Path, address: str, said: str) -> None:
    status, told = run(address, sent)
    assert (status, said in told) == (2, True)


def test_a_file_that_is_not_there_is_said(run: Run, tmp_path: Path) -> None:
    status, said = run("https://gateway.example", tmp_path / "none.xml")
    assert (status, "cannot be read: No such file or directory" in said) == (2, True)


def test_without_a_token_it_says_where_one_comes_from(run: Run, sent: Path) -> None:
    status, said = run("https://gateway.example", sent, token="")
    assert (status, "makes a token at the gateway" in said) == (2, True)
