"""The school's home: the years it has, and the list of tasks of a year."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from keystage.service.accounts.roles import Permission
from keystage.service.accounts.visit import Visit, needs
from keystage.service.school.presenters.tasks import task_list
from keystage.service.school.views.visiting import YearVisit, of_year


@needs(Permission.SEE_RETURN)
def years(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the years of a school, the newest first."""
    returns = visit.organisation.returns.order_by("-year")
    return render(request, "school/years.html", {"returns": returns})


@of_year(Permission.SEE_RETURN)
def tasks(request: HttpRequest, at: YearVisit) -> HttpResponse:
    """Show what is done, what is left, who is waited for and how long there is."""
    return render(request, "school/tasks.html", {"at": at, "tasks": task_list(at)})
