"""Saving cells: what is saved, what is refused, and two people at once."""

import pytest

from keystage.service.accounts.roles import Role
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Event
from keystage.service.school.models import Judgement, Stage
from keystage.service.school.records import Records
from keystage.service.school.services.judgements import Change, Outcome, save
from keystage.service.school.services.returns import move
from keystage.years.subjects import Subject
from service.made import MadeSchool

WRITING, READING = Subject.WRITING, Subject.READING


def save_as(school: MadeSchool, role: Role, *changes: Change, **options: object) -> Outcome:
    return save(school.school_return, changes, by=school.people[role], **options)


def code_of(school: MadeSchool, forename: str, subject: Subject = WRITING) -> str:
    found = Judgement.objects.filter(pupil=school.pupils[forename], subject=subject).first()
    return found.code if found else "(no row)"


def test_a_code_is_saved_tidied_with_its_version_and_its_event(school: MadeSchool) -> None:
    ada = school.pupil("Ada", "Example")
    outcome = save_as(school, Role.TEACHER, Change(ada.key, WRITING, " exs ", 0))
    assert [(each.code, each.version) for each in outcome.saved] == [("EXS", 1)]
    assert code_of(school, "Ada") == "EXS"
    event = Event.objects.get(kind=Kind.JUDGEMENT_CHANGED)
    assert (event.target, event.part, event.person) == (ada.key, "writing", school.people[Role.TEACHER])
    assert event.data == {"from": "", "to": "EXS", "how": "typed"}


def test_saving_again_what_is_there_counts_as_saved_and_writes_nothing(school: MadeSchool) -> None:
    ada = school.pupil("Ada", "Example")
    save_as(school, Role.TEACHER, Change(ada.key, WRITING, "EXS", 0))
    again = save_as(school, Role.TEACHER, Change(ada.key, WRITING, "EXS", 0))
    assert [(each.code, each.version) for each in again.saved] == [("EXS", 1)]
    assert Event.objects.filter(kind=Kind.JUDGEMENT_CHANGED).count() == 1


def test_the_second_of_two_people_is_shown_both_values_and_nothing_is_overwritten(school: MadeSchool) -> None:
    ada = school.pupil("Ada", "Example")
    save_as(school, Role.TEACHER, Change(ada.key, WRITING, "EXS", 0))
    outcome = save_as(school, Role.HEAD, Change(ada.key, WRITING, "GDS", 0))
    (conflict,) = outcome.conflicts
    assert (conflict.yours, conflict.theirs, conflict.by, conflict.version) == ("GDS", "EXS", "Tamsin Ash", 1)
    assert code_of(school, "Ada") == "EXS"


def test_the_second_person_may_choose_their_own_value_then(school: MadeSchool) -> None:
    ada = school.pupil("Ada", "Example")
    save_as(school, Role.TEACHER, Change(ada.key, WRITING, "EXS", 0))
    outcome = save_as(school, Role.HEAD, Change(ada.key, WRITING, "GDS", 1), how="chosen")
    assert not outcome.conflicts
    assert code_of(school, "Ada") == "GDS"


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("2B", "“2B” has not been used since 2015: it was a national curriculum level."),
        ("HNM", "“HNM” is a code for science, not for writing."),
        ("XYZ", "“XYZ” is not a code for writing."),
    ],
)
def test_a_code_that_is_not_valid_is_refused_with_the_list(school: MadeSchool, code: str, why: str) -> None:
    ada = school.pupil("Ada", "Example")
    (refused,) = save_as(school, Role.TEACHER, Change(ada.key, WRITING, code, 0)).refused
    assert refused.why == why
    assert refused.allowed[:3] == ("GDS", "EXS", "WTS")
    assert code_of(school, "Ada") == "(no row)"


def test_a_closed_cell_takes_no_code_and_says_why(school: MadeSchool) -> None:
    ada = school.pupil("Ada", "Example")
    (refused,) = save_as(school, Role.TEACHER, Change(ada.key, READING, "PK6", 0)).refused
    assert refused.why == "No judgement is wanted here. The pupil sits the test, so no judgement is wanted."


