"""The job that lets go of what was kept for as long as it should be: once a day, or by ``keystage retention``."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from django_tasks import task

from keystage.service.gateway.personal.retention import RULES as GATEWAY
from keystage.service.personal import retention_people
from keystage.service.personal.doomed import take_away
from keystage.service.personal.erased_list import write_list
from keystage.service.personal.retention import Piece, Rule, due, let_go
from keystage.service.school.personal.retention import RULES as SCHOOL

_A_DAY = timedelta(days=1)
_log = logging.getLogger(__name__)

RULES: tuple[Rule, ...] = (*SCHOOL, *GATEWAY, *retention_people.RULES)
"""Everything that is let go, in this order."""


def run(moment: datetime, *, all_rules: bool, tell: Callable[[Rule, Piece], None] = lambda _rule, _piece: None) -> int:
    """Let go of what is over at a moment; return how many pieces went.

    Args:
        moment: now.
        all_rules: whether everything goes, or only what is of no use to anybody any more.
        tell: is told of each piece before it goes.
    """
    done = 0
    for rule, piece in due([each for each in RULES if all_rules or each.is_technical], moment):
        tell(rule, piece)
        let_go(piece)
        done += 1
    take_away()
    write_list()
    return done


@task()
def let_go_today() -> None:
    """Let go of what is over; of pupils and people only where the settings say so."""
    done = run(timezone.now(), all_rules=settings.ENVIRONMENT.retention)
    if done:
        _log.info("Let go of what was kept for as long as it should be: %d pieces", done)


def let_go_once_a_day() -> bool:
    """Put the job into the queue, once a day among all workers; say whether it was."""
    if not cache.add("retention", True, _A_DAY.total_seconds()):
        return False
    let_go_today.enqueue()
    return True
