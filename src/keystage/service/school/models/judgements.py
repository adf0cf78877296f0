"""Judgements as they stand now; how they came to be so is in the events."""

from django.db import models

from keystage.service.accounts.models import Person
from keystage.service.school.models.returns import SchoolReturn
from keystage.service.school.models.roll import Pupil


class Judgement(models.Model):
    """One cell of the marksheet: a pupil's code in a subject, with a version that goes up with every change."""

    pupil = models.ForeignKey(Pupil, on_delete=models.PROTECT, related_name="judgements")
    subject = models.CharField(max_length=10)
    code = models.CharField(max_length=8, blank=True)
    """Empty where a judgement was taken out again."""
    version = models.PositiveIntegerField(default=1)
    """A cell without a row has version 0."""
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pupil", "subject"], name="one_judgement_per_cell")]

    def __str__(self) -> str:
        return f"{self.subject}: {self.code or 'nothing'}"


class QueryNote(models.Model):
    """A person's answer to a query: it is right, and why. It holds for just what was found, and is kept."""

    school_return = models.ForeignKey(SchoolReturn, on_delete=models.PROTECT, related_name="notes")
    code = models.CharField(max_length=3)
    """The check's."""
    pupil = models.ForeignKey(Pupil, on_delete=models.PROTECT, null=True, related_name="notes")
    subject = models.CharField(max_length=10, blank=True)
    found = models.CharField(max_length=64)
    """A hash of what the check said, so that the note does not answer a different finding later."""
    text = models.TextField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["school_return", "found"])]

    def __str__(self) -> str:
        return f"{self.code}: {self.text}"
