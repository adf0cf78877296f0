"""The measures of a release, counted once when the results were loaded; pages only add them up."""

from django.db import models

from keystage.service.gateway.models.results import Release, SchoolResults


class SchoolFigures(models.Model):
    """What the results of one school come to, group by group, as :mod:`keystage.measures` counted them."""

    part = models.OneToOneField(SchoolResults, on_delete=models.PROTECT, related_name="figures")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="school_figures")
    number = models.CharField(max_length=7)
    counts = models.JSONField()
    """Counts by group, as :meth:`keystage.measures.Counts.as_json` gives them."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["release", "number"], name="one_row_of_figures_per_school")]

    def __str__(self) -> str:
        return f"{self.number}: {self.release}"


class AreaFigures(models.Model):
    """The figures of the schools of one authority, or of the country, added up."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="area_figures")
    area = models.CharField(max_length=3, blank=True)
    """The authority's three figures; empty for the country."""
    schools = models.PositiveIntegerField()
    counts = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["release", "area"], name="one_row_of_figures_per_area")]

    def __str__(self) -> str:
        return f"{self.area or 'the country'}: {self.release}"
