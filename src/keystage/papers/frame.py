"""What stands on every page of every paper: whose it is, what it is a print of, and when it was made."""

from dataclasses import dataclass
from datetime import datetime
from textwrap import wrap

from keystage.checks.london import london_time
from keystage.papers.characters import Value
from keystage.papers.typeset import typeset
from keystage.years.year import CollectionYear

UNTRIED = "Keystage has not been tried against the real national portal."
PRACTICE = "PRACTICE – made-up data"
# Not by strftime, whose names of months follow the machine's language.
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True, slots=True)
class Frame:
    """The school, the year, and the content that a paper shows, with the time at which it is made."""

    school_name: str
    school_number: str
    """The DfE number: seven figures."""
    year: CollectionYear
    fingerprint: str
    """Of the return as the paper shows it: 64 hexadecimal figures."""
    version: int
    """Of the return; 0 where the paper shows something that has no versions."""
    made: datetime
    """When the paper is made: a time with its zone."""
    practice: bool = False

    def __post_init__(self) -> None:
        if self.made.tzinfo is None:
            raise ValueError("The time at which a paper is made needs its zone.")

    @property
    def year_label(self) -> str:
        """The year in full: ``2025/26 – summer 2026``."""
        return f"{self.year.label} – summer {self.year}"

    def typeset(self, template: str, title: str, data: dict[str, Value]) -> bytes:
        """Return the PDF of a template, in this frame."""
        return typeset(template, {**data, "frame": self._data(title)}, self.made)

    def _data(self, title: str) -> dict[str, Value]:
        return {
            "paper": title,
            "title": f"{title}: {self.school_name}, {self.year_label}" + (f" ({PRACTICE})" if self.practice else ""),
            "school": self.school_name,
            "number": number(self.school_number),
            "year": self.year_label,
            "practice": PRACTICE if self.practice else "",
            "fingerprint": grouped(self.fingerprint),
            "fingerprint_short": grouped(self.fingerprint[:12]),
            "version": self.version,
            "made": moment(self.made),
            "untried": UNTRIED + (f" The rules of {self.year} are a draft." if self.year.is_draft else ""),
        }


def number(school: str) -> str:
    """Return a DfE number as people write it: ``999/2001``."""
    return f"{school[:3]}/{school[3:]}" if len(school) == 7 else school


def grouped(figures: str) -> str:
    """Return hexadecimal figures in groups of four, which two people can compare."""
    return " ".join(wrap(figures, 4))


def moment(when: datetime) -> str:
    """Return a date and time as clocks in London show it: ``24 June 2026, 14:05``."""
    shown = london_time(when)
    return f"{shown.day} {_MONTHS[shown.month - 1]} {shown:%Y, %H:%M}"


def counted(count: int, one: str, many: str = "") -> str:
    """Return a number with its noun: ``1 pupil``, ``no pupils``, ``30 pupils``."""
    return f"{count or 'no'} {one if count == 1 else many or one + 's'}"
