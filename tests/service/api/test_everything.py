"""Everything that the description allows and much that it does not, asked of the running service.

First by schemathesis, with all of its checks; ``make soak`` does the same for longer. Then byte by byte: what no proper
program sends is never our fault, and nothing of it is kept by half.
"""

import sqlite3
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from service.api.everything import Asked, ask_everything
from service.api.raw import FILES, Answer, ask, chunked, form, part, request
from service.made import YEAR
from service.running import Server, a_server

OPERATIONS = {
    "GET /api/v1/returns/{year}/expected": {200, 401, 404, 405, 422},
    "GET /api/v1/returns/{year}/files": {200, 401, 404},
    "GET /api/v1/returns/{year}/files/{key}": {200, 401, 404, 405},
    "GET /api/v1/returns/{year}/receipts/{number}": {200, 401, 404, 405},
    "GET /api/v1/returns/{year}/results": {200, 401, 404, 405},
    "GET /api/v1/returns/{year}/results/{key}": {200, 401, 404, 405},
    "POST /api/v1/returns/{year}/files": {200, 201, 401, 404, 405, 415, 422},
    "POST /api/v1/returns/{year}/files/{key}/answers": {401, 404, 405, 409, 415, 422},
    "POST /api/v1/returns/{year}/files/{key}/confirm": {200, 401, 404, 405, 415, 422},
}
"""What a short run must have been answered with, so that it is known to have asked something."""


