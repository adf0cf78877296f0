"""Send."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from keystage.service.accounts.roles import Permission
from keystage.service.school.views.visiting import YearVisit, of_year


@of_year(Permission.SEE_RETURN)
def exports(request: HttpRequest, at: YearVisit) -> HttpResponse:
    """Show the page."""
    return render(request, "school/bare.html", {"title": "Send"})


urlpatterns = [path("", exports, name="exports")]
