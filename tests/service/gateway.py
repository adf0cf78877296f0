"""A tiny gateway on this machine, that answers as it is told and keeps what it got."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer


@dataclass
class TinyGateway:
    """What it answers, and what it was sent."""

    address: str = ""
    status: int = 200
    answer: bytes = b'{"receipt": "R-2026-000123", "status": "received", "message": "Received: 3 pupils."}'
    before_answer: Callable[[], None] = lambda: None
    keys: list[str] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    """What it gives for a path; anything else is answered as a file that was sent."""
    asked: list[tuple[str, str]] = field(default_factory=list)
    """The paths that were asked for, each with what it was asked with."""

    def says(self, code: int, /, **words: str) -> None:
        """Answer so from now on."""
        self.status, self.answer = code, json.dumps(words).encode()


@contextmanager
def a_gateway() -> Iterator[TinyGateway]:
    """Run one on a free port until the end of the block."""
    gateway = TinyGateway()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            gateway.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
            gateway.keys.append(self.headers["Idempotency-Key"])
            gateway.before_answer()
            self.send_response(gateway.status)
            for name, value in gateway.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(gateway.answer)))
            self.end_headers()
            self.wfile.write(gateway.answer)

        def do_GET(self) -> None:
            gateway.asked.append((self.path, self.headers["Authorization"] or ""))
            found = gateway.files.get(self.path)
            content = gateway.answer if found is None else found
            self.send_response(gateway.status if found is None else 200)
            for name, value in gateway.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_args: object) -> None:
            pass

        def handle_one_request(self) -> None:
            try:
                super().handle_one_request()
            except OSError:
                self.close_connection = True  # the sender did not wait

    server = HTTPServer(("127.0.0.1", 0), Handler)
    gateway.address = f"http://127.0.0.1:{server.server_address[1]}/returns"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield gateway
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