@pytest.fixture(scope="module")
def running(empty_installation: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A service behind a proxy, which the program that asks stands for."""
    with a_server(tmp_path_factory.mktemp("server"), empty_installation, KEYSTAGE_PROXIES="1") as server:
        yield server


@pytest.fixture(scope="module")
def seeded(running: Server) -> dict[str, Any]:
    said: dict[str, Any] = running.seed("service.api.everything_seeds:everything")
    return said


@pytest.fixture(scope="module")
def asked(running: Server, seeded: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Asked:
    return ask_everything(running, seeded, tmp_path_factory.mktemp("run"), examples=4, seed=1)


def test_every_answer_is_as_the_description_says(asked: Asked) -> None:
    assert asked.is_right, asked.said
    assert asked.failures == {}


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_operation_was_done_and_was_refused(asked: Asked, operation: str) -> None:
    assert asked.of(operation).keys() >= OPERATIONS[operation]


def test_no_other_operation_is_described(asked: Asked) -> None:
    assert {name for name, _, _ in asked.statuses} == OPERATIONS.keys()


# -- byte by byte ------------------------------------------------------------------------------------------------------
CONTENT = b"<CTfile>" + b" " * 3000
JSON = "application/json"
BODY = f"/api/v1/returns/{YEAR}/files/nothing/confirm"


def sent_as(content: bytes, **how: str) -> dict[str, Any]:
    return {"body": form(content, **how)}


REFUSED: dict[str, tuple[int, dict[str, Any]]] = {
    "cut off in the file": (422, {"body": part(CONTENT)[:-900]}),
    "cut off before the last delimiter": (422, {"body": part(CONTENT)}),
    "longer than it says": (422, {"body": form(CONTENT), "length": 300}),
    "shorter than it says": (0, {"body": form(CONTENT), "length": 90_000}),
    "a length below nothing": (400, {"body": form(CONTENT), "length": -5}),
    "a length in words": (400, {"body": form(CONTENT), "length": "many"}),
    "two lengths": (400, {"body": form(CONTENT), "more": b"Content-Length: 5\r\n"}),
    "no length": (422, {"body": form(CONTENT), "length": None}),
    "a length beyond all": (413, {"body": form(CONTENT), "length": 10**30}),
    "chunks that are none": (
        400, {"body": b"zz\r\n" + chunked(form(CONTENT)), "length": None, "more": b"Transfer-Encoding: chunked\r\n"},
    ),
    "chunks cut off": (
        0, {"body": chunked(form(CONTENT))[:300], "length": None, "more": b"Transfer-Encoding: chunked\r\n"},
    ),
    "an encoding that is not known": (501, {"body": form(CONTENT), "more": b"Transfer-Encoding: gzip\r\n"}),
    "no boundary": (400, {"body": form(CONTENT), "kind": "multipart/form-data"}),
    "a boundary without end": (400, {"body": form(CONTENT), "kind": f"multipart/form-data; boundary={'b' * 5000}"}),
    "a boundary of odd letters": (400, {"body": form(CONTENT), "kind": "multipart/form-data; boundary=\xe9"}),
    "NUL in the field's name": (422, sent_as(CONTENT, disposition='form-data; name="fi\0le"; filename="a.xml"')),
    "no file name": (422, sent_as(CONTENT, disposition='form-data; name="file"')),
    "an empty file name": (422, sent_as(CONTENT, disposition='form-data; name="file"; filename=""')),
    "a file name of dots": (422, sent_as(CONTENT, disposition='form-data; name="file"; filename=".."')),
    "base64 that is none": (400, sent_as(b"!!!", more="Content-Transfer-Encoding: base64\r\n")),
    "a field too large to hold": (413, sent_as(b"x" * 10_100_000, disposition='form-data; name="other"')),
    "fields without end": (400, {"body": part(b"", disposition='form-data; name="o"') * 25_001 + form(CONTENT)}),
    "files without end": (400, {"body": part(b"") * 101 + form(CONTENT)}),
    "a header too large to hold": (431, {"body": form(CONTENT), "more": b"X-A: " + b"a" * 300_000 + b"\r\n"}),
    "a key of odd bytes": (422, {"body": form(CONTENT), "more": b"Idempotency-Key: \xff\xfe\xe9\r\n"}),
    "a key with NUL": (400, {"body": form(CONTENT), "more": b"Idempotency-Key: a\0b\r\n"}),
    "a key without end": (422, {"body": form(CONTENT), "more": b"Idempotency-Key: " + b"a" * 5000 + b"\r\n"}),
    "lists without end": (400, {"body": b'{"held":' + b"[" * 100_000, "path": BODY, "kind": JSON}),
    "objects in objects": (400, {"body": b'{"a":' * 5000 + b"1" + b"}" * 5000, "path": BODY, "kind": JSON}),
    "letters that are not UTF-8": (400, {"body": b'{"held":"\xe9"}', "path": BODY, "kind": f"{JSON}; charset=latin-1"}),
    "a number that is none": (422, {"body": b'{"held":NaN}', "path": BODY, "kind": JSON}),
    "a number without end": (400, {"body": b'{"held":' + b"9" * 100_000 + b"}", "path": BODY, "kind": JSON}),
    "JSON too large to hold": (413, {"body": b'{"held":"' + b"a" * 10_100_000 + b'"}', "path": BODY, "kind": JSON}),
    "JSON that is called a form": (415, {"body": b"held=a", "path": BODY, "kind": "application/x-www-form-urlencoded"}),
    "JSON that is called nothing": (415, {"body": b'{"held":"a"}', "path": BODY, "kind": ""}),
    "a file that is no form": (415, {"body": CONTENT, "kind": "application/xml"}),
    "an address of odd bytes": (400, {"body": form(CONTENT), "path": f"{FILES}/\xff\xfe"}),
    "an address with NUL": (400, {"body": form(CONTENT), "path": f"{FILES}%00"}),
    "an address without end": (404, {"body": form(CONTENT), "path": f"/api/v1/{'a' * 100_000}"}),
    "a year without end": (404, {"body": form(CONTENT), "path": f"/api/v1/returns/{'9' * 5000}/files"}),
    "a year that no database holds": (404, {"body": form(CONTENT), "path": f"/api/v1/returns/{'9' * 30}/files"}),
}  # fmt: skip
"""What is sent, and with which status it is refused; 0 where the connection is closed, as the rest never comes."""

TAKEN: dict[str, dict[str, Any]] = {
    "NUL in the file's name": sent_as(CONTENT + b"1", disposition='form-data; name="file"; filename="a\0.xml"'),
    "a file name in a code that is none": sent_as(
        CONTENT + b"2", disposition="form-data; name=\"file\"; filename*=hex''%ff%00"
    ),
    "a part in a code that is none": sent_as(CONTENT + b"3", more="Content-Type: text/xml; charset=hex\r\n"),
    "chunks": {
        "body": chunked(form(CONTENT + b"4")), "length": None, "more": b"Transfer-Encoding: chunked\r\n",
    },
    "a sender that waits to be asked": {"body": form(CONTENT + b"5"), "more": b"Expect: 100-continue\r\n"},
}  # fmt: skip
CODES = ("hex", "rot13", "undefined", "idna", "punycode", "utf-16", "zlib", "mbcs", "nope", "\xff")


@pytest.fixture(scope="module")
def token(seeded: dict[str, Any]) -> str:
    return str(seeded["tokens"][0])


def kept(server: Server) -> tuple[int, ...]:
    """Return how many rows there are of files and of what was done with them."""
    connection = sqlite3.connect(server.data / "keystage.sqlite3")
    tables = ("gateway_submission", "gateway_receivedfile", "gateway_queryanswer", "events_event")
    try:
        counted = [connection.execute(f"SELECT count(*) FROM {each}").fetchone()[0] for each in tables]  # noqa: S608
    finally:
        connection.close()
    return tuple(counted)


def is_said(answer: Answer) -> bool:
    """Say whether a refusal is in JSON; what is no HTTP never reaches Keystage, and is refused in a line of text."""
    return answer.kind == "application/json" and bool(answer.message)


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_broken_is_refused_and_nothing_of_it_is_kept(running: Server, token: str, what: str) -> None:
    status, sent = REFUSED[what]
    before = kept(running)
    answer = ask(running, request(token, **sent))
    assert (answer.status, kept(running)) == (status, before), answer
    assert is_said(answer) or answer.status in (0, 400, 413, 431, 501)


@pytest.mark.parametrize("what", TAKEN)
def test_what_is_odd_and_whole_is_kept_once(running: Server, token: str, what: str) -> None:
    submissions, files, *_ = kept(running)
    statuses = [ask(running, request(token, **TAKEN[what])).status for _ in range(2)]
    assert statuses == [201, 200]
    assert kept(running)[:2] == (submissions + 1, files + 1)


@pytest.mark.parametrize("code", CODES)
def test_a_code_of_letters_that_is_none_is_never_our_fault(running: Server, token: str, code: str) -> None:
    kind = f"multipart/form-data; boundary=kept-apart; charset={code}"
    named = form(CONTENT, disposition='form-data; name="file"; filename="\xe9.xml"')
    assert ask(running, request(token, named, kind=kind)).status in (200, 201, 400, 422)


def test_a_token_of_odd_bytes_is_no_token(running: Server) -> None:
    statuses = [ask(running, request(each, form(CONTENT))).status for each in ("\xff\xfe", "k" * 60_000, "a\0b")]
    assert statuses == [401, 401, 400]


@pytest.mark.parametrize("passed_on", [b"no address", b"\xff\xfe", b"10.0.1", b", ,"])
def test_a_proxy_that_passes_on_no_address_makes_no_fault_of_a_wrong_token(running: Server, passed_on: bytes) -> None:
    sent = request("ks_wrong", form(CONTENT), more=b"X-Forwarded-For: " + passed_on + b"\r\n")
    assert ask(running, sent).status == 401


def test_it_still_works_after_all_that(running: Server, seeded: dict[str, Any], token: str) -> None:
    sound = b64decode(seeded["files"]["sound"]) + b"<!-- the last -->"
    assert ask(running, request(token, form(sound))).status == 201
    assert "Internal Server Error" not in running.log()
