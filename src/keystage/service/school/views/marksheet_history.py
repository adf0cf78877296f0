"""The history of a cell of the marksheet, and of a pupil: who, when, from what to what, and how."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path

from keystage.service.accounts.roles import Permission
from keystage.service.school.models import Pupil
from keystage.service.school.presenters.marksheet_history import history
from keystage.service.school.views.visiting import YearVisit, of_year
from keystage.years.subjects import Subject


@of_year(Permission.SEE_RETURN)
def of_pupil(request: HttpRequest, at: YearVisit, pupil: str) -> HttpResponse:
    """Show everything that happened to a pupil's judgements."""
    return _page(request, at, pupil, None)


@of_year(Permission.SEE_RETURN)
def of_cell(request: HttpRequest, at: YearVisit, pupil: str, subject: str) -> HttpResponse:
    """Show everything that happened to one cell."""
    if subject not in tuple(Subject):
        raise Http404
    return _page(request, at, pupil, Subject(subject))


def _page(request: HttpRequest, at: YearVisit, key: str, subject: Subject | None) -> HttpResponse:
    found = get_object_or_404(Pupil, school_return=at.school_return, key=key)
    context = {"at": at, "pupil": found, "subject": subject, "history": history(at, found, subject)}
    return render(request, "school/marksheet_history.html", context)


urlpatterns = [
    path("history/<str:pupil>/", of_pupil, name="marksheet-pupil-history"),
    path("history/<str:pupil>/<str:subject>/", of_cell, name="marksheet-history"),
]
