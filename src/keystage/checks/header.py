"""H: the header of a Common Transfer File."""

import re
from collections.abc import Iterator
from datetime import datetime

from keystage.checks.case import Case
from keystage.checks.catalogue import Hit, Need, check
from keystage.checks.finding import Severity
from keystage.checks.london import london_time
from keystage.ctf.from_return import DOCUMENT_NAME
from keystage.ctf.model import Header
from keystage.ctf.versions import FIRST_VERSION, version_number, year_of_version

_LEA = re.compile(r"\d{3}", re.ASCII)
_ESTAB = re.compile(r"\d{4}", re.ASCII)
_DATE_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?", re.ASCII)


def _header(case: Case) -> Header:
    assert case.ctf is not None
    return case.ctf.header


def _hit(value: str, field: str, *, allowed: tuple[str, ...] = (), **words: object) -> Hit:
    return Hit(value=value, at=0, field=f"Header/{field}", allowed=allowed, words=words)


@check(
    "H01",
    "version",
    Severity.ERROR,
    summary="The file is of another version",
    message="The file {says}; for the summer of {year} it must be version {right}.",
    fix="Make sure that this year's file was exported. If it was, bring the school's system up to date for {label} and"
    " export it again. Where the version alone is wrong, “keystage repair” can put it right.",
    lists_allowed=True,
    needs=(Need.CTF,),
)
def version(case: Case) -> Iterator[Hit]:
    """The version of the file is that of the collection year."""
    value, right = _header(case).version, case.year.ctf.version
    if version_number(value) != version_number(right):
        belongs = f", which belongs to {year_of_version(value)}" if _is_of_a_year(value, right) else ""
        says = f"says that it is version “{value}”{belongs}" if value else "does not say its version"
        yield _hit(
            value, "CTFversion", allowed=(right,), says=says, right=right,
            label=case.year.label,
        )  # fmt: skip


def _is_of_a_year(version: str, right: str) -> bool:
    """Say whether a version goes by the year: none before the first that is known, and none beyond the next."""
    number, newest = version_number(version), version_number(right)
    return number is not None and newest is not None and FIRST_VERSION <= number <= newest + 1


@check(
    "H02",
    "source-school",
    Severity.ERROR,
    summary="The school in the file is missing or wrong",
    message="{problem}.",
    fix="{way_out}",
    needs=(Need.CTF,),
)
def source_school(case: Case) -> Iterator[Hit]:
    """The file names its own school: three figures for the authority, four for the establishment."""
    source = _header(case).source
    if not _LEA.fullmatch(source.lea):
        problem = _problem("local authority number", source.lea, 3)
        yield _hit(source.lea, "SourceSchool/LEA", problem=problem, way_out=_NUMBERS)
    if not _ESTAB.fullmatch(source.estab):
        problem = _problem("establishment number", source.estab, 4)
        yield _hit(source.estab, "SourceSchool/Estab", problem=problem, way_out=_NUMBERS)
    if case.sender and case.sender != source.number and len(source.number) == 7:
        problem = f"The file is of school {source.number}, but it is sent for school {case.sender}"
        yield _hit(source.number, "SourceSchool", problem=problem, way_out=_OTHER_SCHOOL)


_NUMBERS = (
    "Set the local authority number (3 figures) and the establishment number (4 figures) in the school's system, and"
    " export the file again."
)
_OTHER_SCHOOL = "Choose the file of the school that is sending, or send this one for the school that it is of."


def _problem(what: str, value: str, figures: int) -> str:
    if not value:
        return f"The file does not give the school's {what}"
    return f"The school's {what} is “{value}”; it must have {figures} figures"


@check(
    "H03",
    "destination",
    Severity.ERROR,
    summary="The file is not addressed to the right place",
    message="The file is addressed to {to}; {meant}.",
    fix="{way_out}",
    lists_allowed=True,
    needs=(Need.CTF, Need.DESTINATION),
)
def destination(case: Case) -> Iterator[Hit]:
    """A return for the gateway is addressed to the national agency (NAA, LLLL), one for a school to that school."""
    to = _header(case).destination
    found = to.number.upper()
    national = case.year.ctf.destination_lea + case.year.ctf.destination_estab
    if case.destination == "gateway" and found != national:
        yield _hit(
            to.number, "DestSchool", allowed=(national,), to=_addressee(case, found), meant="this return goes to"
            f" the national agency ({national[:3]} {national[3:]})", way_out=_way_out(found),
        )  # fmt: skip
    if case.destination == "school" and not (_LEA.fullmatch(to.lea) and _ESTAB.fullmatch(to.estab)):
        yield _hit(
            to.number, "DestSchool", allowed=("LLLEEEE",), to=_addressee(case, found),
            meant="it must be addressed to a school (three figures and four)",
            way_out="Export the file again with that school as the destination.",
        )  # fmt: skip


def _addressee(case: Case, number: str) -> str:
    if not number:
        return "nobody"
    if number == _header(case).source.number:
        return f"the school itself ({number})"
    if number.endswith("LLLL") and number[:3].isdecimal():
        return f"the local authority {number[:3]} ({number})"
    return number


