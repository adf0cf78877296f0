"""C: faults between the file and the register of expected pupils."""

from random import Random

from keystage.simulate.draft import Draft
from keystage.simulate.expect import Expect
from keystage.simulate.faults.registry import PUPIL_FAULTS, Expected, seeds
from keystage.simulate.faults.tools import (
    MATHS,
    READING,
    SCIENCE,
    WRITING,
    new_upn,
    on_code,
    on_pupil,
    other_birthday,
    other_name,
    others_are_judged,
    set_below,
    set_code,
    stranger,
)
from keystage.simulate.faults.upns import copy_of
from keystage.simulate.filed import FiledPupil
from keystage.years.registration import PupilStatus, TestStatus


@seeds("C01", PUPIL_FAULTS)
def left_out(draft: Draft, pupil: FiledPupil, _chance: Random) -> Expected:
    """An expected pupil who is not in the file."""
    if not others_are_judged(draft, pupil):
        return None
    draft.pupils.remove(pupil)
    return [Expect("C01", pupil.expected)]


@seeds("C02", PUPIL_FAULTS)
def not_registered(draft: Draft, pupil: FiledPupil, _chance: Random) -> Expected:
    """A pupil of the file who is not on the register."""
    if len(draft.register) < 2:
        return None
    draft.register.remove(pupil.expected)
    return [on_pupil("C02", pupil, value=pupil.upn)]


@seeds("C02", PUPIL_FAULTS)
def stranger_in_file(draft: Draft, pupil: FiledPupil, chance: Random) -> Expected:
    """A pupil too many in the file."""
    made = stranger(draft, chance)
    added = copy_of(pupil, made)
    added.surname, added.forename = draft.shown(made.surname), draft.shown(made.forename)
    added.born, added.sex = made.born.isoformat(), made.sex
    draft.pupils.insert(draft.pupils.index(pupil), added)
    return [on_pupil("C02", added, value=added.upn)]


@seeds("C03", PUPIL_FAULTS)
def other_name_registered(draft: Draft, pupil: FiledPupil, chance: Random) -> Expected:
    """Another surname or forename on the register, or both."""
    name = other_name(draft, chance, pupil)
    parts = chance.choice((("surname",), ("forename",), ("surname", "forename")))
    for part in parts:
        setattr(pupil.expected, part, getattr(name, part))
    return [on_pupil("C03", pupil, parts[0], getattr(pupil, parts[0]))]


@seeds("C03", PUPIL_FAULTS)
def other_birthday_registered(_draft: Draft, pupil: FiledPupil, _chance: Random) -> Expected:
    """Another date of birth on the register."""
    pupil.expected.born = other_birthday(pupil)
    return [on_pupil("C03", pupil, "birth_date", pupil.born)]


@seeds("C03", PUPIL_FAULTS)
def other_sex_registered(_draft: Draft, pupil: FiledPupil, _chance: Random) -> Expected:
    """The other sex on the register."""
    pupil.expected.sex = "M" if pupil.made.sex == "F" else "F"
    return [on_pupil("C03", pupil, "sex", pupil.sex)]


@seeds("C04", PUPIL_FAULTS)
def other_upn_registered(draft: Draft, pupil: FiledPupil, chance: Random) -> Expected:
    """Another sound UPN on the register, for the same name and date of birth."""
    pupil.expected.upn = new_upn(draft, chance)
    return [on_pupil("C04", pupil, "upn", pupil.upn)]


@seeds("C04", PUPIL_FAULTS)
def former_upn_registered(draft: Draft, pupil: FiledPupil, chance: Random) -> Expected:
    """Another UPN on the register, where the file's is a former one, and another surname."""
    pupil.expected.former_upn, pupil.expected.upn = pupil.expected.upn, new_upn(draft, chance)
    pupil.expected.surname = other_name(draft, chance, pupil).surname
    return [on_pupil("C04", pupil, "upn", pupil.upn)]


