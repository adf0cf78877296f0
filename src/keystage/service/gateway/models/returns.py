"""A school's return as the gateway holds it, and what has become of it."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from django.db import models

from keystage.service.accounts.models import Organisation, Person
from keystage.service.config.keys import new_key
from keystage.service.gateway.models.collections import Collection


class State(StrEnum):
    """A return's state, in the words that everybody is shown."""

    NOT_STARTED = "not started"
    """No file has come, or what came was set aside."""
    INCOMPLETE = "incomplete"
    """Something has come and does not count yet, or what counts would not be accepted as the register stands now."""
    IN_ERROR = "in error"
    """The latest file has errors or cannot be read, and nothing counts."""
    ACCEPTED_WITH_QUERIES = "accepted with queries"
    """It counts, and queries were answered with notes."""
    ACCEPTED = "accepted"
    """It counts, and nothing was asked."""
    REMOVED = "removed"
    """What had counted was taken out again."""


_S = State
MOVES: Mapping[State, frozenset[State]] = MappingProxyType(
    {
        _S.NOT_STARTED: frozenset({_S.INCOMPLETE, _S.IN_ERROR, _S.ACCEPTED_WITH_QUERIES, _S.ACCEPTED}),
        _S.INCOMPLETE: frozenset({_S.IN_ERROR, _S.ACCEPTED_WITH_QUERIES, _S.ACCEPTED, _S.REMOVED, _S.NOT_STARTED}),
        _S.IN_ERROR: frozenset({_S.INCOMPLETE, _S.ACCEPTED_WITH_QUERIES, _S.ACCEPTED, _S.NOT_STARTED}),
        _S.ACCEPTED_WITH_QUERIES: frozenset({_S.INCOMPLETE, _S.ACCEPTED, _S.REMOVED, _S.NOT_STARTED}),
        _S.ACCEPTED: frozenset({_S.INCOMPLETE, _S.IN_ERROR, _S.ACCEPTED_WITH_QUERIES, _S.REMOVED, _S.NOT_STARTED}),
        _S.REMOVED: frozenset({_S.INCOMPLETE, _S.IN_ERROR, _S.ACCEPTED_WITH_QUERIES, _S.ACCEPTED}),
    }
)
"""Which state may follow which. Taking back a nil return leads from “accepted” to “not started” or “in error”."""


class GatewayReturn(models.Model):
    """The return of one school in one collection, as the gateway holds it."""

    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    collection = models.ForeignKey(Collection, on_delete=models.PROTECT, related_name="returns")
    school = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="gateway_returns")
    number = models.CharField(max_length=7)
    """The DfE number under which the school returns."""
    authority_number = models.CharField(max_length=3)
    # -- dates of its own
    extended_until = models.DateTimeField(null=True, blank=True)
    extension_reason = models.CharField(max_length=300, blank=True)
    is_moderated = models.BooleanField(default=False)
    visit_on = models.DateField(null=True, blank=True)
    """The day of the moderation visit."""
    # -- registration
    register_version = models.PositiveIntegerField(default=0)
    """Goes up with every change of who is expected and how."""
    registration_loaded_at = models.DateTimeField(null=True, blank=True)
    registration_submitted_at = models.DateTimeField(null=True, blank=True)
    registration_submitted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    declared_at = models.DateTimeField(null=True, blank=True)
    declared_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    declaration = models.JSONField(default=dict, blank=True)
    """What the headteacher declared, word for word."""
    nil_reason = models.CharField(max_length=300, blank=True)
    """Why there is nobody to report; empty for a return with pupils."""
    nil_at = models.DateTimeField(null=True, blank=True)
    nil_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    # -- what came of it: written by services/settling.py alone
    state = models.CharField(max_length=24, default=State.NOT_STARTED, db_index=True)
    expected = models.PositiveIntegerField(default=0)
    received = models.PositiveIntegerField(default=0)
    missing = models.PositiveIntegerField(default=0)
    unexpected = models.PositiveIntegerField(default=0)
    accepted = models.PositiveIntegerField(default=0)
    differing = models.PositiveIntegerField(default=0)
    """Pupils whose writing is not what the moderator judged, in what counts or in a latest file that is in error."""
    settled_at = models.DateTimeField(null=True, blank=True)
    counting = models.ForeignKey("Submission", on_delete=models.PROTECT, null=True, related_name="+")
    """The file that was applied last; None where none was."""
    latest = models.ForeignKey("Submission", on_delete=models.PROTECT, null=True, related_name="+")
    """The file that came last."""
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_reason = models.CharField(max_length=300, blank=True)
    # -- reminders and help
    chased_at = models.DateTimeField(null=True, blank=True)
    """When its authority last reminded the school of what is missing."""
    chased_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    waiting_for = models.CharField(max_length=10, blank=True)
    """Whose turn it is on the help thread: ``helpdesk``, ``school``, or nobody's."""
    waiting_since = models.DateTimeField(null=True, blank=True)
    """Since when it is their turn: of several messages without an answer, the first."""
    opened_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["collection", "school"], name="one_gateway_return_per_school")]
        indexes = [
            models.Index(fields=["collection", "authority_number", "state"]),
            models.Index(fields=["collection", "number"]),
            models.Index(fields=["collection", "waiting_for", "waiting_since"]),
        ]

    def __str__(self) -> str:
        return f"{self.school} {self.collection.year}"


class ResendRequest(models.Model):
    """The agency or the authority asks a school to send again; open until a later file counts."""

    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    gateway_return = models.ForeignKey(GatewayReturn, on_delete=models.PROTECT, related_name="resend_requests")
    reason = models.TextField()
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_for = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    """The agency or authority in whose name it was asked."""
    asked_at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey("Submission", on_delete=models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.gateway_return}: {self.reason}"