def _way_out(number: str) -> str:
    again = "Choose “National Assessment Agency” (NAA LLLL) as the destination and export the file again."
    if number.endswith("LLLL") and number[:3].isdecimal():
        return f"The return goes to the gateway, not to the authority, unless the authority sends it for you. {again}"
    return again


@check(
    "H04",
    "document-qualifier",
    Severity.ERROR,
    summary="The file does not say whether it is full or partial",
    message="{problem}.",
    fix="Export the file again, choosing a partial CTF for key stage 2.",
    lists_allowed=True,
    needs=(Need.CTF,),
)
def document_qualifier(case: Case) -> Iterator[Hit]:
    """The file says that it is a full or a partial one."""
    value = _header(case).qualifier
    if value not in ("full", "partial"):
        problem = f"The file says “{value}” where it must say “full” or “partial”" if value else (
            "The file does not say whether it is full or partial"
        )  # fmt: skip
        yield _hit(value, "DocumentQualifier", allowed=("full", "partial"), problem=problem)


@check(
    "H05",
    "academic-year",
    Severity.ERROR,
    summary="The file is of another school year",
    message="{problem}; for the summer of {year} it must be {right}, the year in which the school year {label} began.",
    fix="Make sure that this year's file was exported, and not last year's; if it was, export it again with the school"
    " year set to {label}.",
    lists_allowed=True,
    needs=(Need.CTF,),
)
def academic_year(case: Case) -> Iterator[Hit]:
    """The school year in the header is that of the collection, named by the year in which it starts."""
    value, right = _header(case).source.academic_year, str(case.year.start_year)
    if value != right:
        problem = f"The school year in the file is “{value}”" if value else "The file does not give the school year"
        yield _hit(
            value, "SourceSchool/AcademicYear", allowed=(right,), problem=problem, right=right, label=case.year.label
        )


@check(
    "H06",
    "date-time",
    Severity.QUERY,
    summary="The date of the file is doubtful",
    message="{problem}.",
    fix="{way_out}",
    needs=(Need.CTF,),
)
def date_time(case: Case) -> Iterator[Hit]:
    """The file says when it was made: a date and time that is not in the future."""
    value = _header(case).date_time
    made = file_date_time(value)
    if not value:
        problem = "The file does not say when it was made"
        yield _hit(value, "DateTime", problem=problem, way_out=_LATEST)
    elif made is None:
        problem = f"The file's date and time, “{value}”, cannot be read; they must be written like 2026-06-18T14:05:00"
        yield _hit(value, "DateTime", problem=problem, way_out=_LATEST)
    elif made.date() > case.today:
        problem = f"The file says that it was made on {made:%d/%m/%Y}, which is yet to come"
        yield _hit(value, "DateTime", problem=problem, way_out=_CLOCK)


_LATEST = "Make sure that this is the latest file. If you are not sure, export it again."
_CLOCK = "Set the clock of the computer that made the file right and export it again; a later file may count as older."


def file_date_time(text: str) -> datetime | None:
    """Read the date and time of a header, in London's time where it has a zone; None where it is not one."""
    if not _DATE_TIME.fullmatch(text):
        return None
    try:
        given = datetime.fromisoformat(text)
        return london_time(given) if given.tzinfo else given
    except (ValueError, OverflowError):
        return None


@check(
    "H07",
    "old-tag",
    Severity.QUERY,
    summary="The file was written in an unusual way",
    message="The file has {found}{instead}. It was read all the same; other systems may refuse it.",
    fix="Run “keystage repair” on the file, or bring your school's system up to date and export it again.",
    needs=(Need.CTF,),
)
def old_tag(case: Case) -> Iterator[Hit]:
    """Names of elements are those of the year's version, with no namespace."""
    file = case.ctf
    assert file is not None
    if case.year.ctf.sex_tag == "Sex":
        for tag, at in file.sex_tags:
            if tag == "Gender":
                yield Hit(
                    value=tag, at=at, field="sex",
                    words={"found": "the element “Gender”", "instead": " where this version has “Sex”"},
                )  # fmt: skip
    for kind, found, meant, at in file.tolerated:
        if kind == "namespace" or kind == "doubtful":
            yield Hit(value=found, at=at, words={"found": found, "instead": ""})
        elif kind == "name":
            words = {"found": f"the element “{found}”", "instead": f" where it should be “{meant}”"}
            yield Hit(value=found, at=at, words=words)


@check(
    "H08",
    "document-name",
    Severity.QUERY,
    summary="The document's name is not the usual one",
    message="{problem}; in a Common Transfer File it is “{right}”.",
    fix="Make sure that this is the file that the school's system exported as a CTF. If it is, say so in the note.",
    lists_allowed=True,
    needs=(Need.CTF,),
)
def document_name(case: Case) -> Iterator[Hit]:
    """The document's name is Common Transfer File."""
    value = _header(case).document_name
    if value != DOCUMENT_NAME:
        problem = f"The document's name is “{value}”" if value else "The document has no name"
        yield _hit(value, "DocumentName", allowed=(DOCUMENT_NAME,), problem=problem, right=DOCUMENT_NAME)
