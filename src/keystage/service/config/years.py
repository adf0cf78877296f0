"""The collection years that this installation holds: the shipped ones, and those of its own folder."""

from django.conf import settings

from keystage import years
from keystage.years.year import CollectionYear


def held() -> tuple[int, ...]:
    """Return the years that are held, in order."""
    return years.held(settings.ENVIRONMENT.years_dir)


def load(year: int) -> CollectionYear:
    """Give a collection year.

    Raises:
        YearUnknown: it is not held.
        YearFileInvalid: its file is wrong.
    """
    return years.load(year, years_dir=settings.ENVIRONMENT.years_dir)
