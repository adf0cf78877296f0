"""Files received and made: kept whole on disk, named by content hash, never changed."""

from enum import StrEnum

from django.db import models

from keystage.service.accounts.models import Organisation, Person
from keystage.service.config.keys import new_key
from keystage.service.school.models.returns import SchoolReturn


class StoredFile(models.Model):
    """A file. Its content lies under :mod:`keystage.service.school.services.files`."""

    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class IncomingKind(StrEnum):
    """What a file that comes in is for."""

    ROLL = "roll"
    REGISTER = "register"
    JUDGEMENTS = "judgements"
    RESULTS = "results"
    REPORTS = "reports"


class Incoming(models.Model):
    """A file that was brought in and is being looked at, or was taken over or left."""

    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    school_return = models.ForeignKey(SchoolReturn, on_delete=models.PROTECT, related_name="incoming")
    kind = models.CharField(max_length=12)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    accepted_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.kind}: {self.file}"


class ExportSettings(models.Model):
    """How a school's files are made. The defaults are right for the return."""

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="export_settings")
    folder_name = models.CharField(max_length=200, blank=True)
    """What the school calls the folder where its files go: shown to people, not used by the program."""
    destination = models.CharField(max_length=7, blank=True)
    """Empty for the national agency of the year."""
    security_message = models.CharField(max_length=300, default="This file contains sensitive information.")
    include_former_upn = models.BooleanField(default=True)

    def __str__(self) -> str:
        return f"export settings of {self.organisation}"


class Export(models.Model):
    """A file that was made for the gateway, with its log."""

    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    school_return = models.ForeignKey(SchoolReturn, on_delete=models.PROTECT, related_name="exports")
    serial = models.PositiveSmallIntegerField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    fingerprint = models.CharField(max_length=64)
    version = models.PositiveIntegerField()
    """The version of the return that is in it."""
    pupils = models.PositiveIntegerField()
    left_out = models.JSONField(default=list)
    """Who was left out by choice: the pupil's key and the reason."""
    notes = models.JSONField(default=list)
    """The queries that were answered, with the notes that travel with the return."""
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    sent_how = models.CharField(max_length=20, blank=True)
    """``by hand`` or ``directly``."""
    receipt = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    receipt_words = models.TextField(blank=True)
    """What the gateway said."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school_return", "serial"], name="one_export_per_serial")]

    def __str__(self) -> str:
        return self.file.name
