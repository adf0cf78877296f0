"""Files that came in, each with its report; and what counts of them."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from django.db import models

from keystage.pupils.names import full_name
from keystage.service.accounts.models import ApiToken, Organisation, Person
from keystage.service.config.keys import new_key
from keystage.service.gateway.models.registration import RegisteredPupil
from keystage.service.gateway.models.returns import GatewayReturn


class ReceivedFile(models.Model):
    """A file that was received. Its content lies in the store, under its hash."""

    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    """Who sent it."""
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Stage(StrEnum):
    """How far a file has come."""

    RECEIVED = "received"
    """It is kept, and not checked yet."""
    UNREADABLE = "unreadable"
    IN_ERROR = "in error"
    TO_ANSWER = "queries to answer"
    TO_CONFIRM = "difference to confirm"
    APPLIED = "applied"
    SET_ASIDE = "set aside"
    """It was never applied and will not be: a later file came, or somebody set it aside."""


class Route(StrEnum):
    """How a file came."""

    BROWSER = "by browser"
    API = "by API"
    AUTHORITY = "through the authority"


_T = Stage
STAGES: Mapping[Stage, frozenset[Stage]] = MappingProxyType(
    {
        _T.RECEIVED: frozenset({_T.UNREADABLE, _T.IN_ERROR, _T.TO_ANSWER, _T.TO_CONFIRM, _T.APPLIED}),
        _T.UNREADABLE: frozenset({_T.SET_ASIDE}),
        _T.IN_ERROR: frozenset({_T.IN_ERROR, _T.TO_ANSWER, _T.TO_CONFIRM, _T.APPLIED, _T.SET_ASIDE}),
        _T.TO_ANSWER: frozenset({_T.IN_ERROR, _T.TO_ANSWER, _T.TO_CONFIRM, _T.APPLIED, _T.SET_ASIDE}),
        _T.TO_CONFIRM: frozenset({_T.IN_ERROR, _T.TO_ANSWER, _T.TO_CONFIRM, _T.APPLIED, _T.SET_ASIDE}),
        _T.APPLIED: frozenset(),
        _T.SET_ASIDE: frozenset(),
    }
)
"""Which stage may follow which: a file that does not count yet is checked again when the register has changed."""


class Submission(models.Model):
    """One file's arrival for a school's return."""

    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    gateway_return = models.ForeignKey(GatewayReturn, on_delete=models.PROTECT, related_name="submissions")
    serial = models.PositiveIntegerField()
    """1 for the school's first file in the collection."""
    file = models.ForeignKey(ReceivedFile, on_delete=models.PROTECT, related_name="submissions")
    idempotency_key = models.CharField(max_length=100)
    """The same for the same file: what is sent again counts once."""
    fingerprint = models.CharField(max_length=64, blank=True)
    """Of the return in the file; empty where it could not be read."""
    is_sheet = models.BooleanField(default=False)
    """Whether it is a spreadsheet and not a Common Transfer File."""
    route = models.CharField(max_length=24)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    token = models.ForeignKey(ApiToken, on_delete=models.PROTECT, null=True, related_name="+")
    received_at = models.DateTimeField()
    stage = models.CharField(max_length=24, default=Stage.RECEIVED)
    checked_at = models.DateTimeField(null=True, blank=True)
    register_version = models.PositiveIntegerField(default=0)
    """The version of the register that it was checked against."""
    base = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    """The file that counted when it was checked: the difference to be confirmed is from what that left."""
    held_version = models.CharField(max_length=64, blank=True)
    """A fingerprint of what counted when the difference was shown."""
    verdict = models.CharField(max_length=12, blank=True)
    pupils = models.PositiveIntegerField(default=0)
    errors = models.PositiveIntegerField(default=0)
    queries = models.PositiveIntegerField(default=0)
    infos = models.PositiveIntegerField(default=0)
    report = models.JSONField(default=dict, blank=True)
    """What the checks said, as ``keystage check --format json`` prints it for a file."""
    applied_at = models.DateTimeField(null=True, blank=True)
    applied_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["gateway_return", "serial"], name="one_submission_per_serial"),
            models.UniqueConstraint(fields=["gateway_return", "idempotency_key"], name="one_submission_per_key"),
        ]
        indexes = [models.Index(fields=["received_at"])]

    def __str__(self) -> str:
        return f"{self.file.name} ({self.serial})"


