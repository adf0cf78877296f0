"""The addresses of the agency, below ``agency/<organisation>/``."""

from django.urls import include, path

from keystage.service.gateway.views import attendance, register, register_pupil
from keystage.service.gateway.views.agency import (
    collections,
    correction_requests,
    country,
    dates,
    figures,
    helpdesk,
    opening,
    personal,
    record,
    registration,
    results,
    school,
)

app_name = "agency"

urlpatterns = [
    path("", collections.collections, name="collections"),
    path("", include(opening.urlpatterns)),
    path("personal/", include(personal.urlpatterns)),
    path("<int:year>/dates/", include(dates.urlpatterns)),
    path("<int:year>/registration/", include(registration.urlpatterns)),
    path("<int:year>/dates/schools/<str:school>/", include(dates.school_urlpatterns)),
    path(
        "<int:year>/registration/schools/<str:school>/register/",
        include([*register.agency_urlpatterns, *register_pupil.agency_urlpatterns]),
    ),
    path("<int:year>/registration/schools/<str:school>/attendance/", include(attendance.agency_urlpatterns)),
    path("<int:year>/", include(country.urlpatterns)),
    path("<int:year>/record/", record.everywhere, name="record"),
    path("<int:year>/schools/<str:key>/", include(school.urlpatterns)),
    path("<int:year>/schools/<str:key>/reported/", include(correction_requests.urlpatterns)),
    path("<int:year>/schools/<str:key>/record/", record.of_school, name="school-record"),
    path("<int:year>/help/", include(helpdesk.urlpatterns)),
    path("<int:year>/results/", include(results.urlpatterns)),
    path("<int:year>/figures/", include(figures.urlpatterns)),
]
