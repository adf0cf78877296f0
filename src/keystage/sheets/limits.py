"""How large a spreadsheet may be. Beyond these it is refused before it can do harm."""

from dataclasses import dataclass

from keystage.returns.bounded import too_many_bytes
from keystage.returns.refused import FileRefused


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one spreadsheet (check F08)."""

    size: int = 100_000_000
    """Bytes of the file."""
    unpacked: int = 500_000_000
    """Bytes of the parts of a workbook together: a workbook is a zip file."""
    pupils: int = 20_000
    columns: int = 16_384
    sheets: int = 100
    area: int = 10_000_000
    """Cells from the first to the last that is filled, blank ones counted: so much memory one sheet takes."""


LIMITS = Limits()

ONE_SCHOOL = "A return holds one school. Make the file again for the pupils of this school only."
COPY = "Copy the table of pupils into a new workbook, save that, and use it instead."


def too_large(size: int, limits: Limits = LIMITS) -> FileRefused:
    """Return the refusal of a file with too many bytes."""
    return too_many_bytes(size, limits.size, ONE_SCHOOL)


def too_large_unpacked(limits: Limits = LIMITS) -> FileRefused:
    """Return the refusal of a workbook whose parts are too large once they are unpacked."""
    return FileRefused(
        "F08", f"The workbook holds more than {limits.unpacked / 1_000_000:,.0f} MB once it is unpacked.", COPY
    )


def too_many_pupils(line: int | None, limits: Limits = LIMITS) -> FileRefused:
    """Return the refusal of a sheet with too many rows."""
    return FileRefused("F08", f"The file has more than {limits.pupils:,} pupils.", ONE_SCHOOL, line)


def too_many_columns(line: int | None, limits: Limits = LIMITS) -> FileRefused:
    """Return the refusal of a sheet with too many columns."""
    return FileRefused("F08", f"The file has more than {limits.columns:,} columns.", COPY, line)


def too_many_sheets(limits: Limits = LIMITS) -> FileRefused:
    """Return the refusal of a workbook with too many sheets."""
    return FileRefused("F08", f"The workbook has more than {limits.sheets} sheets.", COPY)


def too_wide_an_area() -> FileRefused:
    """Return the refusal of a workbook whose filled cells stand too far apart."""
    return FileRefused("F08", "The sheet has filled cells very far apart, and millions of blank ones between.", COPY)
