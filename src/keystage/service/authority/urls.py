"""The addresses of an authority, below ``authority/<organisation>/``."""

from django.urls import include, path

from keystage.service.authority.views import results, schools

app_name = "authority"

urlpatterns = [
    path("", schools.collections, name="collections"),
    path("<int:year>/", schools.schools, name="schools"),
    path("<int:year>/results/", include(results.urlpatterns)),
]
