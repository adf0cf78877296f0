"""The settings of a school."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from keystage.service.accounts.roles import Permission
from keystage.service.accounts.visit import Visit, needs


@needs(Permission.CHANGE_SETTINGS)
def settings(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the page."""
    return render(request, "school/bare.html", {"title": "Settings"})


urlpatterns = [path("", settings, name="settings")]
