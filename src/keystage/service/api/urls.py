"""The addresses of the HTTP interface, below ``api/``."""

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from keystage.service.api.docs import docs
from keystage.service.api.refusals import refusal
from keystage.service.api.v1 import api

app_name = "api"


@csrf_exempt  # no form of a page leads here: a program that has mistaken the address is told so, whatever it sends
def nothing(_request: HttpRequest, rest: str) -> HttpResponse:
    """Say to a program that there is no such address."""
    return refusal(404, f"There is no address “{rest[:100]}” here. Look at /api/docs.")


urlpatterns = [path("docs", docs, name="docs"), path("v1/<path:rest>", nothing, name="nothing")]
v1 = api.urls
