"""A file of the year, found by its key, and files that the browser saves."""

from django.http import Http404, HttpResponse

from keystage.service.school.models import Export
from keystage.service.school.views.visiting import YearVisit


def export_of(at: YearVisit, key: str) -> Export:
    """Return a file of the year, or say that there is no such page."""
    found = (
        Export.objects.filter(school_return=at.school_return, key=key)
        .select_related("file", "made_by", "sent_by", "receipt", "school_return__organisation")
        .first()
    )
    if found is None:
        raise Http404
    return found


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
