"""The tasks after the return: the results that come home, and the reports that parents are owed."""

from collections.abc import Callable

from keystage.service.accounts.roles import Permission
from keystage.service.design.words import date_words, join_words, plural
from keystage.service.school.models import Stage
from keystage.service.school.presenters.report_list import Counted, counted, rows_of
from keystage.service.school.presenters.task import DONE, NOT_NEEDED, NOT_YET, Task, as_task
from keystage.service.school.reports import Reports
from keystage.service.school.views.visiting import YearVisit

_SENT = (Stage.SENT, Stage.ACCEPTED, Stage.CLOSED)


def after_return(at: YearVisit, href: Callable[[str], str]) -> tuple[Task, ...]:
    """Return the tasks after the return: the results always, the reports once the return is sent or results are out."""
    text = "Import the results"
    if at.school_return.nil_reason and not at.records.reported:
        return (Task(text, "", NOT_NEEDED),)
    may_see, reports = at.may(Permission.SEE_RESULTS), Reports(at.records)
    results = _results(at, reports, text, href("results") if may_see else "")
    if not at.records.reported or not may_see or not _is_due(at):
        return (results,)
    return results, _reports(reports, href("reports"))


def _is_due(at: YearVisit) -> bool:
    released = at.records.year.find_date("results_released")
    is_out = released is not None and released.date <= at.records.today
    return at.school_return.stage in _SENT or is_out


def _results(at: YearVisit, reports: Reports, text: str, href: str) -> Task:
    if load := reports.load:
        return Task(text, href, DONE, hint=f"{plural(load.said.get('matched', 0), 'pupil')} with results")
    released = at.records.year.find_date("results_released")
    if released is None or released.date > at.records.today:
        hint = f"They are given out on {date_words(released.date)}" if released else ""
        return Task(text, href, NOT_YET, hint=hint)
    return as_task(text, href, is_done=False, hint=f"They were given out on {date_words(released.date)}")


def _reports(reports: Reports, href: str) -> Task:
    text, found = "Write and make reports for parents", counted(rows_of(reports))
    if not found.not_made and not found.again:
        return Task(text, href, DONE, hint=f"{plural(found.made, 'report')} made")
    return Task(text, href, "To make again" if found.again else "To do", "blue", _left(found))


def _left(found: Counted) -> str:
    both = ((found.not_made, "not made"), (found.again, "to make again"))
    return join_words([f"{count} {words}" for count, words in both if count])
