"""Invitations: somebody may become something in an organisation, once, within a week."""

import hashlib

from django.db import models

from keystage.service.accounts.models.people import Organisation, Person
from keystage.service.config.keys import new_key


class Invitation(models.Model):
    """An invitation by email. Its link is known to the email alone: here is only a hash of it."""

    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="invitations")
    email = models.EmailField()
    roles = models.JSONField()
    classes = models.JSONField(default=list, blank=True)
    invited_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "email"],
                condition=models.Q(accepted_at=None, withdrawn_at=None),
                name="one_open_invitation_per_email",
            )
        ]

    def __str__(self) -> str:
        return f"{self.email} to {self.organisation}"


def hash_of(token: str) -> str:
    """Return what is kept of an invitation's link."""
    return hashlib.sha256(token.encode()).hexdigest()
