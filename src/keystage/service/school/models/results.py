"""Results that came home: files that were accepted as a whole, and what each says of each pupil."""

from django.db import models

from keystage.pupils.names import full_name
from keystage.service.accounts.models import Person
from keystage.service.config.keys import new_key
from keystage.service.school.models.files import Incoming
from keystage.service.school.models.returns import SchoolReturn
from keystage.service.school.models.roll import Pupil


class ResultsLoad(models.Model):
    """A file of results that was accepted. The latest that was not undone is in force."""

    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    school_return = models.ForeignKey(SchoolReturn, on_delete=models.PROTECT, related_name="results_loads")
    serial = models.PositiveSmallIntegerField()
    """1 for the first results, 2 for revised ones, and on."""
    incoming = models.ForeignKey(Incoming, on_delete=models.PROTECT, related_name="results_loads")
    accepted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField()
    said = models.JSONField(default=dict, blank=True)
    """What the page of reconciliation said when they were accepted, as numbers."""
    undone_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school_return", "serial"], name="one_results_load_per_serial")]

    def __str__(self) -> str:
        return f"results of {self.school_return}, {self.serial}"


class PupilResult(models.Model):
    """What a file of results says of one pupil. It is never changed: revised results are rows of another file."""

    load = models.ForeignKey(ResultsLoad, on_delete=models.PROTECT, related_name="rows")
    pupil = models.ForeignKey(Pupil, on_delete=models.PROTECT, null=True, related_name="results")
    """None where nobody on the roll is the pupil of the file."""
    place = models.PositiveIntegerField()
    """The pupil's place in the file, from 1."""
    matched_by = models.CharField(max_length=40, blank=True)
    """How it is known who it is; empty where it is not."""
    upn = models.CharField(max_length=20, blank=True)
    surname = models.CharField(max_length=150, blank=True)
    forename = models.CharField(max_length=150, blank=True)
    birth_date = models.DateField(null=True, blank=True)
    birth_text = models.CharField(max_length=40, blank=True)
    sex = models.CharField(max_length=10, blank=True)
    former_upn = models.CharField(max_length=20, blank=True)
    school = models.CharField(max_length=20, blank=True)
    """The DfE number that the file gives with the pupil."""
    tests = models.JSONField(default=dict, blank=True)
    """Of each test with any entry: the fields of :class:`~keystage.returns.results.TestResult` that are not empty."""
    ta = models.JSONField(default=dict, blank=True)
    """The teacher assessments that came back with the results, by subject."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["load", "place"], name="one_result_per_place"),
            models.UniqueConstraint(
                fields=["load", "pupil"], condition=~models.Q(pupil=None), name="one_result_per_pupil"
            ),
        ]

    def __str__(self) -> str:
        return full_name(self.surname, self.forename)
