"""The addresses of the agency, below ``agency/<organisation>/``."""

from django.urls import include, path

from keystage.service.gateway.views.agency import collections, country, record, school

app_name = "agency"

urlpatterns = [
    path("", collections.collections, name="collections"),
    path("<int:year>/", include(country.urlpatterns)),
    path("<int:year>/record/", record.everywhere, name="record"),
    path("<int:year>/schools/<str:key>/", include(school.urlpatterns)),
    path("<int:year>/schools/<str:key>/record/", record.of_school, name="school-record"),
]
