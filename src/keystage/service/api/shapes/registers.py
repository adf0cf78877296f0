"""Who is expected."""

from datetime import date

from keystage.service.api.shapes.base import Shape
from keystage.service.gateway.models.returns import State
from keystage.years.registration import PupilStatus, TestStatus


class Expected(Shape):
    """A pupil on the register."""

    upn: str
    surname: str
    forename: str
    dob: date | None
    sex: str
    reading: TestStatus
    """Where the pupil stands for the test."""
    maths: TestStatus
    gps: TestStatus
    """Grammar, punctuation and spelling."""
    status: PupilStatus
    """Where the pupil stands as a whole."""
    former_upn: str
    date_left: date | None
    moderated_writing: str
    """The code that the authority's moderator recorded; empty where the pupil was not in the sample."""
    is_expected: bool
    """Whether the return must have the pupil."""


class Register(Shape):
    """Who is on the register, and the return's numbers."""

    year: int
    school: str
    """The school's DfE number."""
    state: State
    """How the return stands, in words."""
    expected: int
    received: int
    missing: int
    unexpected: int
    version: int
    """Goes up with every change of the register."""
    pupils: list[Expected]
