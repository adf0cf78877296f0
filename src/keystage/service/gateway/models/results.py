"""Results: national files that were loaded, checked and released, and the files that were prepared from them."""

from enum import StrEnum

from django.db import models

from keystage.service.accounts.models import Organisation, Person
from keystage.service.config.keys import new_key
from keystage.service.gateway.models.collections import Collection
from keystage.service.gateway.models.returns import GatewayReturn
from keystage.service.gateway.models.submissions import ReceivedFile


class ReleaseStage(StrEnum):
    """How far a release has come."""

    LOADING = "loading"
    REFUSED = "refused"
    """The file cannot be used."""
    CHECKED = "checked"
    PREPARING = "preparing"
    READY = "ready"
    """Every file is prepared; it is released when its time has come."""
    WITHDRAWN = "withdrawn"


class Release(models.Model):
    """One national results file: the first, or revised ones after marking reviews."""

    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    collection = models.ForeignKey(Collection, on_delete=models.PROTECT, related_name="releases")
    serial = models.PositiveSmallIntegerField()
    """1 for the first release, 2 for revised results, and on."""
    file = models.ForeignKey(ReceivedFile, on_delete=models.PROTECT, related_name="+")
    loaded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    loaded_at = models.DateTimeField(auto_now_add=True)
    stage = models.CharField(max_length=12, default=ReleaseStage.LOADING)
    release_at = models.DateTimeField(null=True, blank=True)
    """The second from which it can be had; None while no time is set."""
    told_at = models.DateTimeField(null=True, blank=True)
    """When people were told by email that it is released; None while they were not."""
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    """Progress of loading or preparing, in schools."""
    schools = models.PositiveIntegerField(default=0)
    pupils = models.PositiveIntegerField(default=0)
    errors = models.PositiveIntegerField(default=0)
    queries = models.PositiveIntegerField(default=0)
    by_check = models.JSONField(default=dict, blank=True)
    """What each check found, by its code: ``severity``, ``summary``, ``findings`` and ``schools``, as numbers."""
    fault = models.TextField(blank=True)
    """Why the file cannot be used; of one that is being loaded, why the work has stopped."""
    notes = models.JSONField(default=list, blank=True)
    """The rows that cannot be used, each as ``line`` and ``what``."""
    revises = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="revised_by")
    """The release that these results take the place of; None for the first."""
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)
    was_released = models.BooleanField(default=False)
    """Whether its time had come before it was withdrawn."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["collection", "serial"], name="one_release_per_serial")]

    def __str__(self) -> str:
        return f"results {self.collection.year}, release {self.serial}"


class SchoolResults(models.Model):
    """The part of a release that is of one school."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="parts")
    gateway_return = models.ForeignKey(GatewayReturn, on_delete=models.PROTECT, null=True, related_name="results")
    """None where the gateway does not know the school."""
    number = models.CharField(max_length=7)
    sha256 = models.CharField(max_length=64)
    """The school's part of the national file, as CSV, in the store."""
    pupils = models.PositiveIntegerField()
    errors = models.PositiveIntegerField(default=0)
    queries = models.PositiveIntegerField(default=0)
    report = models.JSONField(default=dict, blank=True)
    """What the checks said, as ``keystage results --format json`` prints it."""
    checked_at = models.DateTimeField(null=True, blank=True)
    prepared_at = models.DateTimeField(null=True, blank=True)
    changes = models.JSONField(default=list, blank=True)
    """Of revised results: who changed and in what, against what was released before."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["release", "number"], name="one_part_per_school")]

    def __str__(self) -> str:
        return f"{self.number}: {self.release}"


class FileKind(StrEnum):
    """What a prepared file is."""

    CSV = "csv"
    CTF = "ctf"
    """A Common Transfer File with the tests alone."""
    CTF_TA = "ctf-ta"
    """One with the teacher assessments that came back too."""
    LETTERS = "letters"
    ZIP = "zip"
    """The schools' CTFs with the tests alone."""
    ZIP_TA = "zip-ta"
    NONE = "none"
    """No file: the organisation was looked at, and there is nothing for it."""


class PreparedFile(models.Model):
    """A file that an organisation can download once the release's time has come."""

    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="prepared")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10)
    """One of :class:`FileKind`."""
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    pupils = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["release", "organisation", "kind"], name="one_prepared_file_per_kind")
        ]

    def __str__(self) -> str:
        return self.name
