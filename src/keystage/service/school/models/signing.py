"""Signatures on what a return says, and who may sign in whose place."""

from django.db import models

from keystage.service.accounts.models import Organisation, Person
from keystage.service.config.keys import new_key
from keystage.service.school.models.returns import SchoolReturn


class Signature(models.Model):
    """Somebody signed, or would not. What was signed is kept whole."""

    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    school_return = models.ForeignKey(SchoolReturn, on_delete=models.PROTECT, related_name="signatures")
    role = models.CharField(max_length=20)
    class_name = models.CharField(max_length=60, blank=True)
    """The class a teacher signed for; empty for the pupils without a class, and for the headteacher's signature."""
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    in_place_of = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    """The headteacher who let this person sign."""
    at = models.DateTimeField()
    is_confirmed = models.BooleanField()
    words = models.TextField(blank=True)
    """Why it could not be confirmed."""
    fingerprint = models.CharField(max_length=64)
    version = models.PositiveIntegerField()
    """The version of the return that was signed."""
    content = models.JSONField()
    """What was signed, pupil by pupil."""
    voided_at = models.DateTimeField(null=True, blank=True)
    """When a change was made that the signature no longer covers."""

    class Meta:
        indexes = [models.Index(fields=["school_return", "role", "class_name", "id"])]

    def __str__(self) -> str:
        return f"{self.role} {self.class_name} {self.at:%d/%m/%Y %H:%M}"


class Delegation(models.Model):
    """The headteacher lets somebody sign in their place, until it is ended."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="delegations")
    head = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    deputy = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    job_title = models.CharField(max_length=80)
    since = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.deputy} for {self.head}"
