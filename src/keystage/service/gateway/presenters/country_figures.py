"""The figures of the country as the agency sees them: which releases there are, and what each comes to by authority."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from keystage.measures import ALL, BY_KEY, NOBODY, Counts
from keystage.service.design.words import moment_words
from keystage.service.gateway.figures import COUNTRY, AreaCounts, area_figures_of
from keystage.service.gateway.models import Collection, Release, ReleaseStage
from keystage.service.gateway.presenters.country import authority_names
from keystage.service.gateway.presenters.figures import IN_TABLES, figure, short_name
from keystage.service.gateway.released import is_released, ordinal

_SEEN = (ReleaseStage.CHECKED, ReleaseStage.PREPARING, ReleaseStage.READY)


@dataclass(frozen=True, slots=True)
class AuthorityRow:
    """An authority in the table of all."""

    number: str
    name: str
    schools: int
    counts: Counts

    @property
    def cells(self) -> list[str]:
        """The cells after the name."""
        figures = (figure(self.counts, measure) for measure in IN_TABLES)
        return [f"{self.schools:,}", f"{self.counts.pupils:,}", *figures]


SORTS = {
    "name": "Authority", "schools": "Schools", "pupils": "Pupils",
    **{each.key: short_name(each) for each in IN_TABLES},
}  # fmt: skip
"""By what the authorities can be sorted, and the heading of each."""


def sorted_authorities(rows: Iterable[AuthorityRow], sort: str) -> list[AuthorityRow]:
    """Return authorities by name from A, or by a figure from the highest; those without it come last."""
    named = sorted(rows, key=lambda row: (row.name.casefold(), row.number))
    if sort in BY_KEY:
        return sorted(named, key=lambda row: -(row.counts.share(BY_KEY[sort]).exact or Fraction(-1)))
    sizes = {"schools": lambda row: -row.schools, "pupils": lambda row: -row.counts.pupils}
    return sorted(named, key=sizes[sort]) if sort in sizes else named


@dataclass(frozen=True, slots=True)
class CountryFigures:
    """What the page of figures shows of a release."""

    schools: int
    counts: Mapping[str, Counts]
    authorities: list[AuthorityRow]

    @property
    def all(self) -> Counts:
        """The counts of everybody."""
        return self.counts.get(ALL, NOBODY)

    @classmethod
    def of(cls, release: Release) -> "CountryFigures":
        """Read what a release comes to: one query for the figures, one for the names of authorities."""
        country: AreaCounts | None = None
        rows: list[AuthorityRow] = []
        names = authority_names(release.collection)
        for each in area_figures_of(release):
            if each.area == COUNTRY:
                country = each
            else:
                name = names.get(each.area, f"Authority {each.area}")
                rows.append(AuthorityRow(each.area, name, each.schools, each.counts.get(ALL, NOBODY)))
        return cls(country.schools if country else 0, country.counts if country else {}, rows)


def visible_releases(collection: Collection, now: datetime, *, early: bool) -> list[Release]:
    """Return the releases whose figures somebody may see, the latest first; ``early``: those not released yet too."""
    found = Release.objects.filter(collection=collection, stage__in=_SEEN).order_by("-serial")
    releases = list(found.select_related("collection", "revises", "file"))
    return [each for each in releases if early or is_released(each, now)]


def release_words(release: Release, now: datetime) -> str:
    """Return a release in words: what it is, and when it was or will be released."""
    what = "Results" if ordinal(release) == 1 else "Revised results"
    if is_released(release, now):
        return f"{what}, released on {moment_words(release.release_at)}"
    return f"{what}, not released yet"


def chosen(releases: Sequence[Release], key: str, now: datetime) -> Release | None:
    """Return the release that was asked for, else the latest that is released, else the latest."""
    asked = next((each for each in releases if each.key == key), None)
    return asked or next((each for each in releases if is_released(each, now)), next(iter(releases), None))
