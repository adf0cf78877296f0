"""Email that went nowhere: in the demonstration it is kept, so that codes and invitations can be followed."""

from django.db import models


class KeptEmail(models.Model):
    """An email of the demonstration."""

    at = models.DateTimeField(auto_now_add=True)
    to = models.CharField(max_length=254)
    subject = models.CharField(max_length=200)
    body = models.TextField()

    def __str__(self) -> str:
        return f"{self.subject} to {self.to}"
