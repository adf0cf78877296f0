"""Tokens with which a program may act for an organisation. Here is only a hash of each."""

from enum import StrEnum

from django.db import models

from keystage.service.accounts.models.people import Organisation, Person
from keystage.service.config.keys import new_key


class Scope(StrEnum):
    """What a token may be used for. The words end the sentence “It may …”."""

    SEND = "send files and read what became of them"
    EXPECTED = "read who is expected"
    RESULTS = "read results"


class ApiToken(models.Model):
    """A token of an organisation. It acts in the name of the person who made it, and ends with that person's role."""

    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=80)
    """What it is for, in the organisation's words."""
    token_hash = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField()
    """Names of :class:`Scope`."""
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="tokens")
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.name} of {self.organisation}"
