"""Serving the web application from this process, on one machine."""

import logging
import socket

import waitress

_LARGEST = 200_000_000
"""Bytes of a request. Twice what the largest file may have: who sends a little too much is told in words."""


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens; with port 0, on any that is free.

    Raises:
        OSError: the address is taken or not this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family)


def address_of(listening: socket.socket, *, https: bool = False) -> str:
    """Return the address under which a browser on this machine finds the service."""
    host, port = listening.getsockname()[:2]
    # A passkey belongs to a name, never to a number.
    name = "localhost" if host in ("127.0.0.1", "::1") else f"[{host}]" if ":" in host else host
    return f"{'https' if https else 'http'}://{name}:{port}/"


def serve(listening: socket.socket, *, threads: int = 8, behind_a_proxy: bool = False) -> None:
    """Answer requests until the process is stopped.

    Behind a proxy, what it says of the visitor (``X-Forwarded-…``) is passed on; settings say how much of it counts.
    """
    from keystage.service.config.wsgi import application

    # That a request waited for a thread for a moment is no news for whoever runs it.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    waitress.serve(
        application,
        sockets=[listening],
        threads=threads,
        max_request_body_size=_LARGEST,
        ident="Keystage",
        clear_untrusted_proxy_headers=not behind_a_proxy,
    )
