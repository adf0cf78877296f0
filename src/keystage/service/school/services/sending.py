"""Sending a file to a gateway by HTTP.

One POST to the gateway's address, ``multipart/form-data`` with the file in the field ``file``, and the header
``Idempotency-Key``: the fingerprint of the return in the file; and ``Authorization: Bearer …`` where the school was
given a token. A gateway that has had the same key answers as it did then, so that a request whose answer was lost can
be sent again and counts once. It answers in JSON::

    {"receipt": "R-2026-000123", "status": "received" | "accepted", "message": "…"}

and, where it does not take the file, with a status of 400 to 499 and ``{"message": "…"}``. Every other answer, and
none, leaves it unknown whether the file arrived.
"""

import json
import secrets
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

_MOST = 1_000_000
"""Bytes of an answer that are read."""
_LATER = frozenset({408, 425, 429})
"""Refusals for the time being: the same file may be taken later."""
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Receipt:
    """The gateway has the file."""

    number: str
    is_accepted: bool
    """Whether the gateway has accepted it, and not just received it."""
    message: str
    raw: bytes
    """The whole answer, to be kept."""


class NotTaken(Exception):
    """The gateway answered that it does not take the file; the text is what it said."""


class Unknown(Exception):
    """It is not known whether the file arrived; the text says what happened. It can be sent again safely."""


def send(address: str, name: str, content: bytes, *, key: str, token: str = "", seconds: float = 30) -> Receipt:
    """Send a file, and return the receipt.

    Args:
        address: the gateway's, from the installation's settings.
        name: the file's name.
        content: the file.
        key: the same for the same return, so that sending again counts once.
        token: with which the gateway knows the school; empty where it asks for none.
        seconds: how long to wait.

    Raises:
        NotTaken: the gateway refused it, or the address is not one to send pupils' data to.
        Unknown: no answer, or none that can be understood.
    """
    if not is_safe(address):
        raise NotTaken("The address of the gateway must begin with https://. Nothing was sent.")
    try:
        with OPENER.open(_request(address, name, content, key, token), timeout=seconds) as answer:
            return _receipt(answer.read(_MOST))
    except HTTPError as refused:
        with refused:
            if 400 <= refused.code < 500 and refused.code not in _LATER:
                raise NotTaken(_message(refused.read(_MOST)) or f"It answered {refused.code}.") from None
            raise Unknown(f"It answered {refused.code}.") from None
    except TimeoutError:
        raise Unknown(f"There was no answer within {seconds:g} seconds.") from None
    except URLError as fault:
        if isinstance(fault.reason, TimeoutError):
            raise Unknown(f"There was no answer within {seconds:g} seconds.") from None
        raise Unknown("It could not be reached.") from None
    except (OSError, ValueError, HTTPException):
        raise Unknown("The connection broke off.") from None


def is_safe(address: str) -> bool:
    """Say whether pupils' data may go to an address: by https, or to this very machine."""
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOCAL)


class _NoRedirect(HTTPRedirectHandler):
    """A file of pupils' data goes to the address that was configured, and nowhere else."""

    def redirect_request(self, *_args: Any, **_kwargs: Any) -> None:
        return None


OPENER = build_opener(_NoRedirect)


def _request(address: str, name: str, content: bytes, key: str, token: str) -> Request:
    boundary = f"keystage-{secrets.token_hex(16)}"
    head = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
        "Content-Type: application/xml\r\n\r\n"
    )
    body = head.encode("ascii") + content + f"\r\n--{boundary}--\r\n".encode("ascii")
    headers = {
        "Content-Type": f"multipart/form-data; boundary={boundary}",
        "Accept": "application/json",
        "Idempotency-Key": key,
    }
    if token:
        headers["Authorization"] = f"Bearer {token}"
    return Request(address, data=body, headers=headers, method="POST")  # noqa: S310 - the scheme was looked at


def _receipt(raw: bytes) -> Receipt:
    answer = _json(raw)
    number = answer.get("receipt")
    if not isinstance(number, str) or not number:
        raise Unknown("It answered, but gave no receipt.")
    return Receipt(_storable(number)[:100], answer.get("status") == "accepted", _words(answer), raw)


def _message(raw: bytes) -> str:
    return _words(_json(raw))


def _words(answer: dict[str, Any]) -> str:
    message = answer.get("message")
    return _storable(message)[:2000] if isinstance(message, str) else ""


def _storable(text: str) -> str:
    """Return a text without what no database takes: its words must not keep us from noting that it has the file."""
    return text.encode("utf-8", "replace").decode().replace("\0", "")


def _json(raw: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(raw)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}
