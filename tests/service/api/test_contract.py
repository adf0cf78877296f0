"""The school's own sending client and the real gateway, by HTTP: what one sends the other understands."""

import socket
import sqlite3
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from keystage.service.school.services.sending import NotTaken, Receipt, Unknown, send
from service.made import YEAR
from service.running import Server

ADDRESS = "api/v1/returns/{year}/files"


@dataclass
class School:
    """A school with a token and a file, and the gateway's database to look into."""

    server: Server
    number: str
    token: str
    name: str
    key: str
    content: bytes
    short: bytes
    """The file without its last pupil."""

    @property
    def address(self) -> str:
        return self.server.address + ADDRESS.format(year=YEAR)

    def send(self, content: bytes | None = None, **other: Any) -> Receipt:
        asked = {"key": self.key, "token": self.token, **other}
        return send(self.address, self.name, content or self.content, **asked)

    def rows(self, columns: str) -> list[Any]:
        """Return columns of the school's submissions."""
        connection = sqlite3.connect(self.server.data / "keystage.sqlite3")
        try:
            return connection.execute(
                f"SELECT {columns} FROM gateway_submission s JOIN gateway_gatewayreturn r ON r.id = s.gateway_return_id"  # noqa: S608
                " LEFT JOIN gateway_receipt t ON t.submission_id = s.id WHERE r.number = ?",
                [self.number],
            ).fetchall()
        finally:
            connection.close()


@pytest.fixture(scope="module")
def seeded(server: Server) -> Iterator[School]:
    made = server.seed("service.api.seeds:schools", count=8)
    contents = [{name: b64decode(each[name]) for name in ("content", "short")} for each in made]
    return iter([School(server, **{**each, **bytes_}) for each, bytes_ in zip(made, contents, strict=True)])


@pytest.fixture
def school(seeded: Iterator[School]) -> School:
    return next(seeded)


def test_a_sound_return_is_accepted_and_the_school_has_its_receipt(school: School) -> None:
    receipt = school.send()
    assert receipt.is_accepted
    assert receipt.message.startswith("Accepted: 3 pupils.")
    assert school.rows("t.number") == [(receipt.number,)]


def test_the_key_that_the_school_sends_is_what_the_gateway_finds_in_the_file(school: School) -> None:
    school.send()
    assert school.rows("s.fingerprint, s.idempotency_key") == [(school.key, school.key)]


def test_sent_again_it_is_the_same_and_so_is_a_file_made_anew_of_the_same_return(school: School) -> None:
    first = school.send()
    assert school.send() == first
    assert school.send(school.content.replace(b"<CTfile>", b"<CTfile> ", 1)).number == first.number
    assert len(school.rows("s.key")) == 1


def test_a_return_with_errors_is_received_and_says_what_to_do(school: School) -> None:
    receipt = school.send(school.short, key="of the short one")
    assert not receipt.is_accepted
    assert receipt.number.startswith(f"F-{YEAR}-")
    assert "with 1 error: nothing counts of it" in receipt.message


def test_without_a_token_it_is_not_taken_and_the_school_is_told_why(school: School) -> None:
    with pytest.raises(NotTaken, match="Send a valid token"):
        school.send(token="")
    assert school.rows("s.key") == []


def test_a_collection_that_is_not_there_is_said_in_words(school: School) -> None:
    address = school.address.replace(str(YEAR), "2022")
    with pytest.raises(NotTaken, match="There is no such thing here"):
        send(address, school.name, school.content, key=school.key, token=school.token)


def test_a_school_that_asks_too_often_does_not_know_and_can_send_again(school: School) -> None:
    said = []
    for _ in range(300):
        try:
            school.send(token="ks_wrong")  # noqa: S106
        except NotTaken:
            pass
        except Unknown as unknown:
            said.append(str(unknown))
            break
    assert said == ["It answered 429."]
    assert school.send().is_accepted, "who has a right token is not kept out"


def test_a_connection_that_breaks_after_the_file_arrived_is_safe_to_try_again(school: School) -> None:
    name, content = school.name, school.content
    host, port = school.address.split("/")[2].split(":")
    body = b"".join(
        [
            b'--b\r\nContent-Disposition: form-data; name="file"; filename="' + name.encode() + b'"\r\n\r\n',
            *(content, b"\r\n--b--\r\n"),
        ]
    )
    head = (
        f"POST /api/v1/returns/{YEAR}/files HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {school.token}\r\n"
        f"Idempotency-Key: {school.key}\r\nContent-Type: multipart/form-data; boundary=b\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    with socket.create_connection((host, int(port))) as connection:
        connection.sendall(head.encode() + body)  # and never reads the answer
    assert school.send().is_accepted
    assert len(school.rows("s.key")) == 1
