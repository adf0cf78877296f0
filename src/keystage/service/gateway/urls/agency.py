"""The addresses of the agency, below ``agency/<organisation>/``."""

from django.urls import include, path

from keystage.service.gateway.views.agency import collections, results

app_name = "agency"

urlpatterns = [
    path("", collections.collections, name="collections"),
    path("<int:year>/", collections.collection, name="collection"),
    path("<int:year>/results/", include(results.urlpatterns)),
]
