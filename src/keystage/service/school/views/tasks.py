"""The school's home in a year: the list of tasks."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from keystage.service.accounts.roles import Permission
from keystage.service.school.presenters.tasks import task_list
from keystage.service.school.views.visiting import YearVisit, of_year


@of_year(Permission.SEE_RETURN)
def tasks(request: HttpRequest, at: YearVisit) -> HttpResponse:
    """Show what is done, what is left, who is waited for and how long there is."""
    return render(request, "school/tasks.html", {"at": at, "tasks": task_list(at)})
