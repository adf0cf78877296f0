"""The registers of many schools in one file, and what became of it."""

from enum import StrEnum

from django.db import models

from keystage.service.accounts.models import Person
from keystage.service.config.keys import new_key
from keystage.service.gateway.models.collections import Collection
from keystage.service.gateway.models.submissions import ReceivedFile


class LoadStage(StrEnum):
    """How far the loading of a register of many schools has come."""

    READING = "being read"
    FAULTY = "to be corrected"
    """Something in it cannot be used: nothing of it is loaded."""
    READY = "ready to load"
    """It was read, and what it would change is known."""
    LOADING = "being loaded"
    LOADED = "loaded"


class RegistrationLoad(models.Model):
    """A file with the expected pupils of many schools: read first, then loaded school by school."""

    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    collection = models.ForeignKey(Collection, on_delete=models.PROTECT, related_name="loads")
    file = models.ForeignKey(ReceivedFile, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    stage = models.CharField(max_length=20, default=LoadStage.READING)
    faults = models.JSONField(default=list, blank=True)
    """What is wrong, in words, the first of them."""
    fault_count = models.PositiveIntegerField(default=0)
    plan = models.JSONField(default=dict, blank=True)
    """What loading it would do, in numbers, and the schools that are not known yet."""
    loaded = models.JSONField(default=dict, blank=True)
    """What loading it has done so far, in the same numbers."""
    schools = models.PositiveIntegerField(default=0)
    schools_done = models.PositiveIntegerField(default=0)
    """Of those being read or loaded at the moment."""
    through = models.CharField(max_length=7, blank=True)
    """The number of the last school that was loaded: whoever goes on begins after it."""
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    finished_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.file.name
