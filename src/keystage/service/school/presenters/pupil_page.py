"""One pupil as the page shows them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from keystage.service.accounts.models import Person
from keystage.service.design.words import date_words
from keystage.service.school.lines import Cell, Sorted
from keystage.service.school.models import Expected, Pupil
from keystage.service.school.presenters.cohort import CohortRow, row_of
from keystage.service.school.presenters.cohort_words import GROUPS, Group
from keystage.service.school.presenters.pupil_history import FIELD_WORDS
from keystage.service.school.records import Records
from keystage.service.school.services.pupils import FIELDS

_SEXES = {"F": "Female", "M": "Male"}
_WORDS: Mapping[str, Mapping[str, str]] = {
    "sen": {"none": "None", "support": "SEN support", "plan": "Education, health and care plan"},
    "first_language": {"english": "English", "other": "Other than English"},
}
"""What a pupil is like, in words."""
_OFTEN_NONE = ("former_upn", "left")


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing known of a pupil."""

    key: str
    value: str


@dataclass(frozen=True, slots=True)
class PupilPage:
    """What the page shows."""

    key: str
    name: str
    details: tuple[Fact, ...]
    row: CohortRow | None
    """The pupil's line of the cohort table; None for one who was taken off the roll."""
    group: Group | None
    tests: tuple[Fact, ...]
    """Where the pupil stands for each test; nothing without an entry on the register."""
    cells: tuple[Cell, ...]
    """The judgements; nothing for one who is not on the marksheet."""
    on_roll: bool
    removed_at: datetime | None
    removed_reason: str


def pupil_page(records: Records, found: Sorted | None, own: Pupil | None) -> PupilPage:
    """Return the page of a pupil; ``own`` alone for one who was taken off the roll."""
    about = own or (found.expected if found else None)
    assert about is not None  # noqa: S101 - the view has looked
    row = None
    if found:
        people = Person.objects.filter(pk=about.decided_by_id) if about.decided_by_id else ()
        row = row_of(found, records.year.registration, {each.pk: str(each) for each in people})
    line = records.line(own.key) if own else None
    return PupilPage(
        key=about.key,
        name=str(about) or about.upn or "No name",
        details=_details(about),
        row=row,
        group=GROUPS[row.verdict] if row else None,
        tests=_tests(records, found.expected) if found and found.expected else (),
        cells=tuple(line.cells.values()) if line else (),
        on_roll=own is not None and own.removed_at is None,
        removed_at=own.removed_at if own else None,
        removed_reason=own.removed_reason if own else "",
    )


def shown(field: str, value: object) -> str:
    """Return a field's value as pages show it."""
    if field == "disadvantaged" and value is not None:
        return "Yes" if value else "No"
    if not value:
        return ""
    if field in _WORDS:
        return _WORDS[field].get(str(value), str(value))
    if field in ("birth_date", "joined", "left", "date_left"):
        return date_words(value) if hasattr(value, "year") else str(value)  # type: ignore[arg-type]
    return _SEXES.get(str(value), str(value)) if field == "sex" else str(value)


def _details(about: Pupil | Expected) -> tuple[Fact, ...]:
    fields = [name for name in FIELDS if hasattr(about, name)]
    facts = []
    for name in fields:
        words = FIELD_WORDS[name]
        value = shown(name, getattr(about, name))
        if name == "birth_date" and isinstance(about, Pupil) and about.birth_text and not value:
            value = f"“{about.birth_text}”, which cannot be read as a date"
        facts.append(Fact(words[:1].upper() + words[1:], value or ("None" if name in _OFTEN_NONE else "Not known")))
    return tuple(facts)


def _tests(records: Records, entry: Expected) -> tuple[Fact, ...]:
    registration = records.year.registration
    meanings = {each.word: each.meaning for each in registration.test}
    facts = [
        Fact(label, meanings.get(getattr(entry, name), getattr(entry, name)).capitalize())
        for name, label in (("reading", "Reading"), ("gps", "Grammar, punctuation and spelling"), ("maths", "Maths"))
    ]
    whole = next((each.meaning for each in registration.pupil if each.word == entry.status), entry.status)
    facts.append(Fact("On the register", whole.capitalize()))
    if entry.date_left:
        facts.append(Fact("Left, by the register", date_words(entry.date_left)))
    if entry.moderated_writing:
        facts.append(Fact("Moderated writing", entry.moderated_writing))
    return tuple(facts)
