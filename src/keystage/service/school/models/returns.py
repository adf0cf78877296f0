"""A school's return for a collection year."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from django.db import models

from keystage.service.accounts.models import Organisation
from keystage.service.config.keys import new_key


class Stage(StrEnum):
    """How far a return has come, as far as people have moved it on. What is missing in it is worked out, not kept."""

    OPEN = "open"
    SENT = "sent"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    CLOSED = "closed"


MOVES: Mapping[Stage, frozenset[Stage]] = MappingProxyType(
    {
        Stage.OPEN: frozenset({Stage.SENT, Stage.CLOSED}),
        Stage.SENT: frozenset({Stage.SENT, Stage.ACCEPTED, Stage.RETURNED, Stage.OPEN, Stage.CLOSED}),
        Stage.ACCEPTED: frozenset({Stage.SENT, Stage.RETURNED, Stage.CLOSED}),
        Stage.RETURNED: frozenset({Stage.SENT, Stage.CLOSED}),
        Stage.CLOSED: frozenset({Stage.OPEN}),
    }
)
"""Which stage may follow which."""


class SchoolReturn(models.Model):
    """The return of one school for one collection year, and everything that belongs to it."""

    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="returns")
    year = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=7)
    """The DfE number that the return is made under."""
    stage = models.CharField(max_length=10, default=Stage.OPEN)
    version = models.PositiveIntegerField(default=0)
    """Goes up with every change of what the return says."""
    nil_reason = models.TextField(blank=True)
    """Why the school has no pupils to report; empty for a return with pupils."""
    register_name = models.CharField(max_length=200, blank=True)
    """The file the register was loaded from; empty where none was."""
    register_loaded_at = models.DateTimeField(null=True, blank=True)
    roll_loaded_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "year"], name="one_return_per_year")]

    def __str__(self) -> str:
        return f"{self.organisation} {self.year}"

    @property
    def is_closed(self) -> bool:
        """Whether the return can only be read."""
        return self.stage == Stage.CLOSED

    @property
    def has_register(self) -> bool:
        """Whether the expected pupils were loaded."""
        return self.register_loaded_at is not None
