"""Moderation of writing: the visit to a school, the pupils sampled, and what the moderator judged."""

from django.db import models

from keystage.service.accounts.models import Person
from keystage.service.config.keys import new_key
from keystage.service.gateway.models.registration import RegisteredPupil
from keystage.service.gateway.models.returns import GatewayReturn


class ModerationVisit(models.Model):
    """A visit to a moderated school; ``GatewayReturn.visit_on`` is the day on which it is planned."""

    gateway_return = models.OneToOneField(GatewayReturn, on_delete=models.PROTECT, related_name="moderation")
    moderator = models.CharField(max_length=150, blank=True)
    """Who visits, as the authority names them."""
    held_on = models.DateField(null=True, blank=True)
    """The day on which it took place; None while it has not."""
    notes = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0)
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"moderation of {self.gateway_return}"


class ModeratedPupil(models.Model):
    """A pupil in the sample. What the moderator judged also stands in ``RegisteredPupil.moderated_writing``."""

    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    gateway_return = models.ForeignKey(GatewayReturn, on_delete=models.PROTECT, related_name="sample")
    registered = models.OneToOneField(RegisteredPupil, on_delete=models.PROTECT, related_name="sampled")
    school_code = models.CharField(max_length=8, blank=True)
    """What the school had judged when the pupil was chosen, as far as the gateway held it."""
    judgement = models.CharField(max_length=8, blank=True)
    """The moderated judgement; empty while none is recorded."""
    note = models.CharField(max_length=300, blank=True)
    chosen_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField()
    judged_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    judged_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"sample: {self.registered}"


class CorrectionRequest(models.Model):
    """An error that a school saw in a provisional report: open until a later file mends it, or it is called right."""

    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    gateway_return = models.ForeignKey(GatewayReturn, on_delete=models.PROTECT, related_name="correction_requests")
    upn = models.CharField(max_length=20, blank=True)
    name = models.CharField(max_length=310, blank=True)
    """The pupil's name, as the report had it; empty where it is about the school as a whole."""
    what = models.CharField(max_length=20)
    """A subject, a test, or ``pupil`` for something about the pupil or the list of pupils."""
    shown = models.CharField(max_length=200, blank=True)
    """What the report said."""
    says = models.TextField()
    """What is wrong, in the school's words."""
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_how = models.CharField(max_length=16, blank=True)
    """``sent again``, ``marked as right`` or ``taken back``; empty while it is open."""
    because = models.TextField(blank=True)
    """Why it is marked as right."""

    def __str__(self) -> str:
        return f"{self.gateway_return}: {self.says}"
