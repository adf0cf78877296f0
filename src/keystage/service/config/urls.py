"""The addresses of the web application."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import include, path

from keystage.service.api import urls as api_urls
from keystage.service.config.health import database_fault
from keystage.service.design import checker


def healthz(_request: HttpRequest) -> HttpResponse:
    """Say that the process is up."""
    return HttpResponse("up\n", content_type="text/plain")


def readyz(_request: HttpRequest) -> JsonResponse:
    """Say whether the service can work: the database answers and has every migration."""
    fault = database_fault()
    return JsonResponse({"ready": not fault, "fault": fault}, status=503 if fault else 200)


handler500 = "keystage.service.config.errors.server_error"

urlpatterns = [
    path("healthz", healthz),
    path("readyz", readyz),
    path("check/", checker.page, name="check"),
    path("check/<str:name>", checker.part, name="check_part"),
    path("account/", include("keystage.service.accounts.sign_in_urls")),
    path("", include("keystage.service.accounts.urls")),
    path("demo/", include("keystage.service.demo.views")),
    path("guides/", include("keystage.service.guides.urls")),
]

if "school" in settings.ENVIRONMENT.sides:
    urlpatterns += [path("schools/<str:organisation>/", include("keystage.service.school.urls"))]
if "gateway" in settings.ENVIRONMENT.sides:
    urlpatterns += [
        path("gateway/<str:organisation>/", include("keystage.service.gateway.urls.school")),
        path("agency/<str:organisation>/", include("keystage.service.gateway.urls.agency")),
        path("results/<str:organisation>/", include("keystage.service.gateway.urls.results")),
        path("authority/<str:organisation>/", include("keystage.service.authority.urls")),
        path("api/v1/", api_urls.v1),
        path("api/", include("keystage.service.api.urls")),
    ]
