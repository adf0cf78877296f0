"""The other pages of the agency about the same school."""

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
    return [(text, at.to(name, **{key: found.key})) for text, name, key in _PAGES]
