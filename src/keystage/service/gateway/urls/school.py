"""The addresses of a school at the gateway, below ``gateway/<organisation>/``."""

from django.urls import include, path

from keystage.service.gateway.views import (
    attendance,
    corrections,
    declaration,
    files,
    moderation,
    numbers,
    overview,
    receipts,
    register,
    register_pupil,
    report,
    results,
    school_help,
)

app_name = "gateway"

urlpatterns = [
    path("", overview.collections, name="collections"),
    path("<int:year>/", overview.overview, name="return"),
    path("<int:year>/files/", include(files.urlpatterns)),
    path("<int:year>/register/", include([*register.urlpatterns, *register_pupil.urlpatterns])),
    path("<int:year>/attendance/", include(attendance.urlpatterns)),
    path("<int:year>/", include(declaration.urlpatterns)),
    path("<int:year>/numbers/", include(numbers.urlpatterns)),
    path("<int:year>/report/", include(report.urlpatterns)),
    path("<int:year>/moderation/", moderation.moderation, name="moderation"),
    path("<int:year>/corrections/", include(corrections.urlpatterns)),
    path("<int:year>/receipts/", include(receipts.urlpatterns)),
    path("<int:year>/help/", include(school_help.urlpatterns)),
    path("<int:year>/results/", include(results.urlpatterns)),
]
