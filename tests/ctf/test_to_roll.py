"""The roll of a school, read from a Common Transfer File."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ctf.documents import Maker
from keystage.ctf import read
from keystage.ctf.to_roll import to_roll
from keystage.returns.refused import FileRefused
from keystage.returns.roll import Roll, RollPupil, RollRefused
from keystage.returns.source import Place

HEAD = (
    "<CTfile><Header><SourceSchool><LEA>999</LEA><Estab>1234</Estab></SourceSchool></Header><CTFpupilData>\n{}"
    "</CTFpupilData></CTfile>"
)
IDENTITY = (
    "<Pupil><UPN>{upn}</UPN><Surname>Example</Surname><Forename>Ada</Forename><DOB>2015-03-09</DOB><Sex>F</Sex>"
    "{rest}</Pupil>\n"
)
BASIC = "<BasicDetails><FormerUPN>D999999919002</FormerUPN><NCyearActual>6</NCyearActual></BasicDetails>"


def stay(estab: str = "1234", joined: str = "2019-09-04", left: str = "") -> str:
    leaving = f"<LeavingDate>{left}</LeavingDate>" if left else ""
    return (
        f"<School><LEA>999</LEA><Estab>{estab}</Estab><SchoolName>S</SchoolName><EntryDate>{joined}</EntryDate>"
        f"{leaving}</School>"
    )


def history(*stays: str) -> str:
    return f"<SchoolHistory>{''.join(stays)}</SchoolHistory>"


def roll(*rests: str, upn: str = "") -> Roll:
    upns = [upn or f"P99999991900{at + 1}" for at in range(len(rests))]
    pupils = [IDENTITY.format(upn=each.strip(), rest=rest) for each, rest in zip(upns, rests, strict=True)]
    return to_roll(read(HEAD.format("".join(pupils)).encode(), name="roll.xml"))


def test_a_pupil_is_read_with_year_group_former_upn_and_the_dates_of_this_school():
    found = roll(BASIC + history(stay("9998", "2018-09-01", "2019-07-20"), stay(left="2026-05-01")))
    assert found == Roll(
        (
            RollPupil(
                *("P999999919001", "Example", "Ada", date(2015, 3, 9), "F", "D999999919002", "", "6"),
                *(date(2019, 9, 4), date(2026, 5, 1)),
                place=Place(line=2),
            ),
        ),
        "roll.xml",
        "9991234",
        absent=("the class",),
    )


def test_a_pupil_without_details_is_read_and_what_is_absent_is_said():
    found = roll("")
    assert (found.pupils[0].year_group, found.pupils[0].joined, found.faults) == ("", None, ())
    assert found.absent == ("the class", "the year group", "the date of joining", "the date of leaving")


def test_the_latest_stay_at_this_school_counts():
    back = history(stay(joined="2023-01-09"), stay(joined="2019-09-04", left="2021-07-20"))
    assert (roll(back).pupils[0].joined, roll(back).pupils[0].left) == (date(2023, 1, 9), None)


def test_stays_at_other_schools_do_not_count():
    found = roll(history(stay("9998", "2018-09-01", "2019-07-20")))
    assert (found.pupils[0].joined, found.pupils[0].left) == (None, None)


def test_a_date_of_leaving_of_another_pupil_does_not_count():
    ada, ben = roll(history(stay(left="2026-05-01")), history(stay())).pupils
    assert (ada.left, ben.left) == (date(2026, 5, 1), None)


def test_names_of_elements_may_have_prefixes_and_other_letters():
    text = history(stay(left="2026-05-01")).replace("<School>", "<x:SCHOOL>").replace("</School>", "</x:SCHOOL>")
    assert roll(text.replace("EntryDate", "entrydate")).pupils[0].joined == date(2019, 9, 4)


def test_a_comment_or_a_reference_in_the_history_is_read_rightly():
    hidden = "<!-- <School><LeavingDate>2020-01-01</LeavingDate></School> -->"
    found = roll(history(hidden + stay().replace(">999<", ">&#57;99<"))).pupils[0]
    assert (found.joined, found.left) == (date(2019, 9, 4), None)


def test_what_stands_deeper_in_a_stay_is_not_its_own():
    inner = "<Note><EntryDate>2001-01-01</EntryDate><LeavingDate>2001-01-02</LeavingDate></Note></School>"
    found = roll(history(stay().replace("</School>", inner))).pupils[0]
    assert (found.joined, found.left) == (date(2019, 9, 4), None)


def test_where_the_file_does_not_say_its_school_no_stay_is_at_it():
    nowhere = history("<School><EntryDate>2019-09-04</EntryDate></School>")
    file = HEAD.replace("<LEA>999</LEA><Estab>1234</Estab>", "").format(IDENTITY.format(upn="P1", rest=nowhere))
    found = to_roll(read(file.encode()))
    assert (found.school, found.pupils[0].joined) == ("", None)


def test_a_time_beside_a_date_does_not_matter():
    assert roll(history(stay(left="2026-05-01T00:00:00"))).pupils[0].left == date(2026, 5, 1)


def test_dates_that_cannot_be_read_are_faults_with_their_place():
    found = roll(history(stay(joined="September")), history(stay(left="01/05/2026")))
    taken = "and was taken as not known. Correct it in the school's system, and export the file again."
    assert [str(fault) for fault in found.faults] == [
        f"Line 2: The date of joining of Ada Example cannot be read, “September”, {taken}",
        f"Line 3: The date of leaving of Ada Example cannot be read, “01/05/2026”, {taken}",
    ]
    assert len(found.pupils) == 2


def test_a_pupil_without_a_upn_is_kept_and_said():
    found = roll("", upn=" ")
    assert (found.pupils[0].name, found.faults[0].wrong) == ("Example, Ada", "Ada Example has no UPN.")


def test_a_upn_that_stands_twice_is_said():
    found = roll(BASIC, "", upn="P999999919001")
    assert len(found.pupils) == 2
    assert "stands on line 2 too" in found.faults[0].wrong


def test_a_file_without_pupils_is_refused():
    with pytest.raises(RollRefused, match="with no pupils in it"):
        to_roll(read(HEAD.format("").encode()))


@settings(max_examples=150, deadline=None)
@given(seed=st.integers(0, 10_000), noise=st.sampled_from([0.0, 0.05, 0.3]))
def test_whatever_a_file_holds_its_pupils_are_the_roll(seed, noise):
    try:
        file = read(Maker(seed, noise).document())
        found = to_roll(file)
    except (FileRefused, RollRefused):
        return
    again = [fault for fault in found.faults if "with the same entries" in fault.wrong]
    assert len(found.pupils) == len(file.pupils) - len(again)
