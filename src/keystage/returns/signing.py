"""Signatures under a return: each class' teacher signs the class, the headteacher signs the whole, each on its content.

A signature holds a fingerprint of what was signed. It stands for that content and no other: whatever is changed after,
it no longer covers.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from keystage.returns.fingerprint import fingerprint
from keystage.returns.value import Return


class Role(StrEnum):
    """Who signs."""

    TEACHER = "teacher"
    HEADTEACHER = "headteacher"


class Required(NamedTuple):
    """A signature that is wanted."""

    role: Role
    class_name: str = ""
    """The class, for a teacher; empty for the pupils without a class, and for the headteacher."""


@dataclass(frozen=True, slots=True)
class Signature:
    """What one person signed, and when."""

    role: Role
    by: str
    """The person's name."""
    at: datetime
    """With its time zone."""
    fingerprint: str
    """Of what was signed (:func:`keystage.returns.fingerprint.fingerprint` of :func:`content_for`)."""
    class_name: str = ""
    content: Return | None = None
    """What was signed, so that changes can be told cell by cell; None where it was not kept."""


@dataclass(frozen=True, slots=True)
class Signatures:
    """The signatures of a school under its return."""

    given: tuple[Signature, ...]
    classes: tuple[str, ...]
    """The class of each pupil, in the order of the return's pupils."""
    waived: frozenset[str] = frozenset()
    """Classes that the headteacher answers for, having signed without their teacher and given the reason."""

    def required(self) -> tuple[Required, ...]:
        """Return the signatures that are wanted: of the teacher of each class, in order, and of the headteacher."""
        names = (name for name in dict.fromkeys(self.classes) if name not in self.waived)
        teachers = (Required(Role.TEACHER, name) for name in names)
        return (*teachers, Required(Role.HEADTEACHER))

    def latest(self, required: Required) -> Signature | None:
        """Return the latest signature that was given for a class or the whole; earlier ones no longer count."""
        found = [each for each in self.given if (each.role, each.class_name) == required]
        return max(found, key=lambda each: each.at, default=None)


def content_for(return_: Return, classes: Sequence[str], required: Required) -> Return:
    """Return what a person signs: the pupils of one class, or all of them.

    Raises:
        ValueError: there is not one class for each pupil.
    """
    paired = zip(return_.pupils, classes, strict=True)
    everybody = required.role is Role.HEADTEACHER
    pupils = tuple(pupil for pupil, name in paired if everybody or name == required.class_name)
    return replace(return_, pupils=pupils, extras=(), source=None)


def covers(signature: Signature, content: Return) -> bool:
    """Say whether a signature stands for a content."""
    return signature.fingerprint == fingerprint(content)
