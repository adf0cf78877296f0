"""Zips of many files, as authorities send them: read in memory, never unpacked to disk, and only within limits."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from keystage.ctf.limits import LIMITS, Limits
from keystage.returns.refused import FileRefused

READABLE = frozenset({".xml", ".csv", ".xlsx", ".xlsm", ".xls", ".ods"})
"""The endings of files that are looked at in folders and zips, besides zips themselves."""


@dataclass(frozen=True, slots=True)
class ZipLimits:
    """The limits of one zip (check F08)."""

    files: int = 5_000
    size: int = 2_000_000_000
    """Bytes of all files together, unpacked."""


ZIP_LIMITS = ZipLimits()

_AGAIN = "Make the zip again, with the schools' files in it and nothing else."
_WITH_RETURNS = "Put the schools' Common Transfer Files (.xml) or filled templates (.xlsx, .csv) into it."


class Member(NamedTuple):
    """One file in a zip: its content, or why it was refused."""

    name: str
    content: bytes | FileRefused


def members(source: Path | bytes, *, limits: Limits = LIMITS, zip_limits: ZipLimits = ZIP_LIMITS) -> Iterator[Member]:
    """Yield the files in a zip that can be returns, in the order of their names.

    Raises:
        FileRefused: F01, F02 or F08: it is no zip that can be opened, it holds nothing to check, or it is too large.
        OSError: the path cannot be opened.
    """
    try:
        with zipfile.ZipFile(BytesIO(source) if isinstance(source, bytes) else source) as archive:
            entries = [entry for entry in archive.infolist() if _matters(entry)]
            if not entries:
                raise FileRefused("F02", "The zip holds no file that can be a return.", _WITH_RETURNS)
            _keep_within(entries, zip_limits)
            for entry in sorted(entries, key=lambda entry: entry.filename):
                yield Member(entry.filename, _content(archive, entry, limits))
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        EOFError,
        ValueError,
    ) as fault:  # ValueError: a name in no encoding
        raise FileRefused("F01", "This is no zip, or it is damaged or cut short.", _AGAIN) from fault


def left_out(source: Path | bytes) -> list[str]:
    """Return the names of the files in a zip that cannot be returns and are not looked at, sorted.

    Hidden files, which some systems add by themselves, are not among them; of what is no zip, nothing is.

    Raises:
        OSError: the path cannot be opened.
    """
    try:
        with zipfile.ZipFile(BytesIO(source) if isinstance(source, bytes) else source) as archive:
            return sorted(each.filename for each in archive.infolist() if _is_file(each) and not _matters(each))
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError):
        return []


def _matters(entry: zipfile.ZipInfo) -> bool:
    suffix = PurePosixPath(entry.filename.replace("\\", "/")).suffix.lower()
    return _is_file(entry) and (suffix in READABLE or suffix == ".zip")


def _is_file(entry: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(entry.filename.replace("\\", "/"))
    return bool(
        entry.filename and not entry.is_dir() and not path.name.startswith(".") and "__MACOSX" not in path.parts
    )


def _keep_within(entries: list[zipfile.ZipInfo], limits: ZipLimits) -> None:
    if len(entries) > limits.files:
        raise FileRefused(
            "F08", f"The zip holds {len(entries):,} files; {limits.files:,} is the most that is read.",
            "Send it in several parts.", value=str(len(entries)),
        )  # fmt: skip
    size = sum(entry.file_size for entry in entries)
    if size > limits.size:
        raise FileRefused(
            "F08",
            f"The files in the zip come to {size / 1e9:,.1f} GB unpacked; {limits.size / 1e9:,.1f} GB is the most that"
            " is read.",
            "Send it in several parts.",
            value=str(size),
        )


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limits: Limits) -> bytes | FileRefused:
    path = PurePosixPath(entry.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
        return FileRefused("F01", "The name of this file leads out of the zip, so it was not read.", _AGAIN)
    if path.suffix.lower() == ".zip":
        return FileRefused("F01", "This is a zip within the zip, which is not opened.", _AGAIN)
    if entry.flag_bits & 0x1:
        return FileRefused("F01", "This file is locked with a password.", "Make the zip again without a password.")
    if entry.file_size > limits.size:
        return FileRefused(
            "F08",
            f"The file has {entry.file_size / 1e6:,.0f} MB; {limits.size / 1e6:,.0f} MB is the most that is read.",
            _AGAIN,
            value=str(entry.file_size),
        )
    try:
        with archive.open(entry) as file:
            content = file.read(entry.file_size)  # what the zip says: a file that is longer fails its checksum
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, ValueError):
        return _damaged()
    except Exception as fault:  # zlib and lzma have errors of their own
        if type(fault).__module__ not in {"zlib", "_lzma", "lzma"}:
            raise
        return _damaged()
    return content


def _damaged() -> FileRefused:
    what = "This file cannot be taken out of the zip: it is damaged, or packed in a way that is not read here."
    return FileRefused("F01", what, _AGAIN)
