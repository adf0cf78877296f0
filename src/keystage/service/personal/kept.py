"""What is kept, said in code: of each model, each field, of whom it says something, why, how long, and what then.

The record of processing (docs/personal-data.md) is made of it, and so are the copy for a pupil and the erasing of one:
what is not said here is in neither, and a test says so.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Model, QuerySet


class Keep(StrEnum):
    """How long something is kept: the settings are in :mod:`keystage.service.personal.periods`."""

    SCHOOL = "the school’s years"
    GATEWAY = "the gateway’s years"
    REFUSED = "the days of files that never counted"
    PREPARED = "the days of prepared results"
    INVITATION = "the days of past invitations and tokens"
    EMAIL = "the days of kept emails"
    JOB = "the days of finished jobs"
    SESSION = "until the session ends, 12 hours at most"
    EVENTS = "the years of the record’s words"
    ACCOUNT = "until the account is closed"
    ORGANISATION = "as long as the organisation is here"
    FOREVER = "always"
    STORE = "until the file is gone"


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept in one model.

    ``rows`` finds the rows that are of a pupil and of nobody else; ``mixed`` those in which others stand as well, of
    which only what is said of the pupil is given out or taken out. A field ``sha256`` among ``pupil`` is a file.
    """

    model: type[Model]
    words: str
    """What a row is called, for people."""
    why: str
    keep: Keep
    then: str
    """What happens when the time is over."""
    pupil: tuple[str, ...] = ()
    """The fields that say something of pupils."""
    people: tuple[str, ...] = ()
    """The fields that say something of people who use the service."""
    nothing: tuple[str, ...] = ()
    """The fields that say nothing of anybody by themselves."""
    rows: Callable[[Any], "QuerySet[Any]"] | None = None
    mixed: Callable[[Any], "QuerySet[Any]"] | None = None
    in_copy: bool = True
    """Whether it is part of the copy: not where pupils of other schools may stand, who cannot be told apart."""


def fields(text: str) -> tuple[str, ...]:
    """Return names that stand in a text, with spaces between."""
    return tuple(text.split())


def name_of(model: type[Model]) -> str:
    """Return the name of a model with its app: ``school.Pupil``."""
    return model._meta.label
