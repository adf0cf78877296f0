"""States and stages, as every page shows them: the same words and colours for whoever looks."""

from collections.abc import Mapping
from types import MappingProxyType

from keystage.service.gateway.models import Stage, State

DONE = frozenset({State.ACCEPTED, State.ACCEPTED_WITH_QUERIES})
"""States in which a return counts."""
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
        Stage.IN_ERROR: "red",
        Stage.TO_ANSWER: "yellow",
        Stage.TO_CONFIRM: "yellow",
        Stage.APPLIED: "green",
        Stage.SET_ASIDE: "grey",
    }
)
"""The colours of the tags of states and stages; the words say the same without them."""
_STAGES: Mapping[Stage, str] = MappingProxyType(
    {
        Stage.RECEIVED: "being checked",
        Stage.UNREADABLE: "could not be read",
        Stage.IN_ERROR: "errors to put right",
        Stage.TO_ANSWER: "queries to answer",
        Stage.TO_CONFIRM: "changes to confirm",
        Stage.APPLIED: "accepted",
        Stage.SET_ASIDE: "set aside",
    }
)


def capital(text: str) -> str:
    """Return a text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def stage_words(stage: str) -> str:
    """Return a file's stage in words: ``errors to put right``."""
    return _STAGES[Stage(stage)]
