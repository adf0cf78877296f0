"""Files that the browser saves."""

from django.http import HttpResponse


def plain(name: str) -> str:
    """Return the name of a file as it can stand in a header."""
    return "".join(each if each.isascii() and each not in '"\\' and each.isprintable() else "_" for each in name)


def attachment(name: str, content: bytes, kind: str) -> HttpResponse:
    """Return a file that the browser saves and does not show."""
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{plain(name)}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