class QueryAnswer(models.Model):
    """A person's answer to a query: it is right, and why. It holds for just what was found, in this file or a later."""

    gateway_return = models.ForeignKey(GatewayReturn, on_delete=models.PROTECT, related_name="answers")
    code = models.CharField(max_length=3)
    upn = models.CharField(max_length=20, blank=True)
    subject = models.CharField(max_length=10, blank=True)
    found = models.CharField(max_length=64)
    """A hash of what the check said (:func:`keystage.service.gateway.asked.asked`)."""
    text = models.TextField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["gateway_return", "found"])]

    def __str__(self) -> str:
        return f"{self.code}: {self.text}"


class HeldPupil(models.Model):
    """A pupil with the judgements that count. One who is removed stays, with the reason."""

    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    gateway_return = models.ForeignKey(GatewayReturn, on_delete=models.PROTECT, related_name="held")
    registered = models.ForeignKey(RegisteredPupil, on_delete=models.PROTECT, null=True, related_name="held")
    """Who on the register it is; None where nobody is."""
    upn = models.CharField(max_length=20, blank=True)
    former_upn = models.CharField(max_length=20, blank=True)
    surname = models.TextField(blank=True)
    forename = models.TextField(blank=True)
    birth_date = models.DateField(null=True, blank=True)
    sex = models.CharField(max_length=10, blank=True)
    reading = models.CharField(max_length=8, blank=True)
    writing = models.CharField(max_length=8, blank=True)
    maths = models.CharField(max_length=8, blank=True)
    science = models.CharField(max_length=8, blank=True)
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="refreshed")
    """The file that last had this pupil."""
    accepted_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_reason = models.CharField(max_length=300, blank=True)
    removed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["gateway_return", "upn"],
                condition=models.Q(removed_at=None) & ~models.Q(upn=""),
                name="one_held_pupil_per_upn",
            )
        ]

    def __str__(self) -> str:
        return full_name(self.surname, self.forename)


class Correction(models.Model):
    """Something that was put right at the gateway, and is to be put right in the school's own records too."""

    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    gateway_return = models.ForeignKey(GatewayReturn, on_delete=models.PROTECT, related_name="corrections")
    held = models.ForeignKey(HeldPupil, on_delete=models.PROTECT, null=True, related_name="corrections")
    """None for somebody who is in the school's own file and was left out of the spreadsheet that counts."""
    upn = models.CharField(max_length=20, blank=True)
    name = models.CharField(max_length=310, blank=True)
    """Who was left out; empty where the pupil is held."""
    field = models.CharField(max_length=20)
    """A field of the pupil's identity, a subject, or ``pupil`` for one added, removed or left out as a whole."""
    before = models.CharField(max_length=200, blank=True)
    """What the school's own file said; empty where it said nothing."""
    after = models.CharField(max_length=200, blank=True)
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, null=True, related_name="corrections")
    """The file by which it was put right; None where it was done on a page."""
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    """Who marked it as done; None where a later file of the school's own showed it."""

    @property
    def who(self) -> str:
        """The pupil's name as lists show it."""
        return str(self.held) if self.held else self.name or self.upn

    def __str__(self) -> str:
        return f"{self.field}: {self.before or 'nothing'} to {self.after or 'nothing'}"


class Receipt(models.Model):
    """Proof that a return was accepted, kept as it was given."""

    number = models.CharField(max_length=20, unique=True)
    """As people quote it: ``R-2026-4KX7P2MA``."""
    gateway_return = models.ForeignKey(GatewayReturn, on_delete=models.PROTECT, related_name="receipts")
    submission = models.OneToOneField(Submission, on_delete=models.PROTECT, null=True, related_name="receipt")
    """The file that it is for; None for a nil return."""
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    fingerprint = models.CharField(max_length=64)
    """Of everything that counts after it: the school can work it out again from its own records."""
    content = models.JSONField()
    """Counts, and each pupil with codes and state, as they were then."""

    def __str__(self) -> str:
        return self.number
