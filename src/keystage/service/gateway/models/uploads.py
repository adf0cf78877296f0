"""An authority's zip of many schools' files, and what became of each."""

from django.db import models

from keystage.service.accounts.models import Organisation, Person
from keystage.service.config.keys import new_key
from keystage.service.gateway.models.collections import Collection
from keystage.service.gateway.models.submissions import ReceivedFile, Submission


class AuthorityUpload(models.Model):
    """A zip that an authority sent: worked through in the background, file by file."""

    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    collection = models.ForeignKey(Collection, on_delete=models.PROTECT, related_name="uploads")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="uploads")
    file = models.ForeignKey(ReceivedFile, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    total = models.PositiveIntegerField(null=True, blank=True)
    """How many files are in it; None until it was looked into."""
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    fault = models.TextField(blank=True)
    """Why no more of it could be read; empty where all of it was."""

    def __str__(self) -> str:
        return self.file.name


class UploadMember(models.Model):
    """One file in the zip."""

    upload = models.ForeignKey(AuthorityUpload, on_delete=models.PROTECT, related_name="members")
    position = models.PositiveIntegerField()
    name = models.CharField(max_length=300)
    school_number = models.CharField(max_length=7, blank=True)
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, null=True, related_name="+")
    """None where it was refused before it came to a return."""
    words = models.TextField(blank=True)
    """Why it was refused."""
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["upload", "position"], name="one_member_per_position")]

    def __str__(self) -> str:
        return self.name
