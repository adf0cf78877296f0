"""The record itself. The database refuses to change or delete a row of it; only an erasure may take words out."""

from django.conf import settings
from django.db import models

from keystage.service.config.keys import new_key


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
    """What else is to be said; ``erased`` with the key of an :class:`Erasure` where words were taken out of it."""

    class Meta:
        indexes = [
            models.Index(fields=["target", "part", "id"]),
            models.Index(fields=["organisation", "id"]),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.kind} {self.target}"


class Erasure(models.Model):
    """An act by which words are taken out of the record: the one door, open until the act is finished.

    The database lets an event lose words only while an erasure that names its target, or a moment after it, is
    unfinished; it refuses to delete an erasure, or to change one in anything but that it is finished.
    """

    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    what = models.CharField(max_length=12)
    """What it is: ``pupil``, ``retention`` or ``account``."""
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    targets = models.JSONField(default=list, blank=True)
    """The keys of what was erased. They were made by chance and lead nowhere afterwards."""
    before = models.DateTimeField(null=True, blank=True)
    """The moment before which every event may lose words; None for none but those of the targets."""
    counts = models.JSONField(default=dict, blank=True)
    """How much went, by kind."""
    finished_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"erasure of {self.what}, {self.at:%d/%m/%Y}"
