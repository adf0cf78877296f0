"""F: the file. Can it be read, is it a return, is it of one school, is its name right?"""

import re
from collections import Counter
from collections.abc import Iterator

from keystage.checks.case import Case
from keystage.checks.catalogue import Hit, Need, check
from keystage.checks.finding import Severity
from keystage.ctf.filename import FileName, parse, parse_tolerantly
from keystage.ctf.model import CtfFile
from keystage.returns.value import Extra

_REFUSED = "{what}"
_FIX = "{fix}"


def _refusal(case: Case, code: str) -> Iterator[Hit]:
    refused = case.refused
    if refused is not None and refused.code == code:
        yield Hit(value=refused.value, words={"what": refused.what, "fix": refused.fix})


@check(
    "F01",
    "unreadable",
    Severity.ERROR,
    summary="The file cannot be read",
    message=_REFUSED,
    fix=_FIX,
    needs=(Need.FILE,),
)
def unreadable(case: Case) -> Iterator[Hit]:
    """A file must be well-formed XML, or a spreadsheet, CSV or zip that can be opened."""
    yield from _refusal(case, "F01")


@check(
    "F02",
    "not-a-ctf",
    Severity.ERROR,
    summary="This is another kind of file",
    message=_REFUSED,
    fix=_FIX,
    needs=(Need.FILE,),
)
def not_a_ctf(case: Case) -> Iterator[Hit]:
    """The outermost element of a Common Transfer File is CTfile."""
    yield from _refusal(case, "F02")


@check(
    "F03", "unsafe-xml", Severity.ERROR, summary="The file is unsafe", message=_REFUSED, fix=_FIX, needs=(Need.FILE,)
)
def unsafe_xml(case: Case) -> Iterator[Hit]:
    """A file must not declare a document type or entities: it is refused unread."""
    yield from _refusal(case, "F03")


@check(
    "F04",
    "wrong-encoding",
    Severity.ERROR,
    summary="The letters cannot be read",
    message=_REFUSED,
    fix=_FIX,
    needs=(Need.FILE,),
)
def wrong_encoding(case: Case) -> Iterator[Hit]:
    """The bytes of a file must be in the encoding that it declares."""
    yield from _refusal(case, "F04")


@check(
    "F08", "too-large", Severity.ERROR, summary="The file is too large", message=_REFUSED, fix=_FIX, needs=(Need.FILE,)
)
def too_large(case: Case) -> Iterator[Hit]:
    """A file must keep to the limits of size, pupils and depth."""
    yield from _refusal(case, "F08")


@check(
    "F05",
    "file-name",
    Severity.INFO,
    summary="The file's name is not in the usual form",
    message="The file is called “{value}”. The usual form is {right}.",
    fix="Rename it to {right} before you upload it{placeholders}.",
    needs=(Need.CTF, Need.NAMED_FILE),
)
def file_name(case: Case) -> Iterator[Hit]:
    """The file's name follows LLLEEEE_TTT_DDDDDDD_nnn.xml."""
    assert case.ctf is not None
    if parse(case.ctf.name) is None:
        right = right_name(case.ctf, case.year.ctf.type_token)
        placeholders = ", with the school's seven figures in place of LLLEEEE" if right.startswith("LLLEEEE") else ""
        yield Hit(value=case.ctf.name, words={"right": right, "placeholders": placeholders})


@check(
    "F06",
    "file-name-disagrees",
    Severity.QUERY,
    summary="The file's name and its contents disagree",
    message="The file's name says that {part} is {value}; the file itself says {header}.",
    fix="Make sure that this is the right file. If it is, rename it to {right}.",
    needs=(Need.CTF, Need.NAMED_FILE),
)
def file_name_disagrees(case: Case) -> Iterator[Hit]:
    """School and destination in the file's name are those of its header."""
    file = case.ctf
    assert file is not None
    name = parse_tolerantly(file.name)
    if name is None:
        return
    header = file.header
    for part, says, meant, field in (
        ("the school", name.source, header.source.number, "SourceSchool"),
        ("the destination", name.destination, header.destination.number, "DestSchool"),
    ):
        if meant and says != meant.upper():
            right = right_name(file, case.year.ctf.type_token)
            yield Hit(value=says, at=0, field=f"Header/{field}", words={"part": part, "header": meant, "right": right})


_NUMBER = re.compile(r"[0-9A-Za-z]{7}")


def right_name(file: CtfFile, type_token: str) -> str:
    """Return the name that a file should have, by its header; the usual placeholders for what is not known."""
    name = parse_tolerantly(file.name)
    source, destination = file.header.source.number, file.header.destination.number
    return str(
        FileName(
            source if _NUMBER.fullmatch(source) else "LLLEEEE",
            destination.upper() if _NUMBER.fullmatch(destination) else "NAALLLL",
            name.serial if name else 1,
            name.type if name else type_token,
        )
    )