@seeds("C04", PUPIL_FAULTS)
def former_upn_in_file(draft: Draft, pupil: FiledPupil, chance: Random) -> Expected:
    """Another UPN in the file, with the register's as the former one, and another date of birth."""
    if not draft.dialect.basic_details:
        return None
    pupil.upn, pupil.former_upn = new_upn(draft, chance), pupil.made.upn
    pupil.expected.born = other_birthday(pupil)
    return [on_pupil("C04", pupil, "upn", pupil.upn)]


@seeds("C06", PUPIL_FAULTS)
def left_by_the_register(_draft: Draft, pupil: FiledPupil, chance: Random) -> Expected:
    """The register says left or unregistered, and the file has judgements."""
    if chance.random() < 0.5:
        pupil.expected.status = chance.choice((PupilStatus.LEFT, PupilStatus.UNREGISTERED))
    else:
        pupil.expected.tests = dict.fromkeys(pupil.expected.tests, TestStatus.LEFT)
    pupil.expected.moderated = ""
    return [on_code("C06", pupil, WRITING)]


@seeds("C06", PUPIL_FAULTS)
def left_by_the_file(draft: Draft, pupil: FiledPupil, _chance: Random) -> Expected:
    """The file has L in writing and science, and the register does not say left."""
    for subject in (WRITING, SCIENCE):
        set_code(draft, pupil, subject, "L")
    return [on_code("C06", pupil, WRITING)]


@seeds("C06", PUPIL_FAULTS)
def left_and_left_out(draft: Draft, pupil: FiledPupil, _chance: Random) -> Expected:
    """The register says left, and the pupil is not in the file."""
    if not others_are_judged(draft, pupil):
        return None
    draft.pupils.remove(pupil)
    pupil.expected.status = PupilStatus.LEFT
    return [Expect("C06", pupil.expected)]


@seeds("C07", PUPIL_FAULTS)
def below_without_judgement(_draft: Draft, pupil: FiledPupil, chance: Random) -> Expected:
    """Below the standard of a test, and no judgement in its place."""
    subjects = chance.choice(((READING,), (MATHS,), (READING, MATHS)))
    set_below(pupil, *subjects)
    return [on_code("C07", pupil, subject) for subject in subjects]


@seeds("C07", PUPIL_FAULTS)
def below_with_a_standard(draft: Draft, pupil: FiledPupil, chance: Random) -> Expected:
    """Below the standard of a test, with a code that is none in its subject."""
    subject = chance.choice((READING, MATHS))
    set_below(pupil, subject)
    set_code(draft, pupil, subject, chance.choice(("WTS", "HNM", "BLW")))
    return [on_code("C07", pupil, subject), on_code("J03", pupil, subject)]


@seeds("C08", PUPIL_FAULTS)
def judged_and_sitting(draft: Draft, pupil: FiledPupil, chance: Random) -> Expected:
    """A reading or maths judgement for a pupil who sits the test."""
    subject = chance.choice((READING, MATHS))
    set_code(draft, pupil, subject, chance.choice(("PK4", "PK6", "A")))
    return [on_code("C08", pupil, subject)]


@seeds("C09", PUPIL_FAULTS)
def registered_for_another_year(_draft: Draft, pupil: FiledPupil, chance: Random) -> Expected:
    """Registered for a test in another year, and judged in this one."""
    tests = chance.choice((("reading",), ("gps",), ("reading", "maths", "gps")))
    status = chance.choice((TestStatus.FUTURE, TestStatus.PREVIOUS))
    pupil.expected.tests.update(dict.fromkeys(tests, status))
    return [on_code("C09", pupil, WRITING), on_code("C09", pupil, SCIENCE)]


@seeds("C10", PUPIL_FAULTS)
def moderated_otherwise(_draft: Draft, pupil: FiledPupil, chance: Random) -> Expected:
    """Another writing judgement by the moderator."""
    row = pupil.judged(WRITING)
    pupil.expected.moderated = chance.choice([code for code in ("GDS", "EXS", "WTS", "PK6") if code != row.code])
    return [on_code("C10", pupil, WRITING)]
