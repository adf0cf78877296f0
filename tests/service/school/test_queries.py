"""Answering queries: a note holds for just what was found, by whoever wrote it, until it is taken back."""

import pytest

from keystage.service.accounts.roles import Role
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Event
from keystage.service.school.models import QueryNote, Stage
from keystage.service.school.services.queries import answer, withdraw
from keystage.service.school.services.returns import move
from service.made import MadeSchool
from service.ready import WRITING, fill, judge, records_of

TOLD = "She told it aloud."


def asked(school: MadeSchool) -> list[str]:
    return [each.hash for each in records_of(school).open_queries]


def a_query(school: MadeSchool, *forenames: str) -> list[str]:
    fill(school)
    for forename in forenames or ("Ada",):
        judge(school, forename, WRITING, "PK6")
    return asked(school)


def answered(school: MadeSchool, hashes: list[str], text: str = TOLD) -> int:
    return answer(school.school_return, hashes, text, by=school.people[Role.TEACHER])


def test_an_answered_query_is_open_no_more_and_the_note_is_kept(school):
    hashes = a_query(school)
    assert answered(school, hashes, f"  {TOLD} ") == 1
    assert asked(school) == []
    note = QueryNote.objects.get()
    assert (note.code, note.pupil, note.text, note.person) == (
        *("J06", school.pupils["Ada"], TOLD, school.people[Role.TEACHER]),
    )
    event = Event.objects.get(kind=Kind.QUERY_ANSWERED)
    assert (event.target, event.part, event.data) == (school.pupils["Ada"].key, "science", {"check": "J06"})


def test_one_note_answers_a_whole_group(school):
    assert answered(school, a_query(school, "Ada", "Bea")) == 2
    assert asked(school) == []
    assert {note.pupil for note in QueryNote.objects.all()} == {school.pupils["Ada"], school.pupils["Bea"]}


def test_of_a_group_one_may_be_answered(school):
    first, second = a_query(school, "Ada", "Bea")
    answered(school, [first])
    assert asked(school) == [second]


def test_when_it_says_something_else_the_note_no_longer_holds_and_is_past(school):
    answered(school, a_query(school))
    judge(school, "Ada", WRITING, "PK5")
    assert len(asked(school)) == 1
    assert [note.text for note in records_of(school).answers.past] == [TOLD]
    judge(school, "Ada", WRITING, "PK6")
    assert asked(school) == []


def test_a_note_can_be_taken_back_once(school):
    hashes = a_query(school)
    answered(school, hashes)
    note = QueryNote.objects.get()
    withdraw(school.school_return, note.pk, by=school.people[Role.DATA_MANAGER])
    assert asked(school) == hashes
    assert [each.pk for each in records_of(school).answers.past] == [note.pk]
    with pytest.raises(NotAllowedNow, match="taken back already"):
        withdraw(school.school_return, note.pk, by=school.people[Role.DATA_MANAGER])


@pytest.mark.parametrize("text", ["", "  \n"])
def test_a_note_without_words_is_none(school, text):
    hashes = a_query(school)
    with pytest.raises(NotAllowedNow, match="Say in the note"):
        answered(school, hashes, text)


def test_nothing_is_kept_where_one_of_them_has_changed(school):
    hashes = a_query(school, "Ada", "Bea")
    judge(school, "Bea", WRITING, "PK5")
    with pytest.raises(NotAllowedNow, match="has changed or is answered already"):
        answered(school, hashes)
    assert not QueryNote.objects.exists()


def test_a_closed_year_takes_no_notes(school):
    hashes = a_query(school)
    move(school.school_return, Stage.CLOSED, by=None)
    with pytest.raises(NotAllowedNow, match="is closed"):
        answered(school, hashes)
