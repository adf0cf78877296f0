"""Requests that are far too large are refused before any of them is read."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from keystage.ctf.limits import LIMITS, too_large

LARGEST = LIMITS.size
"""Bytes of the largest file of a school that is taken."""
_AROUND = 100_000
"""Bytes of a request around its file."""

_Page = Callable[..., HttpResponseBase]


def small_enough(page: _Page) -> _Page:
    """Refuse a file that is far too large before any of it is read; what is small enough is protected as ever.

    The outermost decorator of a view: whoever checks the form's token has read the request, so that is done behind it.
    """
    protected = csrf_protect(page)

    @csrf_exempt
    @wraps(page)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        size = int(request.META.get("CONTENT_LENGTH") or 0)
        if request.method == "POST" and size > LARGEST + _AROUND:
            return render(request, "design/too_large.html", {"refused": too_large(size)}, status=413)
        return protected(request, *args, **kwargs)

    return guarded
