"""What each collection year asks: dates, codes, what is owed, scores, headings, and how sure each of these is."""

from keystage.years.errors import NotHeld, YearFileInvalid, YearUnknown
from keystage.years.files import held
from keystage.years.loader import load
from keystage.years.subjects import Subject, Test
from keystage.years.year import CollectionYear, YearStatus

__all__ = [
    "CollectionYear",
    "NotHeld",
    "Subject",
    "Test",
    "YearFileInvalid",
    "YearStatus",
    "YearUnknown",
    "held",
    "load",
]
