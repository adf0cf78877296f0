"""Checks files: reads what a path or bytes hold, chooses the year, and runs the checks."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path, PurePath

from keystage.checks.archives import Member, members
from keystage.checks.case import Destination
from keystage.checks.report import Report
from keystage.checks.run import refusal, run
from keystage.checks.sheet_notes import notes_on
from keystage.ctf.limits import LIMITS, Limits, content_of
from keystage.ctf.reader import read
from keystage.ctf.to_return import collection_year, to_return
from keystage.returns.refused import FileRefused
from keystage.returns.register import Register
from keystage.returns.value import Return
from keystage.sheets import read_register, read_template
from keystage.sheets.sheet_file import SheetFile
from keystage.years import held, load
from keystage.years.errors import YearUnknown
from keystage.years.year import CollectionYear

SPREADSHEETS = frozenset({".csv", ".xlsx", ".xlsm", ".xls", ".ods"})


@dataclass(frozen=True, slots=True)
class Options:
    """How files are checked."""

    year: int | None = None
    """The collection year; None takes it from the file."""
    register: Register | Path | None = None
    previous: Return | Path | None = None
    destination: Destination = "gateway"
    today: date | None = None
    school: str = ""
    """The school that a template is of, or that a file must be of: seven figures."""
    years_dir: Path | None = None
    limits: Limits = LIMITS


def check_file(
    path: Path | str,
    *,
    year: int | None = None,
    register: Register | Path | str | None = None,
    previous: Return | Path | str | None = None,
    destination: Destination = "gateway",
    today: date | None = None,
    school: str = "",
    years_dir: Path | None = None,
) -> Report:
    """Read and check one file: a Common Transfer File or a filled template.

    Args:
        path: the file.
        year: the collection year; by default it is taken from the file.
        register: the pupils who are expected, or the path of their register.
        previous: the return that was sent before, or the path of its file.
        destination: where the file must be addressed to.
        today: the date that counts as today; by default that of now in London.
        school: the seven figures of the school, where a template does not say it.
        years_dir: a folder with years of one's own.

    Raises:
        OSError: a path cannot be opened.
        FileRefused: the earlier file cannot be read; a faulty ``path`` is reported and raises nothing.
        RegisterRefused: the register cannot be read.
        YearUnknown: ``year`` is not held.
    """
    options = Options(
        year,
        Path(register) if isinstance(register, str) else register,
        Path(previous) if isinstance(previous, str) else previous,
        destination,
        today,
        school,
        years_dir,
    )
    path = Path(path)
    try:
        content: bytes | FileRefused = content_of(path, options.limits)
    except FileRefused as refused:
        content = refused
    return check_content(content, path.name, options)


def check_path(path: Path, options: Options) -> Iterator[Report]:
    """Check a file, or each file in a zip; reports carry the path as it was given, and ``zip!member``."""
    if path.suffix.lower() == ".zip":
        yield from _check_zip(path, options)
        return
    try:
        content: bytes | FileRefused = content_of(path, options.limits)
    except FileRefused as refused:
        content = refused
    yield replace(check_content(content, path.name, options), file=str(path))


def _check_zip(path: Path, options: Options) -> Iterator[Report]:
    seen: dict[str, str] = {}
    for member in _members(path, options):
        if isinstance(member, FileRefused):
            yield refusal(member, usual_year(options)).named(str(path), hash_of(path))
            return
        name = PurePath(member.name).name
        report = check_among(seen, member.name, partial(check_content, member.content, name, options))
        yield replace(report, file=f"{path}!{member.name}")


def check_among(seen: dict[str, str], name: str, check: Callable[..., Report]) -> Report:
    """Check a file among others; one of a school that came before is told the name of that other (check F09).

    Args:
        seen: the names that came before, by their schools; this one is added.
        name: the file's name among the others.
        check: checks the file, given the name of the other as ``twin``.
    """
    report = check()
    other = seen.setdefault(report.school, name) if report.school else name
    return report if other == name else check(twin=other)


def _members(path: Path, options: Options) -> Iterator[Member | FileRefused]:
    """Yield what is in a zip, and at the end why no more of it can be read, where that is so."""
    try:
        yield from members(path, limits=options.limits)
    except FileRefused as refused:
        yield refused


def hash_of(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal figures."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def check_content(content: bytes | FileRefused, name: str, options: Options, *, twin: str = "") -> Report:
    """Check the bytes of one file, or report why they were refused before they were read."""
    return read_and_check(content, name, options, twin=twin)[1]


def read_and_check(
    content: bytes | FileRefused, name: str, options: Options, *, twin: str = ""
) -> tuple[Return | None, Report]:
    """Check the bytes of one file; with the report comes the return in it, None where it could not be read."""
    if isinstance(content, FileRefused):
        return None, refusal(content, usual_year(options)).named(name, None)
    digest = hashlib.sha256(content).hexdigest()
    if PurePath(name).suffix.lower() == ".zip":
        return None, refusal(_A_ZIP, usual_year(options)).named(name, digest)
    try:
        return_, year, notes = read_return(content, name, options)
    except FileRefused as refused:
        return None, refusal(refused, usual_year(options)).named(name, digest)
    report = run(
        return_,
        year=year,
        register=_register(options, year),
        previous=_previous(options, year),
        today=options.today,
        destination=options.destination,
        sender=options.school,
        twin=twin,
    )
    if isinstance(return_.source, SheetFile):
        notes += tuple(notes_on(return_.source))
    return return_, report.named(name, digest, *notes)


_A_ZIP = FileRefused(
    "F01",
    "This is a zip, which may hold many files; one file was expected.",
    "Take the files out of the zip and check each, or check the zip with “keystage check”.",
)


def read_return(content: bytes, name: str, options: Options) -> tuple[Return, CollectionYear, tuple[str, ...]]:
    """Read a return from bytes; with it the year it is taken for, and what a reader should know of that choice.

    Raises:
        FileRefused: it cannot be read.
    """
    if PurePath(name).suffix.lower() in SPREADSHEETS:
        year = usual_year(options)
        note = (
            () if options.year else (f"A spreadsheet does not say its year: {year} was taken. --year gives another.",)
        )
        return read_template(content, year, name=name, school=options.school), year, note
    file = read(content, name=name, limits=options.limits)
    year, notes = year_for(options, collection_year(file))
    return to_return(file, year), year, notes


def usual_year(options: Options) -> CollectionYear:
    """Return the year that was asked for, else the latest that is no draft."""
    if options.year is not None:
        return load(options.year, years_dir=options.years_dir)
    years = (load(year, years_dir=options.years_dir) for year in sorted(held(options.years_dir), reverse=True))
    return next(year for year in years if not year.is_draft)


def year_for(options: Options, found: int | None) -> tuple[CollectionYear, tuple[str, ...]]:
    """Return the year that a file is taken for, and what a reader should know of that choice.

    That is the year that was asked for, else the one ``found`` in the file, else the latest that is no draft.
    """
    if options.year is not None or found is None:
        year = usual_year(options)
        note = f"The file does not say its year: {year} was taken. --year gives another."
        return year, () if options.year is not None else (note,)
    try:
        return load(found, years_dir=options.years_dir), ()
    except YearUnknown:
        year = usual_year(options)
        return year, (f"The file is of {found}, a year that is not held here: it was checked for {year}.",)


def _register(options: Options, year: CollectionYear) -> Register | None:
    register = options.register
    if not isinstance(register, Path):
        return register
    with _naming(register):
        return read_register(register, year)


def _previous(options: Options, year: CollectionYear) -> Return | None:
    previous = options.previous
    if not isinstance(previous, Path):
        return previous
    with _naming(previous):
        earlier = replace(options, year=year.year)
        return read_return(content_of(previous, options.limits), previous.name, earlier)[0]


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Say in a refusal that it is of a file that was given beside the one to be checked."""
    try:
        yield
    except FileRefused as refused:
        refused.file = str(path)
        raise
