"""The CTF doctor: safe repairs to a file, each one listed, and never one to a judgement.

Only what cannot change the meaning is touched, by small edits to the bytes; all the rest of the file stays as it is to
the letter. Afterwards the file is read again and must say the same of every pupil.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from keystage.ctf.edits import Edit, apply, edits_in
from keystage.ctf.encoding import to_utf8
from keystage.ctf.limits import LIMITS, Limits, too_large
from keystage.ctf.model import CtfFile
from keystage.ctf.reader import read
from keystage.ctf.to_return import collection_year, to_return
from keystage.ctf.versions import version_number, version_of_year
from keystage.ctf.wrapping import unwrapped
from keystage.returns.refused import FileRefused
from keystage.years.year import CollectionYear


class Repair(NamedTuple):
    """One thing that was put right."""

    what: str
    line: int | None
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Repaired:
    """A file after its repairs."""

    data: bytes
    repairs: tuple[Repair, ...]
    file: CtfFile
    """The repaired file, as it is read."""
    always: int = 0
    """How many of the repairs, the first ones, are made whatever is chosen: without them the rest cannot be."""


YearFor = Callable[[int | None], CollectionYear]
"""Gives the data of a collection year: the file's own where it is held, else another."""


class UnsafeRepair(RuntimeError):
    """The repaired file does not say the same as before. Nothing was written; this is a fault of the program."""


def repair(
    data: bytes,
    years: YearFor,
    *,
    name: str = "",
    limits: Limits = LIMITS,
    chosen: Collection[int] | None = None,
) -> Repaired:
    """Make the safe repairs to a file: every one, or those that were chosen.

    Args:
        data: the file.
        years: gives the data of a collection year, for its codes and version.
        name: the file's name.
        limits: the limits of the reader.
        chosen: places in the list of every repair; those to the encoding and the beginning are always made.

    Raises:
        FileRefused: it cannot be read even after the repairs to its encoding and its beginning.
    """
    if len(data) > limits.size:
        raise too_large(len(data), limits)
    text, first = _wrapping(data)
    before = read(text, name=name, limits=limits)
    year = years(collection_year(before))
    numbered = _numbered(edits_in(text, before, year, right_version(before)), len(first))
    edits = tuple(edit for number, edit in numbered if chosen is None or number in chosen)
    after = apply(text, edits)
    file = read(after, name=name, limits=limits)
    _must_say_the_same(before, file, year)
    return Repaired(after, (*first, *_as_repairs(edits, before)), file, len(first))


def _numbered(edits: Iterator[Edit], start: int) -> Iterator[tuple[int, Edit]]:
    """Number the edits by their places in the list of repairs, where several may be told as one."""
    places: dict[str, int] = {}
    place = start - 1
    for edit in edits:
        if edit.once and edit.what in places:
            yield places[edit.what], edit
            continue
        place += bool(edit.what)
        if edit.once:
            places[edit.what] = place
        yield place, edit


def _wrapping(data: bytes) -> tuple[bytes, tuple[Repair, ...]]:
    """Return the file as plain UTF-8 from its first element on, and what had to be done for that."""
    done = []
    if data.startswith(b"\xef\xbb\xbf"):
        done.append(Repair("The byte order mark was taken out.", 1, "", ""))
    try:
        text, encoding = to_utf8(data)
        text.decode("utf-8")
    except (FileRefused, UnicodeDecodeError):
        text, encoding = _from_windows(data), "windows-1252"
        done.extend(_letters(data))
    if encoding != "utf-8":
        done.append(Repair("The file was written anew in UTF-8.", 1, encoding, "utf-8"))
    text, said = unwrapped(text)
    done.extend(Repair(what, line, before, after) for what, line, before, after in said)
    return text, tuple(done)


def _from_windows(data: bytes) -> bytes:
    """Read the lines that are not UTF-8 as windows-1252, the commonest case, and leave the others as they are.

    Raises:
        FileRefused: F04, where a line is not that either.
    """
    try:
        lines = data.removeprefix(b"\xef\xbb\xbf").split(b"\n")
        return b"\n".join(line if _is_utf8(line) else line.decode("cp1252").encode("utf-8") for line in lines)
    except UnicodeDecodeError:
        raise FileRefused(
            "F04",
            "The letters in the file are neither in the encoding that it declares nor in windows-1252.",
            "Export the file again from the school's system with the encoding UTF-8.",
        ) from None


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _letters(data: bytes) -> Iterator[Repair]:
    """List every line whose letters were read anew, for a person to look at."""
    for number, line in enumerate(data.split(b"\n"), start=1):
        if not _is_utf8(line):
            shown = line.decode("cp1252").strip()[:80]
            yield Repair("These letters were read as windows-1252: look at them.", number, "", shown)


def right_version(file: CtfFile) -> str:
    """Return the version that a file should have; empty where it is right, or where it is not certain.

    It is certain where the judgements and the header agree on the year.
    """
    year = collection_year(file)
    if year is None or file.header.source.academic_year != str(year - 1):
        return ""
    right = version_of_year(year)
    is_right = version_number(file.header.version) == version_number(right)
    has_judgements = any(row.method == "TA" for pupil in file.pupils for row in pupil.rows)
    return right if has_judgements and not is_right and version_number(file.header.version) is not None else ""


def _as_repairs(edits: tuple[Edit, ...], file: CtfFile) -> Iterator[Repair]:
    """List the edits: one entry for each, but one alone for a tag that stands at every pupil."""
    said = set()
    for edit in edits:
        if edit.once and edit.what in said:
            continue
        said.add(edit.what)
        if edit.what:
            yield Repair(edit.what, file.places.line(edit.at), edit.before, edit.after)


def _must_say_the_same(before: CtfFile, after: CtfFile, year: CollectionYear) -> None:
    if _content(before, year) != _content(after, year):
        raise UnsafeRepair("a repair would have changed what the file says of a pupil; it was not made")


def _content(file: CtfFile, year: CollectionYear) -> list[object]:
    return [
        (
            *(pupil.upn.strip().upper(), pupil.surname, pupil.forename, pupil.birth_text, pupil.sex),
            *((judgement.subject, judgement.code, judgement.year) for judgement in pupil.judgements),
        )
        for pupil in to_return(file, year).pupils
    ]
