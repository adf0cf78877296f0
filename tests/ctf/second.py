"""A second reader of the file, by another hand and another library: it walks the whole tree that lxml makes.

Slow and plain, it says what a file holds: the reader under test must say the same of every well-formed document.
"""

from typing import NamedTuple

from lxml import etree

_FIELDS = ("UPN", "Surname", "Forename", "DOB")
_PUPIL_FIELDS = (*_FIELDS, "UniqueLearnerNumber", "UCI", "Sex", "Gender")
_ROW = (
    *("Locale", "Year", "Subject", "Method", "Component", "ResultStatus", "ResultQualifier", "Result", "ResultDate"),
)
_SCHOOL = ("LEA", "Estab", "URN", "SchoolName", "AcademicYear")
_HEADER = (
    *("DocumentName", "CTFversion", "DateTime", "DocumentQualifier", "DataQualifier", "DataDescriptor", "SupplierID"),
)
_WHOLE = (
    *("BasicDetails", "FSMhistory", "NAWdetails", "LookedAfter", "SENhistory", "Address", "Phones", "Email"),
    *("Contacts", "Attendance", "SchoolHistory", "SuppInfo"),
)


class Seen(NamedTuple):
    """What a file holds."""

    header: tuple[str, ...]
    schools: tuple[tuple[str, ...], ...]
    pupils: tuple[tuple[object, ...], ...]
    pupil_lines: tuple[int, ...]
    row_lines: tuple[tuple[int, ...], ...]
    unknown: frozenset[str]


def look(data: bytes) -> Seen:
    """Read a file. Elements must have their start tags on one line: lxml tells the line where a tag ends."""
    parser = etree.XMLParser(remove_comments=True, remove_pis=True, resolve_entities=False, huge_tree=True)
    root = etree.fromstring(data, parser)
    headers, pupils, unknown = [], [], set()
    _sort(root, headers, pupils, unknown)
    schools = [s for header in headers for s in header if _is(s, "SourceSchool")]
    for header in headers:
        for part in header:
            if _is(part, "SourceSchool", "DestSchool"):
                unknown |= _strange(part, _SCHOOL)
        unknown |= _strange(header, (*_HEADER, "SourceSchool", "DestSchool", *_WHOLE))
    for pupil in pupils:
        unknown |= _strange(pupil, (*_PUPIL_FIELDS, "StageAssessments", *_WHOLE))
        for stages in _children(pupil, "StageAssessments"):
            unknown |= _strange(stages, ("KeyStage",))
            for stage in _children(stages, "KeyStage"):
                unknown |= _strange(stage, ("Stage", "StageAssessment"))
                for row in _children(stage, "StageAssessment"):
                    unknown |= _strange(row, _ROW)
    return Seen(
        tuple(_text(headers[0], name).strip() for name in _HEADER) if headers else ("",) * len(_HEADER),
        tuple(tuple(_text(school, name).strip() for name in _SCHOOL) for school in schools),
        tuple(_pupil(pupil) for pupil in pupils),
        tuple(pupil.sourceline for pupil in pupils),
        tuple(tuple(row.sourceline for row, _ in _rows(pupil)) for pupil in pupils),
        frozenset(unknown),
    )


def _sort(element, headers, pupils, unknown) -> None:
    """Find headers and pupils, the outermost ones, and what else there is around them."""
    for child in element:
        if _is(child, "Header"):
            headers.append(child)
        elif _is(child, "Pupil"):
            pupils.append(child)
        else:
            if not _is(child, "CTFpupilData", "CTfile"):
                unknown.add(_name(child))
            _sort(child, headers, pupils, unknown)


def _local(element) -> str:
    return etree.QName(element).localname


def _name(element) -> str:
    return f"{element.prefix}:{_local(element)}" if element.prefix else _local(element)


def _is(element, *names: str) -> bool:
    return _local(element).casefold() in [name.casefold() for name in names]


def _children(element, name: str):
    return [child for child in element if _is(child, name)]


def _strange(element, known) -> set[str]:
    return {_name(child) for child in element if not _is(child, *known)}


def _all_text(element) -> str:
    return "".join(element.itertext())


def _text(element, name: str) -> str:
    found = _children(element, name)
    return _all_text(found[0]) if found else ""


def _rows(pupil):
    """Return each row with its stage: the stage that stands before it, or the first where none does."""
    found = []
    for stages in _children(pupil, "StageAssessments"):
        for key_stage in _children(stages, "KeyStage"):
            rows, stage = [], ""
            for child in key_stage:
                if _is(child, "Stage"):
                    now = _all_text(child).strip()
                    rows = [(row, was or now) for row, was in rows]
                    stage = now
                elif _is(child, "StageAssessment"):
                    rows.append((child, stage))
            found += rows
    return found


def _pupil(pupil) -> tuple[object, ...]:
    sex = "Sex" if _children(pupil, "Sex") else "Gender"
    used = {name: (_children(pupil, name) or [None])[0] for name in (*_FIELDS, sex)}
    other = [
        (next(name for name in _PUPIL_FIELDS if _is(child, name)), _all_text(child))
        for child in pupil
        if _is(child, *_PUPIL_FIELDS) and child not in used.values()
    ]
    whole = [
        next((name for name in _WHOLE if _is(child, name)), _name(child))
        for child in pupil
        if not _is(child, *_PUPIL_FIELDS, "StageAssessments")
    ]
    rows = tuple(_row(row, stage) for row, stage in _rows(pupil))
    return (*(_text(pupil, name) for name in _FIELDS), _text(pupil, sex), rows, tuple(sorted(other)), tuple(whole))


def _row(row, stage: str) -> tuple[object, ...]:
    first = {name: (_children(row, name) or [None])[0] for name in _ROW}
    other = tuple(
        (next((name for name in _ROW if _is(child, name)), _name(child)), _all_text(child))
        for child in row
        if child not in first.values()
    )
    return (stage, *(_text(row, name) for name in _ROW), other)
