"""Serving the web application."""

import socket
from urllib.parse import urlsplit

from service.running import Server


def test_a_body_that_no_page_takes_is_refused_before_it_is_sent(server: Server) -> None:
    address = urlsplit(server.address)
    with socket.create_connection((address.hostname, address.port), timeout=10) as asking:
        asking.sendall(
            b"POST /account/sign-in/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=b\r\n"
            b"Content-Length: 900000000\r\n\r\n"
        )
        asking.settimeout(10)
        assert asking.recv(1_000).startswith(b"HTTP/1.1 413 ")
