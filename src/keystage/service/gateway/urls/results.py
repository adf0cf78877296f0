"""The addresses of those who are given results and send nothing, below ``results/<organisation>/``."""

from django.urls import path

from keystage.service.gateway.views import overview

app_name = "results"

urlpatterns = [path("", overview.results_collections, name="collections")]
