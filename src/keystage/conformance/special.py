"""Pupils of whom something special is to be said, and of whom all is right: leavers, those below a test, and others."""

from collections.abc import Callable
from datetime import timedelta
from random import Random

from keystage.simulate.draft import Draft
from keystage.simulate.faults.tools import MATHS, READING, SCIENCE, WRITING, set_below, set_code, stranger, upn_with
from keystage.simulate.faults.upns import copy_of
from keystage.simulate.filed import FiledPupil
from keystage.simulate.pupils import Calendar
from keystage.simulate.schools import chance_of
from keystage.years.registration import PupilStatus, TestStatus

Special = Callable[[Draft, FiledPupil], None]

GOOD: list[Special] = []
"""Each makes a pupil of a draft special, in file and register alike."""

_WEEK = timedelta(days=7)


def _good(special: Special) -> Special:
    GOOD.append(special)
    return special


def _codes(draft: Draft, pupil: FiledPupil, **codes: str) -> None:
    subjects = {"reading": READING, "writing": WRITING, "maths": MATHS, "science": SCIENCE}
    for name, code in codes.items():
        set_code(draft, pupil, subjects[name], code)


def _chance(draft: Draft) -> Random:
    return chance_of(draft.seed, draft.year.year, draft.school.index, "special")


def _every_test(pupil: FiledPupil, status: TestStatus) -> None:
    pupil.expected.tests = dict.fromkeys(pupil.expected.tests, status)


@_good
def left_before_test_week(draft: Draft, pupil: FiledPupil) -> None:
    """A pupil who left before test week: L in writing and science, and Left on the register."""
    _codes(draft, pupil, writing="L", science="L")
    pupil.expected.status = PupilStatus.LEFT
    pupil.expected.date_left = Calendar.of(draft.year).tests_start - _WEEK


@_good
def left_in_every_test(draft: Draft, pupil: FiledPupil) -> None:
    """A pupil who left before test week, of whom the register says so test by test."""
    _codes(draft, pupil, writing="L", science="L")
    _every_test(pupil, TestStatus.LEFT)


@_good
def left_after_test_week(draft: Draft, pupil: FiledPupil) -> None:
    """A pupil who left after test week: the school that gave the tests judges, as of any other."""
    pupil.expected.date_left = Calendar.of(draft.year).tests_end + _WEEK


@_good
def below_the_reading_test(draft: Draft, pupil: FiledPupil) -> None:
    """A pupil below the standard of the reading test, with a pre-key stage standard in its place."""
    set_below(pupil, READING)
    _codes(draft, pupil, reading="PK6")


@_good
def below_the_maths_test(draft: Draft, pupil: FiledPupil) -> None:
    """A pupil below the standard of the maths test, with a pre-key stage standard in its place."""
    set_below(pupil, MATHS)
    _codes(draft, pupil, maths="PK5")


@_good
def below_in_everything(draft: Draft, pupil: FiledPupil) -> None:
    """A pupil below every test, with pre-key stage standards, and science not at the standard."""
    set_below(pupil, READING, MATHS)
    _codes(draft, pupil, reading="PK2", writing="PK1", maths="PK3", science="HNM")


@_good
def engagement_model(draft: Draft, pupil: FiledPupil) -> None:
    """A pupil who works below the pre-key stage standards: EM in reading, writing and maths, HNM in science."""
    set_below(pupil, READING, MATHS)
    _codes(draft, pupil, reading="EM", writing="EM", maths="EM", science="HNM")


@_good
def tests_in_a_future_year(draft: Draft, pupil: FiledPupil) -> None:
    """A pupil who takes the tests in a future year: F in writing and science, and so on the register."""
    _codes(draft, pupil, writing="F", science="F")
    _every_test(pupil, TestStatus.FUTURE)


@_good
def tests_in_an_earlier_year(draft: Draft, pupil: FiledPupil) -> None:
    """A pupil who took the tests in an earlier year: P in writing and science, and so on the register."""
    _codes(draft, pupil, writing="P", science="P")
    _every_test(pupil, TestStatus.PREVIOUS)


@_good
def too_little_evidence(draft: Draft, pupil: FiledPupil) -> None:
    """A pupil whom nobody can judge, for absence or late arrival: A in writing and science."""
    _codes(draft, pupil, writing="A", science="A")


@_good
def absent_from_the_tests(_draft: Draft, pupil: FiledPupil) -> None:
    """A pupil who was away in test week: no reading or maths judgement is wanted."""
    _every_test(pupil, TestStatus.ABSENT)


@_good
def unable_to_take_the_tests(_draft: Draft, pupil: FiledPupil) -> None:
    """A pupil who was unable to take the tests."""
    _every_test(pupil, TestStatus.UNABLE)


@_good
def just_arrived(_draft: Draft, pupil: FiledPupil) -> None:
    """A pupil who had just arrived when the tests were given."""
    _every_test(pupil, TestStatus.JUST_ARRIVED)


@_good
def former_upn(_draft: Draft, pupil: FiledPupil) -> None:
    """A pupil with a former, temporary UPN in file and register: the permanent one counts."""
    former = upn_with(f"{pupil.made.upn[1:-1]}A")
    pupil.former_upn = pupil.expected.former_upn = former


@_good
def twins(draft: Draft, pupil: FiledPupil) -> None:
    """Twins: the same surname and date of birth, another forename, a UPN each."""
    chance_upn = stranger(draft, _chance(draft)).upn
    other = copy_of(pupil, pupil.made._replace(upn=chance_upn))
    other.forename = draft.shown("Maximiliane" if pupil.made.forename != "Maximiliane" else "Ottoline")
    other.expected.upn, other.expected.forename = other.made.upn, other.forename or ""
    draft.pupils.append(other)
    draft.register.append(other.expected)


@_good
def names_of_all_kinds(draft: Draft, _pupil: FiledPupil) -> None:
    """Names with accents, apostrophes, hyphens and spaces, and letters of no Latin alphabet."""
    names = (("O’Néill-Ní Dhónaill", "Sadhbh"), ("de la Cruz", "José María"), ("Łuczak", "Żaneta"), ("Ολα", "Ίων"))
    for pupil, (surname, forename) in zip(draft.pupils, names, strict=False):
        pupil.surname = pupil.expected.surname = surname
        pupil.forename = pupil.expected.forename = forename


@_good
def apostrophes_written_otherwise(draft: Draft, pupil: FiledPupil) -> None:
    """A name whose apostrophe and accents the register writes plainly: it is the same name."""
    pupil.surname, pupil.expected.surname = draft.shown("O’Brìan"), "O'Brian"


@_good
def moderated_alike(_draft: Draft, pupil: FiledPupil) -> None:
    """A pupil whose writing was moderated, and judged as the moderator did."""
    pupil.expected.moderated = pupil.judged(WRITING).code


@_good
def on_the_register_by_mistake(draft: Draft, _pupil: FiledPupil) -> None:
    """A pupil marked as unregistered, who is not in the file and need not be."""
    made = stranger(draft, _chance(draft))
    extra = copy_of(draft.pupils[0], made).expected
    extra.upn, extra.surname, extra.forename = made.upn, made.surname, made.forename
    extra.born, extra.sex, extra.status = made.born, made.sex, PupilStatus.UNREGISTERED
    draft.register.append(extra)
