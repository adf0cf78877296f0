"""Reading a file from disk, never more of it than is allowed."""

from pathlib import Path

from keystage.returns.refused import FileRefused


def content_within(path: Path, most: int, fix: str) -> bytes:
    """Return the content of a file of at most ``most`` bytes.

    Raises:
        FileRefused: F08: it is larger, or has no end; ``fix`` says what a person can do.
        OSError: it cannot be opened.
    """
    size = path.stat().st_size
    if size > most:
        raise too_many_bytes(size, most, fix)
    with path.open("rb") as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise too_many_bytes(len(content), most, fix)
    return content


def too_many_bytes(size: int, most: int, fix: str) -> FileRefused:
    """Return the refusal of a file with too many bytes."""
    what = f"The file has {size / 1_000_000:,.0f} MB; {most / 1_000_000:,.0f} MB is the most that is read."
    return FileRefused("F08", what, fix, value=str(size))
