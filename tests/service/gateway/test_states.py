"""Every state and every stage, each reached by a story worked by hand; and what may follow what."""

from collections.abc import Callable

import pytest

from keystage.service.config.refusals import NotAllowedNow
from keystage.service.gateway.asked import asked, queries_in
from keystage.service.gateway.models import RegisteredPupil, Route, Stage, State, Submission
from keystage.service.gateway.models.returns import MOVES
from keystage.service.gateway.models.submissions import STAGES
from keystage.service.gateway.services.answering import answer
from keystage.service.gateway.services.checking import check
from keystage.service.gateway.services.deciding import set_aside
from keystage.service.gateway.services.receiving import Arrival, receive
from keystage.service.gateway.services.removing import remove_return
from keystage.service.gateway.services.settling import settle
from keystage.years.subjects import Subject
from service.at_gateway import GOOD, SchoolThere, a_file, a_pupil, expect, send, send_content

ASKED = {**GOOD, Subject.READING: "PK4"}


def received(there: SchoolThere) -> Submission:
    name, content = a_file(there)
    return receive(there.now(), Arrival(name, content, there.organisation, there.manager, Route.BROWSER))


def with_gap(there: SchoolThere) -> Submission:
    return send(there, [a_pupil(each) for each in there.pupils[:2]])


def with_query(there: SchoolThere) -> Submission:
    first, *others = there.pupils
    return send(there, [a_pupil(first, ASKED), *map(a_pupil, others)])


def with_difference(there: SchoolThere) -> Submission:
    send(there)
    first, *others = there.pupils
    return send(there, [a_pupil(first, {**GOOD, Subject.WRITING: "GDS"}), *map(a_pupil, others)], serial=2)


def answered(there: SchoolThere) -> Submission:
    sent = with_query(there)
    return answer(sent, list(map(asked, queries_in(sent.report))), "So it is", by=there.manager)


def put_aside(there: SchoolThere) -> Submission:
    sent = with_gap(there)
    set_aside(sent, "The wrong file", by=there.manager)
    return sent


def unreadable(there: SchoolThere) -> Submission:
    return send_content(there, "file.xml", b"this is no file of ours")


def accepted_then_one_more_expected(there: SchoolThere) -> Submission:
    sent = send(there)
    expect(there, 4)
    settle(there.now())
    return sent


def removed(there: SchoolThere) -> Submission:
    sent = send(there)
    remove_return(there.now(), "The wrong school", by=there.manager)
    return sent


STORIES: tuple[tuple[Callable[[SchoolThere], Submission], Stage, State], ...] = (
    (received, Stage.RECEIVED, State.NOT_STARTED),
    (unreadable, Stage.UNREADABLE, State.IN_ERROR),
    (with_gap, Stage.IN_ERROR, State.IN_ERROR),
    (with_query, Stage.TO_ANSWER, State.INCOMPLETE),
    (with_difference, Stage.TO_CONFIRM, State.ACCEPTED),
    (answered, Stage.APPLIED, State.ACCEPTED_WITH_QUERIES),
    (send, Stage.APPLIED, State.ACCEPTED),
    (accepted_then_one_more_expected, Stage.APPLIED, State.INCOMPLETE),
    (put_aside, Stage.SET_ASIDE, State.NOT_STARTED),
    (removed, Stage.APPLIED, State.REMOVED),
)


@pytest.mark.parametrize(("story", "stage", "state"), STORIES, ids=[each[0].__name__ for each in STORIES])
def test_a_story_ends_where_it_should(
    there: SchoolThere, story: Callable[[SchoolThere], Submission], stage: Stage, state: State
) -> None:
    sent = story(there)
    sent.refresh_from_db()
    assert (sent.stage, there.now().state) == (stage, state)


def test_every_stage_and_every_state_has_a_story() -> None:
    assert {stage for _, stage, _ in STORIES} == set(Stage)
    assert {state for _, _, state in STORIES} == set(State)


def test_every_state_and_stage_says_what_may_follow_it() -> None:
    assert set(MOVES) == set(State)
    assert set(STAGES) == set(Stage)
    assert all(state not in after for state, after in MOVES.items())


@pytest.mark.parametrize("before", list(State))
def test_no_other_state_follows(there: SchoolThere, before: State) -> None:
    """What is held says “accepted”; a return settles there only from a state that it may come from."""
    send(there)
    found = there.now()
    found.state = before
    if before is State.ACCEPTED or State.ACCEPTED in MOVES[before]:
        settle(found)
        assert there.now().state == State.ACCEPTED
    else:
        with pytest.raises(NotAllowedNow, match="cannot become"):
            settle(found)


@pytest.mark.parametrize("stage", [Stage.APPLIED, Stage.SET_ASIDE, Stage.UNREADABLE])
def test_a_file_that_is_over_is_not_checked_again(there: SchoolThere, stage: Stage) -> None:
    sent = with_gap(there)
    Submission.objects.filter(pk=sent.pk).update(stage=stage)
    RegisteredPupil.objects.filter(pk=there.pupils[2].pk).update(status="unregistered")
    assert check(sent, by=there.manager).stage == stage
    assert there.now().accepted == 0
