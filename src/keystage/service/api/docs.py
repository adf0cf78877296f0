"""The documentation of the interface as a page: made from its OpenAPI schema, with nothing from anywhere else."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from keystage.service.accounts.models import Scope
from keystage.service.api.described import REFUSALS
from keystage.service.api.limits import FAILURES_OF_AN_ADDRESS, FOR_A_TOKEN
from keystage.service.api.reading import groups
from keystage.service.api.v1 import api


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """Show what a program can do, and how."""
    shown = {
        "groups": groups(api.get_openapi_schema()),
        "refusals": REFUSALS,
        "schema_href": reverse("api-v1:openapi-json"),
        "base": request.build_absolute_uri("/").rstrip("/"),
        "scopes": list(Scope),
        "a_minute": {"token": FOR_A_TOKEN, "address": FAILURES_OF_AN_ADDRESS},
    }
    return render(request, "api/docs.html", shown)
