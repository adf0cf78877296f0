"""A class on paper: its pupils, what each owes in each subject, and the judgements so far."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from keystage.papers.characters import Value
from keystage.papers.frame import counted
from keystage.pupils.names import full_name
from keystage.years.owed import OwedState
from keystage.years.subjects import Subject


@dataclass(frozen=True, slots=True)
class Cell:
    """Whether a judgement is wanted, and the code; empty where there is none."""

    state: OwedState
    code: str = ""


@dataclass(frozen=True, slots=True)
class PupilLine:
    """A pupil on paper, with a cell for each subject in the order of :class:`Subject`."""

    surname: str
    forename: str
    upn: str
    birth_date: date | None
    sex: str
    cells: tuple[Cell, Cell, Cell, Cell]
    note: str = ""
    """A word or two for what is unusual: ``Left 12 May``, ``Year 5``."""


@dataclass(frozen=True, slots=True)
class ClassList:
    """A class, who teaches it, and its pupils in the order in which they are printed."""

    name: str
    teacher: str
    pupils: tuple[PupilLine, ...]

    def still(self, blank: bool) -> int:
        """Count the required judgements that are not there; on a blank paper, all that are required."""
        cells = (cell for pupil in self.pupils for cell in pupil.cells)
        return sum(cell.state is OwedState.REQUIRED and (blank or not cell.code) for cell in cells)


SUBJECTS = tuple(subject.capitalize() for subject in Subject)


def classes_data(classes: Sequence[ClassList], *, blank: bool = False, for_writing: bool = True) -> dict[str, Value]:
    """Return what a template shows of classes: where ``blank``, without a code.

    Where the paper is not ``for_writing``, an empty cell says that nothing was given.
    """
    return {
        "subjects": SUBJECTS,
        "classes": [_class_data(each, blank) for each in classes],
        "pupils": counted(sum(len(each.pupils) for each in classes), "pupil").capitalize(),
        "still": _still(sum(each.still(blank) for each in classes), blank),
        "still_heading": f"Judgements {_ending(blank)}",
        "for-writing": for_writing,
    }


def class_label(name: str) -> str:
    """Return the name of a class as a heading: ``Class 6A``."""
    return name if name.lower().startswith("class") else f"Class {name}"


def _class_data(each: ClassList, blank: bool) -> dict[str, Value]:
    return {
        "name": each.name,
        "label": class_label(each.name),
        "teacher": each.teacher,
        "pupils": [_pupil_data(pupil, blank) for pupil in each.pupils],
        "count": counted(len(each.pupils), "pupil").capitalize(),
        "still": _still(each.still(blank), blank),
        "still_count": each.still(blank),
    }


def _still(count: int, blank: bool) -> str:
    return f"{counted(count, 'judgement')} {_ending(blank)}"


def _ending(blank: bool) -> str:
    return "to be given" if blank else "still missing"


def _pupil_data(pupil: PupilLine, blank: bool) -> dict[str, Value]:
    return {
        "name": full_name(pupil.surname, pupil.forename),
        "note": pupil.note,
        "upn": pupil.upn,
        "born": f"{pupil.birth_date:%d/%m/%Y}" if pupil.birth_date else "not known",
        "sex": pupil.sex,
        "cells": [{"state": str(cell.state), "code": "" if blank else cell.code} for cell in pupil.cells],
    }
