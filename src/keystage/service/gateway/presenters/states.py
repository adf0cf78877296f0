"""States and moments, as pages show them."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from types import MappingProxyType

from django.utils import timezone

from keystage.service.design.words import date_words, moment_words
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


def until_words(moment: datetime | None) -> str:
    """Return a last moment in words: ``the end of 26 June 2026`` where it is midnight in London."""
    if moment is None:
        return ""
    local = timezone.localtime(moment)
    if local.time() == time():
        return f"the end of {date_words(moment - timedelta(seconds=1))}"
    return moment_words(moment)
