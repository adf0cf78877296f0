"""The addresses of an authority, below ``authority/<organisation>/``."""

from django.urls import path

from keystage.service.authority.views import schools

app_name = "authority"

urlpatterns = [
    path("", schools.collections, name="collections"),
    path("<int:year>/", schools.schools, name="schools"),
]
