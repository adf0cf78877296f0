"""What a killed process leaves behind is done by the next; worked by hand."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from keystage.service.files.store import path_of
from keystage.service.gateway.models import Route, Stage, Submission
from keystage.service.gateway.services.receiving import Arrival, receive
from keystage.service.work import left_behind, life, retention
from service.at_gateway import SchoolThere, a_file, a_gateway, a_pupil, a_school_there


@pytest.fixture(autouse=True)
def _nobody_lives(db: None) -> None:
    cache.clear()


def a_task(*workers: str, status: str = TaskResultStatus.RUNNING) -> DBTaskResult:
    return DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {}}, task_path="service.work.jobs.slow", backend_name="default",
        run_after=timezone.now(), status=status, worker_ids=list(workers), started_at=timezone.now(),
        exception_class_path="", traceback="",
    )  # fmt: skip


def status_of(task: DBTaskResult) -> str:
    return str(DBTaskResult.objects.get(pk=task.pk).status)


def test_a_task_of_a_dead_worker_is_put_back_and_one_of_a_living_worker_is_not(db: None) -> None:
    life.live("alive")
    life.live("dies")
    theirs, lost = a_task("alive"), a_task("dies")
    assert left_behind.requeue_lost_tasks() == 0
    life.die("dies")
    assert left_behind.requeue_lost_tasks() == 1
    assert (status_of(theirs), status_of(lost)) == ("RUNNING", "READY")


def test_a_worker_without_a_sign_of_life_for_too_long_is_dead(db: None) -> None:
    life.live("was", 0.01)
    lost = a_task("was")
    cache.touch("worker:was", -1)
    assert left_behind.requeue_lost_tasks() == 1
    assert status_of(lost) == "READY"


def test_only_the_worker_that_had_it_last_counts(db: None) -> None:
    life.live("first")
    lost = a_task("first", "second")
    assert left_behind.requeue_lost_tasks() == 1
    assert status_of(lost) == "READY"


def test_a_task_that_has_killed_three_workers_is_given_up_with_words(db: None) -> None:
    lost = a_task("a", "b", "c")
    assert left_behind.requeue_lost_tasks() == 1
    found = DBTaskResult.objects.get(pk=lost.pk)
    assert (found.status, found.traceback) == (
        "FAILED", "Its worker was killed. It was tried 3 times, each time without an end."
    )  # fmt: skip


@pytest.mark.parametrize("status", ["READY", "SUCCESSFUL", "FAILED"])
def test_what_does_not_run_is_left_alone(db: None, status: str) -> None:
    task = a_task("dead", status=status)
    assert left_behind.requeue_lost_tasks() == 0
    assert status_of(task) == status


def test_tasks_that_ended_long_ago_are_forgotten_without_anybody_asking_for_it(db: None) -> None:
    old, fresh, running = a_task(status="SUCCESSFUL"), a_task(status="SUCCESSFUL"), a_task("alive")
    long_ago = timezone.now() - timedelta(days=15)
    DBTaskResult.objects.filter(pk__in=[old.pk, running.pk]).update(finished_at=long_ago)
    DBTaskResult.objects.filter(pk=fresh.pk).update(finished_at=timezone.now())
    retention.run(timezone.now(), all_rules=False)
    assert set(DBTaskResult.objects.values_list("pk", flat=True)) == {fresh.pk, running.pk}


@pytest.fixture
def there(db: None) -> SchoolThere:
    return a_school_there(a_gateway())


def arrives(there: SchoolThere, serial: int, minutes: float, pupils: int = 3) -> Submission:
    """Let a file arrive that nobody checks, so many minutes ago."""
    name, content = a_file(there, [a_pupil(each) for each in there.pupils[:pupils]], serial=serial)
    made = receive(there.now(), Arrival(name, content, there.organisation, there.manager, Route.API))
    Submission.objects.filter(pk=made.pk).update(received_at=timezone.now() - timedelta(minutes=minutes))
    return made


def stage_of(submission: Submission) -> str:
    return Submission.objects.get(pk=submission.pk).stage


def test_a_file_that_nobody_has_checked_is_checked(there: SchoolThere) -> None:
    left = arrives(there, 1, minutes=5)
    assert left_behind.check_left_files() == 1
    assert stage_of(left) == Stage.APPLIED
    assert Submission.objects.get(pk=left.pk).applied_by == there.manager
    assert left_behind.check_left_files() == 0


def test_a_file_that_has_just_arrived_is_left_to_its_request(there: SchoolThere) -> None:
    fresh = arrives(there, 1, minutes=0.1)
    assert left_behind.check_left_files() == 0
    assert stage_of(fresh) == Stage.RECEIVED


def test_a_file_that_is_lost_keeps_no_other_from_being_checked(there: SchoolThere) -> None:
    lost, sound = arrives(there, 1, minutes=9, pupils=2), arrives(there, 2, minutes=5)
    path_of(lost.file.sha256).unlink()
    assert left_behind.check_left_files() == 1
    assert (stage_of(lost), stage_of(sound)) == (Stage.RECEIVED, Stage.APPLIED)
