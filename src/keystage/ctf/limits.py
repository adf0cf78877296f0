"""How large a file may be. Beyond these the file is refused before it can do harm."""

from dataclasses import dataclass
from pathlib import Path

from keystage.returns.bounded import content_within, too_many_bytes
from keystage.returns.refused import FileRefused


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one file (check F08)."""

    size: int = 100_000_000
    """Bytes."""
    pupils: int = 20_000
    tags: int = 8_000_000
    """Tags in the whole file: some two hundred elements for each of the most pupils."""
    depth: int = 16
    """Elements within elements, the root counted."""
    strays: int = 1_000
    """Elements outside the header and the pupils' records, or names that are not known; a sound file has none."""
    record: int = 2_000_000
    """Bytes of one pupil's record, or of the header."""


LIMITS = Limits()

ONE_SCHOOL = "A return holds one school. Export it again for the pupils of this school only."


def content_of(path: Path, limits: Limits = LIMITS) -> bytes:
    """Return the content of a file, never more of it than the limits allow.

    Raises:
        FileRefused: F08: it is too large, or has no end.
        OSError: it cannot be opened.
    """
    return content_within(path, limits.size, ONE_SCHOOL)


def too_large(size: int, limits: Limits = LIMITS) -> FileRefused:
    """Return the refusal of a file with too many bytes."""
    return too_many_bytes(size, limits.size, ONE_SCHOOL)


def too_many_tags(limits: Limits = LIMITS) -> FileRefused:
    """Return the refusal of a file with too many tags."""
    return FileRefused("F08", f"The file has more than {limits.tags:,} tags.", ONE_SCHOOL)


def too_many_pupils(line: int | None, limits: Limits = LIMITS) -> FileRefused:
    """Return the refusal of a file with too many pupils."""
    return FileRefused("F08", f"The file has more than {limits.pupils:,} pupils.", ONE_SCHOOL, line)


def too_many_strays(line: int | None, limits: Limits = LIMITS) -> FileRefused:
    """Return the refusal of a file with too much outside its records."""
    return FileRefused(
        "F08",
        f"The file has more than {limits.strays:,} elements that do not belong in a Common Transfer File.",
        "Export the file again from the school's system.",
        line,
    )


def too_deep(line: int | None, limits: Limits = LIMITS) -> FileRefused:
    """Return the refusal of a file with elements nested too deeply."""
    return FileRefused(
        "F08",
        f"Elements stand more than {limits.depth} deep inside one another; a Common Transfer File never does that.",
        "Export the file again from the school's system.",
        line,
    )


def part_too_long(line: int | None, limits: Limits = LIMITS) -> FileRefused:
    """Return the refusal of a file with a comment or a tag that does not end."""
    return FileRefused(
        "F08",
        f"A comment or a tag in the file has more than {limits.record / 1_000_000:,.0f} MB.",
        "Export the file again from the school's system.",
        line,
    )


def record_too_long(line: int | None, limits: Limits = LIMITS) -> FileRefused:
    """Return the refusal of a file with a pupil's record that does not end."""
    return FileRefused(
        "F08",
        f"One record in the file has more than {limits.record / 1_000_000:,.0f} MB.",
        "Export the file again from the school's system.",
        line,
    )
