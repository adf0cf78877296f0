"""The codes of each subject with their meanings, and why others are not valid: for the page, and for its script."""

from dataclasses import dataclass
from typing import TypedDict

from keystage.service.school.services.judgements import why_not_valid
from keystage.years.provenance import Basis
from keystage.years.subjects import Subject
from keystage.years.year import CollectionYear


@dataclass(frozen=True, slots=True)
class SubjectCodes:
    """The codes of one subject."""

    subject: Subject
    codes: tuple[tuple[str, str], ...]
    """Each with its meaning."""
    is_assumed: bool
    """Whether the list is assumed, not read in a published page."""
    basis: str


class ScriptCodes(TypedDict):
    """What the script needs to check a code of a subject by itself."""

    codes: list[str]
    wrong: dict[str, str]
    """Why a code that somebody may well type is not valid."""
    patterns: list[tuple[str, str]]
    """Regular expressions of codes, and why those are not valid: ``{code}`` stands for the code."""


def subject_codes(year: CollectionYear) -> tuple[SubjectCodes, ...]:
    """Return the codes of each subject, from best to least."""
    return tuple(
        SubjectCodes(
            subject,
            tuple((each.code, each.meaning) for each in table.codes),
            table.provenance.basis is Basis.ASSUMED,
            str(table.provenance.basis),
        )
        for subject, table in ((subject, year.code_table(subject)) for subject in Subject)
    )


def script_codes(year: CollectionYear) -> dict[str, ScriptCodes]:
    """Return what the script checks codes by."""
    return {str(subject): _script_codes(year, subject) for subject in Subject}


def _script_codes(year: CollectionYear, subject: Subject) -> ScriptCodes:
    known = {code for other in Subject for code in year.codes(other)}
    known |= {code for entry in year.retired for code in (*entry.codes, *entry.examples)}
    known |= {entry.code for entry in year.not_ta}
    wrong = {code: why_not_valid(year, subject, code) for code in sorted(known - set(year.codes(subject)))}
    patterns = [
        (entry.pattern, wrong[entry.examples[0]].replace(f"“{entry.examples[0]}”", "“{code}”"))
        for entry in year.retired
        if entry.pattern and entry.examples[0] in wrong
    ]
    return {"codes": list(year.codes(subject)), "wrong": wrong, "patterns": patterns}
