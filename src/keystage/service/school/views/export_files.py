"""A file of the year, found by its key."""

from django.http import Http404

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
