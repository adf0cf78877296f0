"""Other pages of the agency about the same school: where an installation or a version has them, they are linked to."""

from django.urls import NoReverseMatch

from keystage.service.gateway.models import GatewayReturn
from keystage.service.gateway.views.visiting import CollectionVisit

_PAGES = (
    ("Register of expected pupils", "agency:register", "school"),
    ("Attendance registers", "agency:attendance", "school"),
    ("Extend the school’s date, or note its moderation", "agency:school", "school"),
    ("Help thread", "agency:help-thread", "key"),
)
"""What it is, the name of the page, and what its address calls the key of the return."""


def elsewhere(at: CollectionVisit, found: GatewayReturn) -> list[tuple[str, str]]:
    """Return the text and address of each page about a school's return."""
    pages = ((text, _address(at, name, **{key: found.key})) for text, name, key in _PAGES)
    return [(text, href) for text, href in pages if href]


def _address(at: CollectionVisit, name: str, **more: str) -> str:
    try:
        return at.to(name, **more)
    except NoReverseMatch:
        return ""
