"""With what the gateway knows a school."""

from django.db import models

from keystage.service.accounts.models import Organisation, Person


class GatewayToken(models.Model):
    """The token that a school was given at the gateway. It is sealed here, sent to the gateway, and never shown."""

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="gateway_token")
    sealed = models.TextField()
    set_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"gateway token of {self.organisation}"
