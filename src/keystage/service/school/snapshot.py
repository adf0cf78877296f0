"""What a person signs, kept whole: it can be shown and printed as it was, and compared with the records of today."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from keystage.papers.classes import Cell, ClassList, PupilLine
from keystage.papers.signed import CellChange
from keystage.pupils.names import full_name
from keystage.returns.fingerprint import fingerprint
from keystage.returns.judgement import judgement
from keystage.returns.value import Pupil as ReturnPupil
from keystage.returns.value import Return
from keystage.service.design.words import date_words
from keystage.service.school.lines import Line
from keystage.service.school.models import Pupil
from keystage.service.school.records import Records
from keystage.years.owed import OwedState
from keystage.years.subjects import Subject

Content = Mapping[str, Any]
"""A snapshot as plain values, fit for JSON."""

_IDENTITY = {
    "upn": "UPN",
    "former_upn": "former UPN",
    "surname": "surname",
    "forename": "forename",
    "birth_date": "date of birth",
    "sex": "sex",
}


def lines_of(records: Records, class_name: str | None) -> tuple[Line, ...]:
    """Return the pupils of a class, or of the whole return where no class is given."""
    return tuple(line for line in records.lines if class_name is None or line.pupil.class_name == class_name)


def fingerprint_of(records: Records, class_name: str | None) -> str:
    """Return the fingerprint of a class, or of the whole return where no class is given."""
    return records.fingerprint if class_name is None else fingerprint(records.return_of_class(class_name))


def take(records: Records, class_name: str | None) -> dict[str, Any]:
    """Return a snapshot of a class, or of the whole return where no class is given."""
    school = records.school_return.organisation
    return {
        "school": school.name,
        "number": records.school_return.number,
        "practice": school.is_practice,
        "nil_reason": records.school_return.nil_reason,
        "pupils": pupils_of(records, class_name),
    }


def pupils_of(records: Records, class_name: str | None) -> list[dict[str, Any]]:
    """Return the pupils of a snapshot: of a class, or of the whole return where no class is given."""
    return [_pupil(line) for line in lines_of(records, class_name)]


def return_of(content: Content, year: int) -> Return:
    """Return what a snapshot says, as the core knows a return."""
    return Return(content["number"], year, tuple(map(_return_pupil, content["pupils"])))


def _return_pupil(pupil: Content) -> ReturnPupil:
    codes = tuple(judgement(subject, code) for subject, (_, code) in zip(Subject, _cells(pupil), strict=True) if code)
    born = pupil["birth_date"]
    return ReturnPupil(
        pupil["upn"], pupil["surname"], pupil["forename"], _date(born), born, pupil["sex"], pupil["former_upn"], codes
    )


def _pupil(line: Line) -> dict[str, Any]:
    return {
        "key": line.pupil.key,
        "class": line.pupil.class_name,
        **_identity(line.pupil),
        "note": note_on(line.pupil),
        "cells": {str(cell.subject): [str(cell.owed.state), cell.code] for cell in line.cells.values()},
    }


def _identity(pupil: Pupil) -> dict[str, str]:
    born = pupil.birth_date.isoformat() if pupil.birth_date else pupil.birth_text
    return {**{name: getattr(pupil, name) for name in _IDENTITY}, "birth_date": born}


def note_on(pupil: Pupil) -> str:
    """Return a word or two for what is unusual about a pupil."""
    left = f"Left {date_words(pupil.left)}" if pupil.left else ""
    other_year = f"Year {pupil.year_group}" if pupil.year_group not in ("", "6", "Year 6", "Y6") else ""
    return ", ".join(part for part in (left, other_year) if part)


def classes_of(content: Content) -> tuple[ClassList, ...]:
    """Return the classes of a snapshot as papers print them."""
    pupils: Sequence[Content] = content["pupils"]
    return tuple(
        ClassList(name or "Pupils without a class", "", tuple(map(_paper_line, group)))
        for name, group in groupby(pupils, key=lambda pupil: pupil["class"])
    )


def _paper_line(pupil: Content) -> PupilLine:
    reading, writing, maths, science = (Cell(OwedState(state), code) for state, code in _cells(pupil))
    return PupilLine(
        pupil["surname"], pupil["forename"], pupil["upn"], _date(pupil["birth_date"]), pupil["sex"],
        (reading, writing, maths, science), pupil["note"],
    )  # fmt: skip


def _cells(pupil: Content) -> Iterator[tuple[str, str]]:
    for subject in Subject:
        state, code = pupil["cells"].get(str(subject), [str(OwedState.CLOSED), ""])
        yield state, code


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Since:
    """What is otherwise now than it was in a snapshot."""

    cells: tuple[CellChange, ...]
    others: tuple[str, ...]
    """In words: pupils added and gone, details put right."""

    def __bool__(self) -> bool:
        return bool(self.cells or self.others)


def changed_since(content: Content, records: Records, class_name: str | None) -> Since:
    """Compare a snapshot with the records as they are now."""
    before = {pupil["key"]: pupil for pupil in content["pupils"]}
    now = {line.pupil.key: line for line in lines_of(records, class_name)}
    both = [(before[key], _pupil(line)) for key, line in now.items() if key in before]
    return Since(
        tuple(change for old, new in both for change in _changed_cells(old, new)),
        (*_gone(before, now), *_added(before, now), *_details(both)),
    )


def _changed_cells(old: Content, new: Content) -> Iterator[CellChange]:
    for subject, (_, before), (_, after) in zip(Subject, _cells(old), _cells(new), strict=True):
        if before != after:
            yield CellChange(_name(new), subject, before, after)


def _gone(before: Mapping[str, Content], now: Mapping[str, Line]) -> Iterator[str]:
    yield from (f"{_name(pupil)} is no longer among them" for key, pupil in before.items() if key not in now)


def _added(before: Mapping[str, Content], now: Mapping[str, Line]) -> Iterator[str]:
    yield from (f"{line.pupil.name} was added" for key, line in now.items() if key not in before)


def _details(pairs: Iterable[tuple[Content, Content]]) -> Iterator[str]:
    for old, new in pairs:
        for field, word in _IDENTITY.items():
            if old[field] != new[field]:
                yield f"{_name(new)}: {word} was {_shown(old[field])}, is now {_shown(new[field])}"


def _shown(value: str) -> str:
    day = _date(value)
    return date_words(day) if day else value or "empty"


def _name(pupil: Content) -> str:
    return full_name(pupil["surname"], pupil["forename"])
