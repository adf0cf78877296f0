"""What several faults do to a draft."""

from datetime import date
from random import Random

from keystage.pupils.names import fold
from keystage.pupils.upn import check_letter
from keystage.simulate.draft import Draft
from keystage.simulate.expect import Expect
from keystage.simulate.filed import FiledPupil, FiledRow
from keystage.simulate.names import Name, name
from keystage.simulate.pupils import MadePupil, one_more
from keystage.years import Subject
from keystage.years.registration import TestStatus

WRITING, SCIENCE, READING, MATHS = Subject.WRITING, Subject.SCIENCE, Subject.READING, Subject.MATHS


def on_pupil(code: str, pupil: FiledPupil, part: str = "", value: str | None = None) -> Expect:
    """Expect a finding at a pupil or a part of the pupil."""
    return Expect(code, pupil, part=part, value=value)


def on_code(code: str, pupil: FiledPupil, subject: Subject, part: str = "Result") -> Expect:
    """Expect a finding at a pupil's first code in a subject; at the pupil, where there is none."""
    row = pupil.row(subject)
    found = row if row is not None and row.code else None
    value = None if found is None else (found.text.result or "").strip()
    return Expect(code, pupil, found, part if found else "", str(subject), value)


def on_row(code: str, pupil: FiledPupil, row: FiledRow, part: str, value: str | None) -> Expect:
    """Expect a finding at a row."""
    return Expect(code, pupil, row, part, str(row.subject) if row.subject else None, value)


def on_header(draft: Draft, code: str, path: str, value: str | None = None) -> Expect:
    """Expect a finding at an element of the header."""
    return Expect(code, header=(draft.header, path), value=value)


def set_code(draft: Draft, pupil: FiledPupil, subject: Subject, code: str | None) -> FiledRow:
    """Give a pupil a code in a subject, in place of another or as a further row."""
    if subject is WRITING:
        pupil.expected.moderated = ""
    row = pupil.row(subject)
    if row is None:
        row = draft.row(subject, "")
        pupil.rows.insert(pupil.rows.index(_after(pupil, subject)), row)
    row.text = row.text._replace(result=code)
    return row


def _after(pupil: FiledPupil, subject: Subject) -> FiledRow:
    return pupil.judged(WRITING if subject is READING else SCIENCE)


def take_out(pupil: FiledPupil, subject: Subject) -> None:
    """Take a pupil's judgement in a subject out of the file."""
    row = pupil.judged(subject)
    pupil.rows.remove(row)
    if subject is WRITING:
        pupil.expected.moderated = ""


def add_row(pupil: FiledPupil, row: FiledRow) -> FiledRow:
    """Put a row after a pupil's teacher assessments."""
    last = max(place for place, each in enumerate(pupil.rows) if each.subject)
    pupil.rows.insert(last + 1, row)
    return row


def set_below(pupil: FiledPupil, *subjects: Subject) -> None:
    """Register a pupil as below the standard of tests."""
    for subject in subjects:
        pupil.expected.tests[str(subject)] = TestStatus.BELOW


def others_are_judged(draft: Draft, pupil: FiledPupil) -> bool:
    """Say whether somebody else in the file has a teacher assessment, so that it stays a return without this pupil."""
    return any(row.subject for each in draft.pupils if each is not pupil for row in each.rows)


def stranger(draft: Draft, chance: Random) -> MadePupil:
    """Make up a pupil whom neither file nor register knows."""
    known = {pupil.upn for pupil in draft.pupils} | {row.upn for row in draft.register}
    while True:
        made = one_more(chance, draft.school, draft.year, encoding=draft.dialect.letters)
        if made.upn not in known:
            return made


def new_upn(draft: Draft, chance: Random) -> str:
    """Return a sound UPN that nobody has."""
    return stranger(draft, chance).upn


def upn_with(body: str) -> str:
    """Return the UPN with these twelve characters."""
    return check_letter(body) + body


def other_name(draft: Draft, chance: Random, pupil: FiledPupil) -> Name:
    """Return a name of which neither part is the pupil's, however it is spelt."""
    while True:
        found = name(chance, pupil.made.sex, draft.dialect.letters)
        if fold(found.surname) != fold(pupil.made.surname) and fold(found.forename) != fold(pupil.made.forename):
            return found


def other_birthday(pupil: FiledPupil) -> date:
    """Return a date of birth near the pupil's, and in the same school year."""
    born = pupil.made.born
    return born.replace(day=born.day - 1 if born.day > 1 else born.day + 1)
