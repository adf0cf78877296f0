"""Fetching results from a gateway by HTTP, where one is set up: its list of results first, then one file of them.

The list lies beside the address that returns are sent to: ``…/returns/2026/files`` takes returns, and
``…/returns/2026/results`` lists what was released. The token goes to that address and nowhere else.
"""

import hashlib
import json
from collections.abc import Mapping
from http.client import HTTPException
from typing import Any, NamedTuple
from urllib.error import HTTPError, URLError
from urllib.request import Request

from keystage.ctf.limits import LIMITS
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.school.services.sending import OPENER, is_safe

_WANTED = ("ctf-ta", "ctf", "csv")
"""The kinds of file that can be imported, the best first: it holds the teacher assessments that came back."""
_MOST = 1_000_000
"""Bytes of a list that are read."""


class Fetched(NamedTuple):
    """A file of results as the gateway gave it."""

    name: str
    content: bytes


def results_address(files_address: str) -> str:
    """Return where a gateway lists results; empty where the address for files does not tell."""
    head, slash, last = files_address.rstrip("/").rpartition("/")
    return f"{head}/results" if slash and last == "files" else ""


def fetch(address: str, *, token: str = "", seconds: float = 30) -> Fetched:
    """Fetch the latest results that were released for the school.

    Args:
        address: where the gateway lists them: see :func:`results_address`.
        token: with which the gateway knows the school.
        seconds: how long to wait for each answer.

    Raises:
        NotAllowedNow: there are none yet, they cannot be had, or what came is not what was listed.
    """
    if not address or not is_safe(address):
        raise NotAllowedNow("No gateway is set up here that gives out results. Download the file there and import it.")
    found = _best(_json(_get(address, token, seconds, _MOST)))
    key, name = str(found.get("key", "")), str(found.get("name", ""))
    if not (key.isascii() and key.isalnum()):
        raise NotAllowedNow(
            "The gateway’s list of results cannot be understood. Download the file there and import it."
        )
    content = _get(f"{address}/{key}", token, seconds, LIMITS.size + 1)
    if hashlib.sha256(content).hexdigest() != found.get("sha256"):
        raise NotAllowedNow("The file did not arrive as the gateway has it. Fetch it again.")
    return Fetched(name.replace("/", "_").replace("\0", "")[-200:] or "results", content)


def _best(answer: Mapping[str, Any]) -> Mapping[str, Any]:
    listed = answer.get("files")
    files = [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
    files = [each for each in files if each.get("kind") in _WANTED and isinstance(each.get("release"), int)]
    if not files:
        raise NotAllowedNow("The gateway has no results for this school yet.")
    return max(files, key=lambda each: (each["release"], -_WANTED.index(each["kind"])))


def _get(address: str, token: str, seconds: float, most: int) -> bytes:
    headers = {"Accept": "*/*", **({"Authorization": f"Bearer {token}"} if token else {})}
    request = Request(address, headers=headers)  # noqa: S310 - the scheme was looked at
    try:
        with OPENER.open(request, timeout=seconds) as answer:
            content: bytes = answer.read(most)
    except HTTPError as refused:
        with refused:
            said = _json(refused.read(_MOST)).get("message")
        words = said[:500] if isinstance(said, str) and said else f"It answered {refused.code}."
        raise NotAllowedNow(f"The gateway did not give the results. It said: {words}") from None
    except (URLError, OSError, ValueError, HTTPException):
        raise NotAllowedNow("The gateway could not be reached, so nothing was fetched. Try again later.") from None
    return content


def _json(raw: bytes) -> Mapping[str, Any]:
    try:
        answer = json.loads(raw)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}
