"""Reports for parents at the end of key stage 2: one PDF, for a pupil or for a school.

What a report must hold is in the Education (Pupil Information) (England) Regulations 2005, Schedule 1, and in the
guidance on reporting to parents. Nothing is worked out here: a result stands as it was returned.
"""

from keystage.papers.report_values import Comparator, ParentReport, ReportsPaper, ReportText
from keystage.papers.report_words import LANGUAGES, Words, words_of

__all__ = [
    "LANGUAGES",
    "Comparator",
    "ParentReport",
    "ReportText",
    "ReportsPaper",
    "Words",
    "parent_reports",
    "words_of",
]


def parent_reports(paper: ReportsPaper) -> bytes:
    """Return the reports as one PDF, in the order given: each pupil on pages of their own. Raises PaperNotMade."""
    raise NotImplementedError
