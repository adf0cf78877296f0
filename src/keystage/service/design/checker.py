"""The page that checks files in the browser, and its parts: for everybody, and nothing of any visit is in it.

The browser keeps the page for when there is no network, so it is the same whoever asks. It alone may run WebAssembly;
the policy is given with every part, as a worker has the policy of its own script.
"""

import gzip
from functools import cache
from pathlib import Path

from csp.constants import NONE, SELF
from csp.decorators import csp
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import condition, require_safe

PARTS = Path(__file__).resolve().parent / "static/keystage/check"
"""What ``frontend/build_checker.py`` makes."""

POLICY = {
    "default-src": [NONE],
    "script-src": [SELF, "'wasm-unsafe-eval'"],
    "worker-src": [SELF],
    "connect-src": [SELF],
    "style-src": [SELF],
    "img-src": [SELF],
    "base-uri": [NONE],
    "form-action": [NONE],
    "frame-ancestors": [NONE],
}
_TYPES = {".js": "text/javascript", ".mjs": "text/javascript", ".txt": "text/plain"}
_REVALIDATED = "public, no-cache"
"""The browser asks each time whether there is a newer one; what it keeps for later is up to the page's own script."""


@require_safe
@csp({**POLICY})
def page(_request: HttpRequest) -> HttpResponse:
    """Show the page."""
    # Without the request: what a visit would add to a page must not be kept by a browser that others use.
    html = render_to_string("design/checker.html", {"served": True})
    return HttpResponse(html, headers={"Cache-Control": _REVALIDATED})


def _tag(_request: HttpRequest, name: str) -> str | None:
    path = _part(name)
    if path is None:
        return None
    about = path.stat()
    return f'"{about.st_mtime_ns:x}-{about.st_size:x}"'


@require_safe
@csp({**POLICY})  # type: ignore[arg-type]  # it takes views with more than a request
@condition(etag_func=_tag)
def part(request: HttpRequest, name: str) -> HttpResponseBase:
    """Send a part of the page: a script, Python, the core."""
    path = _part(name)
    if path is None:
        raise Http404
    kind = _TYPES.get(path.suffix)
    headers = {"Cache-Control": _REVALIDATED}
    if kind is None:
        return FileResponse(path.open("rb"), content_type="application/octet-stream", headers=headers)
    return _text(request, path, kind, headers)


def _text(request: HttpRequest, path: Path, kind: str, headers: dict[str, str]) -> HttpResponse:
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        content = _packed(path, path.stat().st_mtime_ns)
        headers = {**headers, "Content-Encoding": "gzip"}
    else:
        content = path.read_bytes()
    response = HttpResponse(content, content_type=f"{kind}; charset=utf-8", headers=headers)
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


@cache
def _packed(path: Path, _made: int) -> bytes:
    return gzip.compress(path.read_bytes(), 6, mtime=0)


def _part(name: str) -> Path | None:
    """Return the file of a part; None where there is none of that name."""
    path = PARTS / name
    return path if path.parent == PARTS and path.is_file() else None
