"""Reports for parents: what people write for them, how they look, and which were made of what."""

from django.db import models

from keystage.service.accounts.models import Person
from keystage.service.config.keys import new_key
from keystage.service.school.models.files import StoredFile
from keystage.service.school.models.results import ResultsLoad
from keystage.service.school.models.returns import SchoolReturn
from keystage.service.school.models.roll import Pupil


class ReportSettings(models.Model):
    """What stands on every report of a school's year."""

    school_return = models.OneToOneField(SchoolReturn, on_delete=models.PROTECT, related_name="report_settings")
    arrangements = models.TextField(blank=True)
    """How parents can discuss the report with the teacher."""
    head_name = models.CharField(max_length=150, blank=True)
    head_words = models.TextField(blank=True)
    """What the headteacher says to every family; may be empty."""
    language = models.CharField(max_length=12, default="en")
    """The language of the fixed wording; what people wrote stays as it is."""
    badge = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    hidden_below = models.PositiveSmallIntegerField(default=6)
    """The school's own figures are not printed where they are of fewer pupils than this."""
    version = models.PositiveIntegerField(default=0)
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"report settings of {self.school_return}"


class PupilReport(models.Model):
    """What people wrote for one pupil's report. The results are not kept here: they are read when it is made."""

    pupil = models.OneToOneField(Pupil, on_delete=models.PROTECT, related_name="report")
    progress = models.TextField(blank=True)
    """General progress, and a brief commentary on what the results show."""
    achievements = models.TextField(blank=True)
    """Achievements in other subjects and activities, strengths and what to work on."""
    engagement = models.TextField(blank=True)
    """For a pupil on the engagement model: the written account by area of engagement."""
    exempt_from = models.TextField(blank=True)
    """Subjects of the national curriculum that the pupil is exempt from; empty for none."""
    reasons = models.JSONField(default=dict, blank=True)
    """Why a test was not taken, in the school's words, by test; empty for the meaning of the outcome code."""
    possible_sessions = models.PositiveSmallIntegerField(null=True, blank=True)
    attended_sessions = models.PositiveSmallIntegerField(null=True, blank=True)
    unauthorised_absences = models.PositiveSmallIntegerField(null=True, blank=True)
    """Sessions missed without leave."""
    version = models.PositiveIntegerField(default=0)
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"report of {self.pupil}"


class IssuedReport(models.Model):
    """A report that was made to be given to parents, kept whole; a later one of the same pupil takes its place."""

    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    pupil = models.ForeignKey(Pupil, on_delete=models.PROTECT, related_name="issued_reports")
    load = models.ForeignKey(ResultsLoad, on_delete=models.PROTECT, null=True, related_name="+")
    """The results it shows; None where there were none yet."""
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    fingerprint = models.CharField(max_length=64)
    """Of everything that stands on it: another one means that it must be made again."""
    parts = models.JSONField(default=dict)
    """The same, part by part: which of them differs says why it must be made again."""
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["pupil", "at"])]

    def __str__(self) -> str:
        return self.file.name
