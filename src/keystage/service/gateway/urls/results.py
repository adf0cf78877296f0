"""The addresses of those who are given results and send nothing, below ``results/<organisation>/``."""

from django.urls import path

from keystage.service.gateway.views import results

app_name = "results"

urlpatterns = [
    path("", results.collections, name="collections"),
    path("<int:year>/", results.others_results, name="results"),
    path("<int:year>/<str:key>/", results.others_file, name="results-file"),
]
