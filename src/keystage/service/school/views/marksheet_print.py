"""The marksheet on paper and as a workbook: what to print is chosen on a page, and downloaded."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from keystage.service.accounts.roles import Permission
from keystage.service.school.views.visiting import YearVisit, of_year


@of_year(Permission.SEE_RETURN)
def choose(request: HttpRequest, at: YearVisit) -> HttpResponse:
    """Ask what to print."""
    return render(request, "school/bare.html", {"at": at, "title": "Print"})


urlpatterns = [path("print/", choose, name="marksheet-print")]
