"""A file that cannot be read at all: the one expected fault that is an exception, because nothing follows from it."""

from dataclasses import dataclass


@dataclass(eq=False)
class FileRefused(Exception):
    """A file was opened and refused. The code is that of the check which says so: F01 to F04, or F08."""

    code: str
    what: str
    """What is wrong, as one sentence."""
    fix: str
    """What a person can do about it."""
    line: int | None = None
    column: int | None = None
    value: str = ""
    file: str = ""
    """The file, where it is not the one that was to be read but one that was given with it."""

    def __str__(self) -> str:
        return f"{self.what} {self.fix}"
