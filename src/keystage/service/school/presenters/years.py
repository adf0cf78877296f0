"""The years of a school: how each stands, and which can be opened."""

from dataclasses import dataclass

from keystage.service.accounts.models import Organisation
from keystage.service.config.years import held, load
from keystage.service.school.models import SchoolReturn

_WORDS = {
    "open": ("Open", "blue"),
    "sent": ("Sent", "teal"),
    "accepted": ("Accepted", "green"),
    "returned": ("Returned", "orange"),
    "closed": ("Closed", "grey"),
}


@dataclass(frozen=True, slots=True)
class YearLine:
    """A year that the school has."""

    school_return: SchoolReturn
    label: str
    is_draft: bool

    @property
    def status(self) -> str:
        """How it stands."""
        return _WORDS[self.school_return.stage][0]

    @property
    def colour(self) -> str:
        """The colour of that."""
        return _WORDS[self.school_return.stage][1]


@dataclass(frozen=True, slots=True)
class Openable:
    """A year that the school could open."""

    year: int
    label: str
    is_draft: bool


def years_of(school: Organisation) -> tuple[YearLine, ...]:
    """Return the years of a school, the newest first."""
    return tuple(
        YearLine(each, load(each.year).label, load(each.year).is_draft) for each in school.returns.order_by("-year")
    )


def openable(lines: tuple[YearLine, ...]) -> tuple[Openable, ...]:
    """Return the years that are held and not opened yet, the newest first and drafts last."""
    opened = {line.school_return.year for line in lines}
    years = [load(year) for year in sorted(held(), reverse=True) if year not in opened]
    years.sort(key=lambda year: year.is_draft)
    return tuple(Openable(year.year, year.label, year.is_draft) for year in years)
