"""The roll of a school in a year, and the register of the pupils whom the gateway expects."""

from django.db import models

from keystage.pupils.names import full_name
from keystage.service.accounts.models import Person
from keystage.service.config.keys import new_key
from keystage.service.school.models.returns import SchoolReturn
from keystage.years.registration import PupilStatus, TestStatus


class Decided(models.Model):
    """Somebody on the roll or the register, about whom a person may decide other than the rules do."""

    decision = models.CharField(max_length=20, blank=True)
    """A verdict of :mod:`keystage.returns.cohort`; empty to follow the rules."""
    decision_reason = models.CharField(max_length=300, blank=True)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class Pupil(Decided):
    """A pupil on the school's roll in a collection year. One who is taken off stays, with the reason."""

    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    school_return = models.ForeignKey(SchoolReturn, on_delete=models.PROTECT, related_name="pupils")
    upn = models.CharField(max_length=20, blank=True)
    former_upn = models.CharField(max_length=20, blank=True)
    surname = models.CharField(max_length=150, blank=True)
    forename = models.CharField(max_length=150, blank=True)
    birth_date = models.DateField(null=True, blank=True)
    birth_text = models.CharField(max_length=40, blank=True)
    """What stood for the date of birth where it could not be read."""
    sex = models.CharField(max_length=10, blank=True)
    class_name = models.CharField(max_length=60, blank=True)
    year_group = models.CharField(max_length=10, blank=True)
    disadvantaged = models.BooleanField(null=True, blank=True)
    """None where it is not known."""
    sen = models.CharField(max_length=10, blank=True)
    """``none``, ``support`` or ``plan``; empty where it is not known."""
    first_language = models.CharField(max_length=10, blank=True)
    """``english`` or ``other``; empty where it is not known."""
    joined = models.DateField(null=True, blank=True)
    left = models.DateField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_reason = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["school_return", "class_name", "surname", "forename"])]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The pupil's name as lists show it."""
        return full_name(self.surname, self.forename)


class Expected(Decided):
    """A pupil on the register of those whom the gateway expects, with where the pupil stands for each test."""

    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    school_return = models.ForeignKey(SchoolReturn, on_delete=models.PROTECT, related_name="expected")
    upn = models.CharField(max_length=20)
    former_upn = models.CharField(max_length=20, blank=True)
    surname = models.CharField(max_length=150, blank=True)
    forename = models.CharField(max_length=150, blank=True)
    birth_date = models.DateField(null=True, blank=True)
    sex = models.CharField(max_length=10, blank=True)
    reading = models.CharField(max_length=20, default=TestStatus.REGISTERED)
    maths = models.CharField(max_length=20, default=TestStatus.REGISTERED)
    gps = models.CharField(max_length=20, default=TestStatus.REGISTERED)
    status = models.CharField(max_length=20, default=PupilStatus.REGISTERED)
    date_left = models.DateField(null=True, blank=True)
    moderated_writing = models.CharField(max_length=8, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school_return", "upn"], name="one_register_entry_per_upn")]

    def __str__(self) -> str:
        return full_name(self.surname, self.forename)
