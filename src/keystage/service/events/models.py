"""The record itself. The database refuses to change or delete a row of it."""

from django.conf import settings
from django.db import models


class Event(models.Model):
    """Somebody did something. Names and details of pupils are not kept here, only their keys."""

    at = models.DateTimeField(db_index=True)
    kind = models.CharField(max_length=40)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    """Who; None where the program itself did it, or nobody was signed in."""
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, null=True, related_name="+")
    year = models.PositiveSmallIntegerField(null=True)
    """The collection year that it is about."""
    target = models.CharField(max_length=64, blank=True)
    """The key of what it was done to: a pupil, an export, a person."""
    part = models.CharField(max_length=32, blank=True)
    """Which part of it: the subject of a judgement."""
    data = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["target", "part", "id"]),
            models.Index(fields=["organisation", "id"]),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.kind} {self.target}"
