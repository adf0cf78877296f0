"""What a killed process leaves behind: tasks that nobody works on any more, and files that nobody has checked.

Tasks are safe to run twice, so one that was lost is simply run again; one that has killed its worker each time is given
up, and says so.
"""

import logging
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from keystage.service.config.refusals import NotAllowedNow
from keystage.service.gateway.models import Stage, Submission
from keystage.service.gateway.services.checking import check
from keystage.service.work.life import living

MOST_TRIES = 3
"""So many workers may die of one task."""
UNCHECKED_FOR = timedelta(minutes=1)
"""A file that is checked only in its request is left behind after that."""
_AT_ONCE = 100
_DEAD = "Its worker was killed. It was tried {tries} times, each time without an end."
_log = logging.getLogger(__name__)


@transaction.atomic
def requeue_lost_tasks() -> int:
    """Put tasks of dead workers back into the queue, and return how many there were."""
    running = list(
        DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING)
        .select_for_update(skip_locked=True)
        .order_by("started_at")
    )
    alive = living({each.worker_ids[-1] for each in running if each.worker_ids})
    lost = [each for each in running if not each.worker_ids or each.worker_ids[-1] not in alive]
    for each in lost:
        _requeue(each)
    return len(lost)


def _requeue(lost: "DBTaskResult[Any, Any]") -> None:
    tries = len(lost.worker_ids)
    if tries < MOST_TRIES:
        _log.warning("Task %s (%s) was lost by a killed worker and is run again", lost.id, lost.task_path)
        lost.status, lost.started_at = TaskResultStatus.READY, None
    else:
        _log.error("Task %s (%s) is given up: it was lost %d times", lost.id, lost.task_path, tries)
        lost.status, lost.finished_at = TaskResultStatus.FAILED, timezone.now()
        lost.exception_class_path, lost.traceback = "keystage.service.work.Lost", _DEAD.format(tries=tries)
    lost.save(update_fields=["status", "started_at", "finished_at", "exception_class_path", "traceback"])


def check_left_files() -> int:
    """Check files that were received and never checked, and return how many were."""
    before = timezone.now() - UNCHECKED_FOR
    left = Submission.objects.filter(stage=Stage.RECEIVED, received_at__lt=before).select_related("by")
    done = 0
    for each in left.order_by("received_at")[:_AT_ONCE]:
        try:
            check(each, by=each.by)
            done += 1
        except NotAllowedNow as refused:
            _log.warning("The file %s cannot be checked: %s", each.key, refused)
        except Exception:  # one file must never keep the others from being checked
            _log.exception("The file %s cannot be checked", each.key)
    return done
