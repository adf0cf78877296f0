"""The tasks after the return: the results that come home, and the reports that parents are owed."""

from collections.abc import Callable

from keystage.service.accounts.roles import Permission
from keystage.service.design.words import date_words, join_words, plural
from keystage.service.school.models import Stage
from keystage.service.school.presenters.report_list import Counted, counted, rows_of
from keystage.service.school.presenters.task import DONE, NOT_YET, Task
from keystage.service.school.reports import Reports
from keystage.service.school.views.visiting import YearVisit

_SENT = (Stage.SENT, Stage.ACCEPTED, Stage.CLOSED)


def after_return(at: YearVisit, href: Callable[[str], str]) -> tuple[Task, ...]:
    """Return the tasks once they are due: when the return is sent, or the results are out. Before, there are none."""
    if not at.records.reported or not at.may(Permission.SEE_RESULTS) or not _is_due(at):
        return ()
    reports = Reports(at.records)
    return _results(at, reports, href("results")), _reports(reports, href("reports"))


def _is_due(at: YearVisit) -> bool:
    released = at.records.year.find_date("results_released")
    is_out = released is not None and released.date <= at.records.today
    return at.school_return.stage in _SENT or is_out


def _results(at: YearVisit, reports: Reports, href: str) -> Task:
    text, released = "Import the results", at.records.year.find_date("results_released")
    if reports.load:
        return Task(text, href, DONE, hint=f"Accepted on {date_words(reports.load.accepted_at)}")
    if released and released.date > at.records.today:
        return Task(text, href, NOT_YET, hint=f"They come on {date_words(released.date)}")
    return Task(text, href, "To do", "blue", "From the gateway, as they were downloaded")


def _reports(reports: Reports, href: str) -> Task:
    text, found = "Write and make reports for parents", counted(rows_of(reports))
    if not found.not_made and not found.again:
        return Task(text, href, DONE, hint=f"{plural(found.made, 'report')} made")
    return Task(text, href, "To make again" if found.again else "To do", "blue", _left(found))


def _left(found: Counted) -> str:
    both = ((found.not_made, "not made"), (found.again, "to make again"))
    return join_words([f"{count} {words}" for count, words in both if count])
