"""Registration: who is expected, with where each pupil stands for each test, and the attendance register."""

from django.db import models

from keystage.pupils.names import full_name
from keystage.service.accounts.models import Person
from keystage.service.config.keys import new_key
from keystage.service.gateway.models.returns import GatewayReturn
from keystage.years.registration import PupilStatus, TestStatus


class RegisteredPupil(models.Model):
    """A pupil on the gateway's register. One who is not expected after all is unregistered, never deleted."""

    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    gateway_return = models.ForeignKey(GatewayReturn, on_delete=models.PROTECT, related_name="registered")
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
    """Of the pupil as a whole: registered, left or unregistered."""
    date_joined = models.DateField(null=True, blank=True)
    date_left = models.DateField(null=True, blank=True)
    attended_reading = models.CharField(max_length=2, blank=True)
    """The attendance register's code for the test; empty for present, or not filled in yet."""
    attended_maths = models.CharField(max_length=2, blank=True)
    attended_gps = models.CharField(max_length=2, blank=True)
    moderated_writing = models.CharField(max_length=8, blank=True)
    """The judgement that the authority's moderator recorded; empty where the pupil was not in the sample."""
    next_school = models.CharField(max_length=7, blank=True)
    """The DfE number of the secondary school that the pupil goes on to, where it is known."""
    version = models.PositiveIntegerField(default=1)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["gateway_return", "upn"], name="one_registered_pupil_per_upn")]
        indexes = [models.Index(fields=["next_school"])]

    def __str__(self) -> str:
        return full_name(self.surname, self.forename)


class AttendanceRegister(models.Model):
    """That a school has submitted the attendance register of a test."""

    gateway_return = models.ForeignKey(GatewayReturn, on_delete=models.PROTECT, related_name="attendance")
    test = models.CharField(max_length=10)
    submitted_at = models.DateTimeField()
    submitted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["gateway_return", "test"], name="one_attendance_per_test")]

    def __str__(self) -> str:
        return f"{self.gateway_return}: {self.test}"
