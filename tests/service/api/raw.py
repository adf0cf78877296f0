"""Requests as bytes, put together by hand: what no proper program sends."""

import json
import socket
from dataclasses import dataclass
from http.client import HTTPResponse
from io import BytesIO
from typing import cast

from service.running import Server

FILES = "/api/v1/returns/2026/files"
"""Where files are sent, in the year that the seeds have."""
BOUNDARY = "kept-apart"
WHOLE = object()
"""The length of the body as it is."""


@dataclass(frozen=True)
class Answer:
    """What came back: a status, 0 where the connection was closed without one; the kind and the body."""

    status: int
    kind: str = ""
    body: bytes = b""

    @property
    def message(self) -> str:
        """What a program is told."""
        return str(json.loads(self.body)["message"])


def part(content: bytes, *, disposition: str = 'form-data; name="file"; filename="a.xml"', more: str = "") -> bytes:
    """Return one part of a multipart body, with its delimiter before it."""
    head = f"--{BOUNDARY}\r\nContent-Disposition: {disposition}\r\n{more}\r\n"
    return head.encode("latin-1") + content + b"\r\n"


def form(content: bytes, **how: str) -> bytes:
    """Return a whole multipart body with one part."""
    return part(content, **how) + f"--{BOUNDARY}--\r\n".encode()


def request(
    token: str,
    body: bytes,
    *,
    path: str = FILES,
    kind: str = f"multipart/form-data; boundary={BOUNDARY}",
    length: object = WHOLE,
    more: bytes = b"",
) -> bytes:
    """Return a POST; ``length`` is what its head says of the body, None for nothing."""
    lines = [f"POST {path} HTTP/1.1", "Host: localhost", "Connection: close", f"Authorization: Bearer {token}"]
    lines += [f"Content-Type: {kind}"] if kind else []
    lines += [f"Content-Length: {len(body) if length is WHOLE else length}"] if length is not None else []
    return "\r\n".join(lines).encode("latin-1") + b"\r\n" + more + b"\r\n" + body


def chunked(body: bytes, size: int = 100) -> bytes:
    """Return a body in chunks."""
    pieces = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(each), each) for each in pieces) + b"0\r\n\r\n"


def ask(server: Server, sent: bytes, *, seconds: float = 20) -> Answer:
    """Send bytes, say that there are no more, and read until the server closes."""
    got = b""
    with socket.create_connection(("127.0.0.1", server.port), timeout=seconds) as connection:
        try:
            connection.sendall(sent)
            connection.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # it has answered and closed before it had read all
        try:
            while piece := connection.recv(65536):
                got += piece
        except ConnectionResetError:
            pass
    return _answer(got)


class _Got:
    """Bytes that came, as the standard library reads an answer from a socket."""

    def __init__(self, got: bytes) -> None:
        self.got = got

    def makefile(self, *_: object, **__: object) -> BytesIO:
        return BytesIO(self.got)


def _answer(got: bytes) -> Answer:
    if not got:
        return Answer(0)
    read = HTTPResponse(cast(socket.socket, _Got(got)))
    read.begin()
    return Answer(read.status, read.headers.get_content_type(), read.read())
