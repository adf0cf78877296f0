"""Where every fault is registered under the code of the check that must find it."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import TypeVar

from keystage.simulate.draft import Draft
from keystage.simulate.expect import Expect
from keystage.simulate.filed import FiledPupil

Expected = list[Expect] | None
"""What must be found, consequences included; None where the fault cannot be put into this pupil or file."""

PupilFault = Callable[[Draft, FiledPupil, Random], Expected]
HeaderFault = Callable[[Draft, Random], Expected]


@dataclass(frozen=True, slots=True)
class Spoilt:
    """The bytes that take the place of a whole file, and what must be found in them."""

    data: bytes
    expected: list[Expect]
    is_read: bool = False
    """Whether it can be read, so that there is a return of a kind."""


FileFault = Callable[[Draft, Random], Spoilt | None]

PUPIL_FAULTS: dict[str, list[PupilFault]] = {}
"""Faults in one pupil's part of the file or register, by code."""
HEADER_FAULTS: dict[str, list[HeaderFault]] = {}
"""Faults in the header or name of the file, or in all its pupils at once: at most one in a file."""
FILE_FAULTS: dict[str, list[FileFault]] = {}
"""Faults that leave nothing else to be found."""

_F = TypeVar("_F", bound=Callable[..., object])


def seeds(code: str, among: dict[str, list[_F]]) -> Callable[[_F], _F]:
    """Register a function that seeds the fault which a check must find."""

    def register(function: _F) -> _F:
        among.setdefault(code, []).append(function)
        return function

    return register
