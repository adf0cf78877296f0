"""How long things are kept: the settings of the installation, and what they mean as dates.

No published rule was found that says how long a system for this return keeps what it holds; every default is assumed,
and whoever is responsible for the data decides (docs/personal-data.md says what was found).
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone

from keystage.service.personal.kept import Keep


@dataclass(frozen=True, slots=True)
class Period:
    """How long something is kept."""

    setting: str
    """The setting's name, without ``KEYSTAGE_`` and in small letters."""
    unit: str
    """``years`` or ``days``."""
    what: str
    """What is kept, in words."""
    after: str
    """After what it counts, in words."""

    @property
    def count(self) -> int:
        """How many years or days."""
        found: int = getattr(settings.ENVIRONMENT, self.setting)
        return found

    def before(self, moment: datetime) -> datetime:
        """Return the moment before which something is over, at a moment."""
        if self.unit == "days":
            return moment - timedelta(days=self.count)
        return moment - timedelta(days=round(365.25 * self.count))


PERIODS: dict[Keep, Period] = {
    Keep.SCHOOL: Period("keep_school_years", "years", "Pupils on a school’s side", "the summer of the return"),
    Keep.GATEWAY: Period("keep_gateway_years", "years", "Pupils at the gateway", "the summer of the collection"),
    Keep.REFUSED: Period("keep_refused_days", "days", "Files not taken over, or that never counted", "they came"),
    Keep.PREPARED: Period("keep_prepared_days", "days", "Prepared files of results", "the release"),
    Keep.INVITATION: Period("keep_invitation_days", "days", "Past invitations and tokens", "they ended"),
    Keep.EMAIL: Period("keep_email_days", "days", "Emails that a demonstration keeps", "they were written"),
    Keep.JOB: Period("keep_job_days", "days", "Finished jobs", "they were finished"),
    Keep.EVENTS: Period("keep_event_years", "years", "What the record says of people and pupils", "it happened"),
}
"""The periods that are settings."""
ADDRESSES = Period("keep_address_days", "days", "Network addresses in the record", "a sign-in, or an attempt")
"""How long the record keeps the network addresses that people signed in from."""


def goes_on(keep: Keep, year: int) -> date:
    """Return the day on which what belongs to a collection year is let go."""
    return date(year + PERIODS[keep].count, 9, 1)


def is_over(keep: Keep, year: int, moment: datetime) -> bool:
    """Say whether a collection year is over for good at a moment."""
    return timezone.localdate(moment) >= goes_on(keep, year)


def in_words() -> list[tuple[str, str]]:
    """Return what is kept for how long: ``7 years after the summer of the collection``."""
    periods = (*PERIODS.values(), ADDRESSES)
    return [(each.what, f"{each.count:,} {each.unit} after {each.after}") for each in periods]


def deletes_on_its_own() -> bool:
    """Say whether a worker deletes what is over."""
    return bool(settings.ENVIRONMENT.retention)
