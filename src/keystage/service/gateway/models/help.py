"""The thread between a school and the helpdesk on a return."""

from django.db import models

from keystage.service.accounts.models import Person
from keystage.service.config.keys import new_key
from keystage.service.gateway.models.returns import GatewayReturn


class Message(models.Model):
    """One message. It is never changed."""

    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    gateway_return = models.ForeignKey(GatewayReturn, on_delete=models.PROTECT, related_name="messages")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    is_helpdesk = models.BooleanField()
    text = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.by} {self.at:%d/%m/%Y %H:%M}"


class ThreadSeen(models.Model):
    """How far somebody has read a thread, and when they last had it open."""

    gateway_return = models.ForeignKey(GatewayReturn, on_delete=models.PROTECT, related_name="seen")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    upto = models.ForeignKey(Message, on_delete=models.PROTECT, null=True, related_name="+")
    open_at = models.DateTimeField(null=True, blank=True)
    """When they last had it open; None where they were told of it and never looked."""
    emailed_at = models.DateTimeField(null=True, blank=True)
    """When they were last told by email that there is something new."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["gateway_return", "person"], name="one_seen_per_person")]

    def __str__(self) -> str:
        return f"{self.person} at {self.gateway_return}"
