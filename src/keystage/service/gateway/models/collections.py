"""Collections: when a year's returns are taken, by everybody and by each authority."""

from datetime import datetime

from django.db import models
from django.utils import timezone

from keystage.service.accounts.models import Organisation, Person
from keystage.service.config.keys import new_key


class Collection(models.Model):
    """The taking of a year's returns. Its dates come from the year's data and can be moved in season."""

    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    year = models.PositiveSmallIntegerField()
    is_practice = models.BooleanField(default=False)
    """Whether it is for practice schools: they never meet the real ones."""
    registration_opens_at = models.DateTimeField(null=True, blank=True)
    registration_due_at = models.DateTimeField(null=True, blank=True)
    """When every school must have submitted its registration."""
    registration_closes_at = models.DateTimeField(null=True, blank=True)
    """Until when joiners and leavers can be registered."""
    opens_at = models.DateTimeField()
    """From when files are taken."""
    closes_at = models.DateTimeField()
    """From when no file is taken any more: the deadline's last moment has passed."""
    accepts_single_pupils = models.BooleanField(default=False)
    """Whether the sound pupils of a file with errors count. Whether the real gateway does so is not known."""
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    """When the operator closed it by hand."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["year", "is_practice"], name="one_collection_per_year")]

    def __str__(self) -> str:
        return f"key stage 2 teacher assessment {self.year}"

    def is_open_at(self, moment: datetime) -> bool:
        """Say whether files are taken at a moment, of a school without dates of its own."""
        return self.closed_at is None and self.opens_at <= moment < self.closes_at

    @property
    def is_open(self) -> bool:
        """Whether files are taken now, of a school without dates of its own."""
        return self.is_open_at(timezone.now())


class AuthoritySettings(models.Model):
    """What an authority has set for itself in a collection."""

    collection = models.ForeignKey(Collection, on_delete=models.PROTECT, related_name="authorities")
    authority = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField(null=True, blank=True)
    """The authority's own, earlier date; moderated schools are exempt from it until their visit."""
    emails = models.CharField(max_length=10, default="requests")
    """Of what it is told by email: ``each`` new file, ``requests`` to send again, or ``nothing``."""

    early_figures = models.CharField(max_length=10, default="authority")
    """Who sees figures before results are released: ``nobody``, the ``authority``, or its ``schools`` too."""
    hidden_below = models.PositiveSmallIntegerField(default=6)
    """Figures of fewer pupils than this are hidden in what the authority gives away."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["collection", "authority"], name="one_setting_per_authority")]

    def __str__(self) -> str:
        return f"{self.authority} {self.collection.year}"
