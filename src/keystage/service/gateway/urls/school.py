"""The addresses of a school at the gateway, below ``gateway/<organisation>/``."""

from django.urls import include, path

from keystage.service.gateway.views import files, overview, results

app_name = "gateway"

urlpatterns = [
    path("", overview.collections, name="collections"),
    path("<int:year>/", overview.overview, name="return"),
    path("<int:year>/files/", include(files.urlpatterns)),
    path("<int:year>/results/", include(results.urlpatterns)),
]
