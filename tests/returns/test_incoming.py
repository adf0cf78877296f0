"""What another program's file would change in the school's own return, said before anything is taken over."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keystage.pupils.matching import Tier
from keystage.returns.incoming import IdentityDifference, Incoming, State, SubjectState, compare
from keystage.returns.judgement import judgement
from keystage.returns.value import Pupil, Return
from keystage.years import Subject, load

YEAR = load(2026)
BORN = date(2015, 3, 9)
READING, WRITING, MATHS, SCIENCE = Subject
NEW, SAME, DIFFERS, NOT_VALID, BLANK = State


def pupil(upn: str = "P1", surname: str = "Example", born: date | None = BORN, **codes: str | tuple[str, ...]) -> Pupil:
    given = [(Subject(name), (code,) if isinstance(code, str) else code) for name, code in codes.items()]
    judgements = tuple(judgement(subject, code) for subject, several in given for code in several)
    return Pupil(upn, surname, "Ada", born, str(born or ""), "F", judgements=judgements)


def compared(incoming: tuple[Pupil, ...], own: tuple[Pupil, ...], school: str = "9991234") -> Incoming:
    return compare(Return(school, 2026, incoming), Return("9991234", 2026, own), YEAR)


def one(incoming: Pupil, own: Pupil):
    (found,) = compared((incoming,), (own,)).pupils
    return found


# -- judgements


@pytest.mark.parametrize(
    ("incoming", "own", "state"),
    [
        ("EXS", "", NEW),
        ("EXS", "EXS", SAME),
        ("exs ", "EXS", SAME),
        ("EXS", "GDS", DIFFERS),
        ("", "GDS", BLANK),
        ("", "", BLANK),
        ("2B", "", NOT_VALID),
        ("2B", "GDS", NOT_VALID),
        ("HNM", "", NOT_VALID),
    ],
)
def test_a_judgement_is_new_the_same_different_not_valid_or_blank(incoming, own, state):
    found = one(pupil(writing=incoming), pupil(writing=own)).subjects[1]
    assert (found.subject, found.state, found.incoming, found.own) == (WRITING, state, incoming.strip().upper(), own)


def test_every_subject_is_said_in_order():
    found = one(pupil(reading="PK4", science="EXS"), pupil(maths="EM")).subjects
    assert [(each.subject, each.state) for each in found] == [
        (READING, NEW),
        (WRITING, BLANK),
        (MATHS, BLANK),
        (SCIENCE, NEW),
    ]


def test_a_code_that_is_not_valid_is_said_with_those_that_are():
    found = one(pupil(science="GDS"), pupil()).subjects[3]
    assert found == SubjectState(
        SCIENCE, NOT_VALID, "GDS", "", "“GDS” is no code for science.", ("EXS", "HNM", "A", "L", "F", "P")
    )


def test_two_codes_that_contradict_are_not_chosen_from():
    found = one(pupil(writing=("EXS", "GDS")), pupil(writing="EXS")).subjects[1]
    assert (found.state, found.incoming, found.allowed) == (NOT_VALID, "EXS and GDS", ())
    assert found.why == "The file has more than one code for this subject. Ask the teacher which is right."


def test_the_same_code_twice_is_one_code():
    assert one(pupil(writing=("EXS", "exs")), pupil()).subjects[1].state is NEW


def test_a_judgement_of_another_year_cannot_be_taken():
    old = judgement(WRITING, "EXS", year="2025")
    found = one(pupil()._replace(judgements=(old,)), pupil()).subjects[1]
    assert (found.state, found.incoming, found.why) == (
        NOT_VALID,
        "EXS",
        "It is a judgement of the year “2025”, not of this one.",
    )


def test_a_judgement_of_another_year_does_not_stand_in_the_way_of_this_years():
    several = (judgement(WRITING, "WTS", year="2025"), judgement(WRITING, "EXS", year="2026"))
    found = one(pupil()._replace(judgements=several), pupil()).subjects[1]
    assert (found.state, found.incoming) == (NEW, "EXS")


# -- pupils


def test_pupils_are_matched_by_upn_former_upn_or_name_with_birth_date_and_it_is_said_how():
    own = (pupil("P1"), pupil("P2", "Second"), pupil("P3", "Third"))
    incoming = (pupil("P1", "Other"), pupil("X2", "Sec")._replace(former_upn="P2"), pupil("X3", "third"))
    found = compared(incoming, own)
    assert [each.tier for each in found.pupils] == [Tier.UPN, Tier.FORMER_UPN, Tier.NAME_AND_BIRTH_DATE]
    assert [each.own for each in found.pupils] == list(own)
    assert [each.evidence for each in found.pupils] == [
        "The UPN is the same.",
        "One of them has the other's UPN as a former UPN: the UPN is X2 in the file and P2 here.",
        "Name and date of birth are the same: the UPN is X3 in the file and P3 here.",
    ]
    assert (len(found.matched), found.unmatched, found.only_own) == (3, (), ())


def test_nobody_is_matched_on_a_name_alone_and_it_is_said_that_the_name_is_here():
    found = compared((pupil("X1", born=date(2015, 3, 10), writing="EXS"),), (pupil("P1"),))
    (stranger,) = found.unmatched
    assert (stranger.own, stranger.tier, stranger.identity) == (None, None, ())
    assert stranger.evidence.startswith("Nobody here has this UPN, or this name together with this date of birth. A ")
    assert found.only_own == (pupil("P1"),)
    assert found.counts == {}


def test_a_stranger_is_said_to_be_one():
    (stranger,) = compared((pupil("X1", "Stranger"),), (pupil("P1"),)).unmatched
    assert stranger.evidence == "Nobody here has this UPN, or this name together with this date of birth."


def test_pupils_without_any_name_are_not_taken_to_be_alike():
    nameless = pupil("X1", "")._replace(forename="")
    (found,) = compared((nameless,), (nameless._replace(upn="P1"),)).unmatched
    assert "same name" not in found.evidence


def test_a_upn_that_stands_twice_is_nobodys():
    found = compared((pupil("P1", "A"), pupil("P1", "B")), (pupil("P1", "C"),))
    assert {each.evidence for each in found.unmatched} == {
        "The UPN P1 stands in the file more than once, so it is not known whose it is."
    }
    assert len(found.only_own) == 1
    found = compared((pupil("P1", "A"),), (pupil("P1", "B"), pupil("P1", "C")))
    assert found.unmatched[0].evidence.startswith("The UPN P1 stands here more than once")


def test_what_differs_in_a_pupils_identity_is_said():
    incoming = pupil("P1", "Exampel", date(2015, 3, 8))._replace(sex="M")
    assert one(incoming, pupil()).identity == (
        IdentityDifference("surname", "Exampel", "Example"),
        IdentityDifference("birth_date", "2015-03-08", "2015-03-09"),
        IdentityDifference("sex", "M", "F"),
    )


def test_a_upn_that_differs_is_said():
    assert one(pupil("X1"), pupil("P1")).identity == (IdentityDifference("upn", "X1", "P1"),)


def test_a_birth_date_that_cannot_be_read_is_a_difference():
    incoming = pupil()._replace(birth_date=None, birth_text="9 March")
    assert one(incoming, pupil()).identity == (IdentityDifference("birth_date", "9 March", "2015-03-09"),)


def test_what_the_file_does_not_say_is_no_difference_nor_is_the_way_it_writes_it():
    incoming = pupil(surname="EXÁMPLE")._replace(birth_date=None, birth_text="", sex="female")
    assert one(incoming, pupil()).identity == ()
    assert one(pupil()._replace(sex="", forename=""), pupil()).identity == ()


def test_a_file_of_another_school_is_known_as_one():
    assert compared((), (), school="9995678").is_of_other_school
    assert not compared((), (), school="").is_of_other_school
    assert not compared((), ()).is_of_other_school


def test_the_judgements_of_matched_pupils_are_counted():
    found = compared((pupil(writing="EXS", science="EXS"), pupil("X", "Y", writing="EXS")), (pupil(science="HNM"),))
    assert found.counts == {NEW: 1, DIFFERS: 1, BLANK: 2}


codes = st.sampled_from(["", "EXS", "GDS", "PK1", "2B"])
pupils = st.lists(
    st.builds(pupil, st.sampled_from(["", "P1", "P2", "P3"]), st.sampled_from(["A", "B"]), writing=codes, maths=codes),
    max_size=5,
)


@given(incoming=pupils, own=pupils)
def test_everybody_is_said_once_and_no_code_is_lost(incoming, own):
    found = compared(tuple(incoming), tuple(own))
    assert [each.pupil for each in found.pupils] == incoming
    mine = [each.own for each in found.matched] + list(found.only_own)
    assert sorted(map(id, mine)) == sorted(map(id, own))
    for each in found.pupils:
        for subject in each.subjects:
            assert subject.incoming == each.pupil.code(subject.subject)
            assert subject.own == (each.own.code(subject.subject) if each.own else "")
