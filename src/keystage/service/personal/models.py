"""Legal holds, and files whose content is to go."""

from django.db import models

from keystage.service.accounts.models import Organisation, Person
from keystage.service.config.keys import new_key


class LegalHold(models.Model):
    """That something must not be erased or let go, with the reason: of one pupil, or of a school as a whole."""

    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="holds")
    """The school that it is about."""
    pupil = models.CharField(max_length=12, blank=True, db_index=True)
    """The key of a pupil, on the roll or on a register; empty for the whole school."""
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"hold of {self.organisation}: {self.reason}"


class Doomed(models.Model):
    """Content in the store of files that goes, as soon as no row speaks of it and nobody can be putting it there."""

    content = models.CharField(max_length=64, unique=True)
    """Its SHA-256."""
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.content