def test_the_same_cell_is_open_for_a_pupil_below_the_standard_of_the_test(school: MadeSchool) -> None:
    ben = school.pupil("Ben", "Example", expected={"reading": "below"})
    assert not save_as(school, Role.TEACHER, Change(ben.key, READING, "PK6", 0)).refused
    assert code_of(school, "Ben", READING) == "PK6"


def test_of_a_block_the_good_cells_are_saved_and_the_bad_ones_named(school: MadeSchool) -> None:
    ada, ben = school.pupil("Ada", "Example"), school.pupil("Ben", "Example")
    outcome = save_as(school, Role.TEACHER, Change(ada.key, WRITING, "EXS", 0), Change(ben.key, WRITING, "4", 0))
    assert (len(outcome.saved), len(outcome.refused)) == (1, 1)
    assert (code_of(school, "Ada"), code_of(school, "Ben")) == ("EXS", "(no row)")


def test_a_teacher_of_one_class_cannot_change_another_class(school: MadeSchool) -> None:
    ada, ben = school.pupil("Ada", "Example", "Oak"), school.pupil("Ben", "Example", "Elm")
    changes = (Change(ada.key, WRITING, "EXS", 0), Change(ben.key, WRITING, "EXS", 0))
    outcome = save_as(school, Role.TEACHER, *changes, classes={"Oak"})
    assert [each.pupil for each in outcome.saved] == [ada.key]
    assert [each.why for each in outcome.refused] == [
        "This pupil is in another class than yours. Ask the data manager."
    ]


def test_a_teacher_of_one_class_learns_no_code_of_another_class_from_a_conflict(school: MadeSchool) -> None:
    ben = school.pupil("Ben", "Example", "Elm")
    save_as(school, Role.DATA_MANAGER, Change(ben.key, WRITING, "GDS", 0))
    for code in ("EXS", "GDS"):
        outcome = save_as(school, Role.TEACHER, Change(ben.key, WRITING, code, 0), classes={"Oak"})
        assert (outcome.saved, outcome.conflicts, len(outcome.refused)) == ([], [], 1)


def test_nothing_is_saved_in_a_closed_year(school: MadeSchool) -> None:
    ada = school.pupil("Ada", "Example")
    move(school.school_return, Stage.CLOSED, by=school.people[Role.DATA_MANAGER])
    with pytest.raises(NotAllowedNow, match="closed"):
        save_as(school, Role.TEACHER, Change(ada.key, WRITING, "EXS", 0))


def test_what_is_missing_is_counted_after_each_save(school: MadeSchool) -> None:
    ada = school.pupil("Ada", "Example")
    school.pupil("Ben", "Example", expected={"maths": "below"})
    outcome = save_as(school, Role.TEACHER, Change(ada.key, WRITING, "EXS", 0))
    assert outcome.records is not None
    assert outcome.records.missing == 4  # Ada's science; Ben's writing, science and maths


def test_the_version_of_the_return_goes_up_once_for_each_save_that_changes_something(school: MadeSchool) -> None:
    ada = school.pupil("Ada", "Example")
    save_as(school, Role.TEACHER, Change(ada.key, WRITING, "EXS", 0), Change(ada.key, Subject.SCIENCE, "EXS", 0))
    save_as(school, Role.TEACHER, Change(ada.key, WRITING, "EXS", 1))
    school.school_return.refresh_from_db()
    assert school.school_return.version == 1


def test_what_a_save_answers_is_what_is_read_afterwards(school: MadeSchool) -> None:
    ada, ben = school.pupil("Ada", "Example"), school.pupil("Ben", "Example")
    save_as(school, Role.TEACHER, Change(ada.key, WRITING, "EXS", 0), Change(ben.key, WRITING, "EXS", 0))
    outcome = save_as(school, Role.HEAD, Change(ada.key, WRITING, "GDS", 1), Change(ben.key, WRITING, "", 1))
    school.school_return.refresh_from_db()
    told, read = outcome.records, Records.of(school.school_return)
    assert told is not None
    assert told.fingerprint == read.fingerprint
    assert [line.cells for line in told.lines] == [line.cells for line in read.lines]
    assert (told.missing, told.school_return.version) == (read.missing, read.school_return.version) == (3, 2)