@check(
    "F07",
    "no-teacher-assessment",
    Severity.ERROR,
    summary="There is no teacher assessment in the file",
    message="This is not the return: the file holds no key stage 2 teacher assessment. It {made}holds {holds}.",
    fix="{way_out}, and check that file.",
    needs=(Need.FILE,),
)
def no_teacher_assessment(case: Case) -> Iterator[Hit]:
    """A return holds at least one teacher assessment of key stage 2."""
    if not case.has_teacher_assessment:
        supplier = case.ctf.header.supplier if case.ctf else ""
        words = {
            "holds": what_it_holds(case),
            "made": f"was made by “{supplier}” and " if supplier else "",
            "way_out": _EXPORT if case.ctf else _FILL_IN,
        }
        yield Hit(value=what_it_holds(case), words=words)


_EXPORT = "Export a CTF for key stage 2 with the teacher assessments in it"
_FILL_IN = "Enter the teachers' judgements in the columns for writing and science"


def what_it_holds(case: Case) -> str:
    """Say which assessments a file without teacher assessment does hold, and of how many pupils."""
    unknown = len({extra.name for extra in case.return_.extras if extra.kind == "unknown"})
    pupils = Counter(name for name, _pupil in {(_kind(extra, unknown), extra.pupil) for extra in case.return_.extras})
    if not pupils:
        return f"{_count(len(case.pupils))} and no assessments" if case.pupils else "no pupils"
    return "results of " + ", ".join(f"{name} ({_count(number)})" for name, number in sorted(pupils.items()))


def _kind(extra: Extra, unknown: int) -> str:
    if extra.kind == "unknown":
        return f"an unknown kind, “{extra.name}”" if unknown == 1 else f"{unknown} unknown kinds"
    return "the key stage 2 tests" if extra.kind == "test" else f"the {extra.name}"


def _count(pupils: int) -> str:
    return "1 pupil" if pupils == 1 else f"{pupils:,} pupils"


@check(
    "F09",
    "several-schools",
    Severity.ERROR,
    summary="More than one school",
    message="A file must be of one school, and a zip must hold each school once, but {found}.",
    fix="Make one file for each school, with all its pupils in it, and leave the others out.",
    needs=(Need.FILE,),
)
def several_schools(case: Case) -> Iterator[Hit]:
    """A file carries one school, and a zip holds each school once."""
    if case.twin:
        found = f"“{case.twin}” in the same zip is also of school {case.return_.school}"
        yield Hit(value=case.return_.school, words={"found": found})
    named: dict[str, int] = {}
    for school, at in case.ctf.schools if case.ctf else ():
        named.setdefault(school.number, at)
    numbers = [number for number in named if number]
    if len(numbers) > 1:
        found = f"this file names {len(numbers)} schools: {', '.join(numbers)}"
        yield Hit(value=numbers[1], at=named[numbers[1]], words={"found": found})
    if case.sheet is not None and len(case.sheet.schools) > 1:
        found = f"this sheet has pupils of {len(case.sheet.schools)} schools: {', '.join(case.sheet.schools)}"
        yield Hit(value=case.sheet.schools[1], words={"found": found})


@check(
    "F10",
    "unknown-column",
    Severity.QUERY,
    summary="A column was not read",
    message="{what}, so the column was not read.",
    fix="If the column matters, give it one of the known headings: {known}. If not, leave it and say so in the note.",
    lists_allowed=True,
    needs=(Need.SHEET,),
)
def unknown_column(case: Case) -> Iterator[Hit]:
    """Every heading of a spreadsheet is known."""
    assert case.sheet is not None
    known = tuple(case.year.headings.written.values())
    for heading, place in case.sheet.unknown_headings:
        what = f"The heading “{heading}” is not known" if heading else "A column has entries but no heading"
        yield Hit(value=heading, place=place, allowed=known, words={"known": ", ".join(known), "what": what})


@check(
    "F11",
    "column-missing",
    Severity.ERROR,
    summary="A column is missing",
    message="The sheet has no column headed “{value}”.",
    fix="Give the column that holds it the heading “{value}”, or add such a column and fill it in.",
    lists_allowed=True,
    needs=(Need.SHEET,),
)
def column_missing(case: Case) -> Iterator[Hit]:
    """A spreadsheet has the columns UPN, surname, forename, writing and science."""
    assert case.sheet is not None
    for field in case.sheet.missing_headings:
        heading = case.year.headings.written[field]
        yield Hit(value=heading, allowed=case.year.headings.synonyms[field])
