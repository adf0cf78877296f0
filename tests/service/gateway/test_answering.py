"""Queries are answered with notes that hold in the next file, and taken back; worked by hand."""

import pytest

from keystage.service.config.refusals import NotAllowedNow
from keystage.service.gateway.asked import asked, queries_in
from keystage.service.gateway.models import QueryAnswer, Stage, State, Submission
from keystage.service.gateway.services.answering import answer, take_back
from keystage.years.subjects import Subject
from service.at_gateway import GOOD, SchoolThere, a_pupil, send

WITH_READING = {**GOOD, Subject.READING: "PK4"}
"""A judgement in reading of a pupil who sits the test: a query, C08."""


def queried(there: SchoolThere, *, how_many: int = 2, serial: int = 1, key: str = "") -> Submission:
    codes = [WITH_READING] * how_many + [GOOD] * (3 - how_many)
    pupils = [a_pupil(each, given) for each, given in zip(there.pupils, codes, strict=True)]
    return send(there, pupils, serial=serial, key=key)


def hashes(sent: Submission) -> list[str]:
    return [asked(each) for each in queries_in(sent.report)]


def test_a_file_with_queries_waits_for_answers(there: SchoolThere) -> None:
    sent = queried(there)
    assert (sent.stage, there.now().state) == (Stage.TO_ANSWER, State.INCOMPLETE)
    assert [each["code"] for each in queries_in(sent.report)] == ["C08", "C08"]


def test_several_alike_are_answered_at_once_and_the_file_counts(there: SchoolThere) -> None:
    sent = queried(there)
    assert answer(sent, hashes(sent), "They sat it last year", by=there.manager).stage == Stage.APPLIED
    assert there.now().state == State.ACCEPTED_WITH_QUERIES
    assert QueryAnswer.objects.count() == 2


def test_one_of_two_answered_is_not_enough(there: SchoolThere) -> None:
    sent = queried(there)
    assert answer(sent, hashes(sent)[:1], "So it is", by=there.manager).stage == Stage.TO_ANSWER


def test_an_answer_holds_in_the_next_file_where_the_same_is_asked(there: SchoolThere) -> None:
    sent = queried(there, how_many=1)
    answer(sent, hashes(sent), "So it is", by=there.manager)
    again = queried(there, how_many=1, serial=2, key="again")
    assert (again.stage, again.queries) == (Stage.APPLIED, 1)


def test_another_value_is_asked_anew(there: SchoolThere) -> None:
    sent = queried(there, how_many=1)
    answer(sent, hashes(sent), "So it is", by=there.manager)
    first, *others = there.pupils
    other = a_pupil(first, {**GOOD, Subject.READING: "PK3"})
    assert send(there, [other, *map(a_pupil, others)], serial=2).stage == Stage.TO_ANSWER


def test_an_answer_without_words_is_none(there: SchoolThere) -> None:
    sent = queried(there)
    with pytest.raises(NotAllowedNow, match="why it is right"):
        answer(sent, hashes(sent), "  ", by=there.manager)


def test_what_nobody_asks_cannot_be_answered(there: SchoolThere) -> None:
    sent = queried(there)
    with pytest.raises(NotAllowedNow, match="changed or is answered"):
        answer(sent, ["0" * 64], "So it is", by=there.manager)


def test_an_answer_taken_back_leaves_the_query_open(there: SchoolThere) -> None:
    sent = queried(there)
    first, second = hashes(sent)
    answer(sent, [first], "So it is", by=there.manager)
    take_back(there.now(), first, by=there.manager)
    sent.refresh_from_db()
    assert answer(sent, [second], "So it is", by=there.manager).stage == Stage.TO_ANSWER


def test_an_answer_of_the_file_that_counts_cannot_be_taken_back(there: SchoolThere) -> None:
    sent = queried(there, how_many=1)
    answer(sent, hashes(sent), "So it is", by=there.manager)
    with pytest.raises(NotAllowedNow, match="belongs to the file that counts"):
        take_back(there.now(), hashes(sent)[0], by=there.manager)


def test_nothing_is_answered_once_the_collection_is_closed(there: SchoolThere) -> None:
    sent = queried(there)
    collection = there.now().collection
    collection.closes_at = collection.opens_at
    collection.save()
    with pytest.raises(NotAllowedNow, match="closed"):
        answer(sent, hashes(sent), "So it is", by=there.manager)
