"""What a report for parents is made of: one pupil's results, what people wrote, and what they are compared with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from keystage.papers.frame import Frame
from keystage.returns.results import PupilResult
from keystage.years.frozen import Frozen
from keystage.years.registration import TestStatus
from keystage.years.subjects import Subject, Test


@dataclass(frozen=True, slots=True)
class Comparator:
    """What a figure is compared with: pupils of the same age, rounded and with small numbers hidden already."""

    school: str = ""
    """In words: ``24 of 30 pupils (80%)``; for an average ``104.2``. Empty where it was not worked out."""
    country: str = ""
    """``75%``; empty where it is not published."""


@dataclass(frozen=True, slots=True)
class ReportText:
    """What people wrote for one pupil; all of it may be missing. Line breaks start paragraphs."""

    progress: str = ""
    achievements: str = ""
    engagement: str = ""
    """For a pupil on the engagement model: the account by area of engagement."""
    exempt_from: str = ""
    reasons: Mapping[Test, str] = Frozen()
    """Why a test was not taken, in the school's words, which then stand in place of the outcome's meaning."""
    possible_sessions: int | None = None
    attended_sessions: int | None = None
    unauthorised_absences: int | None = None


@dataclass(frozen=True, slots=True)
class ParentReport:
    """One pupil's report."""

    result: PupilResult | None
    """None where no results are held."""
    name: str
    class_name: str = ""
    birth_date: date | None = None
    upn: str = ""
    judgements: Mapping[Subject, str] = Frozen()
    """The school's teacher assessments, by code: those that count."""
    statuses: Mapping[Test, TestStatus] = Frozen()
    """Where the register has the pupil for each test; says why there is no result, where there is none."""
    text: ReportText = field(default_factory=ReportText)


@dataclass(frozen=True, slots=True)
class ReportsPaper:
    """The reports of a school, to be printed. The frame needs no fingerprint."""

    frame: Frame
    reports: Sequence[ParentReport]
    comparators: Mapping[str, Comparator] = Frozen()
    """By what is compared: ``reading.expected``, ``writing.expected``, ``rwm.expected``, ``reading.average`` …"""
    national_status: str = ""
    """Where the country's figures come from and how sure they are; empty for the sentence that they are not out."""
    arrangements: str = ""
    head_name: str = ""
    head_words: str = ""
    badge: bytes | None = None
    """A PNG or JPEG that :func:`keystage.papers.badge.check_badge` finds nothing wrong with."""
    language: str = "en"
    is_revised: bool = False
    is_before_results: bool = False
    """Whether it is made before the school has any results: then no result is missing, it is not there yet."""
    words_dir: Path | None = None
    """A folder with further wording files, or with better ones than those shipped."""
