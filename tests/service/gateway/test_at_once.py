"""Two uploads at the same moment lose nothing and make no pupil twice. On a database with real locks only."""

import threading
from collections.abc import Iterator

import pytest
from django.db import connection, connections

from keystage.service.gateway.models import HeldPupil, Receipt, Route, Stage, Submission
from keystage.service.gateway.services.checking import check
from keystage.service.gateway.services.receiving import Arrival, receive
from keystage.years.subjects import Subject
from service.at_gateway import GOOD, SchoolThere, a_file, a_gateway, a_pupil, a_school_there

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("sqlite" in connection.vendor, reason="threads of one test share no SQLite database"),
]


@pytest.fixture
def files() -> Iterator[tuple[SchoolThere, list[tuple[str, bytes]]]]:
    there = a_school_there(a_gateway())
    better = [a_pupil(each, {**GOOD, Subject.WRITING: "GDS"}) for each in there.pupils]
    yield there, [a_file(there), a_file(there, better, serial=2)]


def send_together(there: SchoolThere, files: list[tuple[str, bytes]]) -> list[BaseException]:
    """Send files, each in a thread of its own, all at the same moment."""
    ready = threading.Barrier(len(files))
    wrong: list[BaseException] = []

    def one(name: str, content: bytes) -> None:
        try:
            ready.wait()
            arrival = Arrival(name, content, there.organisation, there.manager, Route.BROWSER)
            check(receive(there.now(), arrival), by=there.manager)
        except BaseException as fault:
            wrong.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=each) for each in files]
    for each in threads:
        each.start()
    for each in threads:
        each.join(60)
    return wrong


def test_two_different_files_at_once_are_both_kept_and_no_pupil_counts_twice(
    files: tuple[SchoolThere, list[tuple[str, bytes]]],
) -> None:
    there, both = files
    assert send_together(there, both) == []
    stages = sorted(Submission.objects.values_list("stage", flat=True))
    assert sorted(Submission.objects.values_list("serial", flat=True)) == [1, 2]
    assert HeldPupil.objects.filter(removed_at=None).count() == 3
    # Whichever came first counts; the other waits to be confirmed, or was overtaken.
    assert stages in ([Stage.APPLIED, Stage.TO_CONFIRM], [Stage.APPLIED, Stage.SET_ASIDE])


def test_the_same_file_twice_at_once_is_one_submission(
    files: tuple[SchoolThere, list[tuple[str, bytes]]],
) -> None:
    there, (first, _) = files
    assert send_together(there, [first, first]) == []
    assert (Submission.objects.count(), HeldPupil.objects.count(), Receipt.objects.count()) == (1, 3, 1)
