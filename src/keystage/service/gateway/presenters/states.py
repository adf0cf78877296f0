"""States, as pages show them."""

from collections.abc import Mapping
from types import MappingProxyType

from keystage.service.gateway.models import Stage, State

COLOURS: Mapping[str, str] = MappingProxyType(
    {
        State.NOT_STARTED: "grey",
        State.INCOMPLETE: "yellow",
        State.IN_ERROR: "red",
        State.ACCEPTED_WITH_QUERIES: "teal",
        State.ACCEPTED: "green",
        State.REMOVED: "orange",
        Stage.RECEIVED: "grey",
        Stage.UNREADABLE: "red",
        Stage.TO_ANSWER: "yellow",
        Stage.TO_CONFIRM: "yellow",
        Stage.APPLIED: "green",
        Stage.SET_ASIDE: "grey",
    }
)
"""The colours of the tags of states and stages; the words say the same without them."""

_STAGES = {Stage.APPLIED: "accepted", Stage.UNREADABLE: "could not be read"}


def capital(text: str) -> str:
    """Return a text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def stage_words(stage: str) -> str:
    """Return a file's stage in the words of a page: ``Accepted``, ``In error``."""
    return capital(str(_STAGES.get(Stage(stage), Stage(stage))))
