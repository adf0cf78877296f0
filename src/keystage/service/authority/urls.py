"""The addresses of an authority and of a trust, below ``authority/<organisation>/``."""

from django.urls import include, path

from keystage.service.authority.views import (
    chase,
    downloads,
    figures,
    judgements,
    lately,
    moderation,
    report,
    results,
    school,
    schools,
    settings,
    uploads,
)

app_name = "authority"

urlpatterns = [
    path("", schools.collections, name="collections"),
    path("<int:year>/", schools.schools, name="schools"),
    path("<int:year>/now/", schools.now, name="schools-now"),
    path("<int:year>/schools.csv", schools.file, name="schools-file"),
    path("<int:year>/chase/", chase.chase, name="chase"),
    path("<int:year>/judgements.csv", judgements.judgements, name="judgements"),
    path("<int:year>/school/<str:key>/", include(school.urlpatterns)),
    path("<int:year>/school/<str:key>/report/", report.report, name="report"),
    path("<int:year>/corrections/", include(report.urlpatterns)),
    path("<int:year>/figures/", include(figures.urlpatterns)),
    path("<int:year>/downloads/", include(downloads.urlpatterns)),
    path("<int:year>/moderation/", include(moderation.urlpatterns)),
    path("<int:year>/lately/", lately.happened, name="lately"),
    path("<int:year>/settings/", settings.settings, name="settings"),
    path("<int:year>/uploads/", include(uploads.urlpatterns)),
    path("<int:year>/results/", include(results.urlpatterns)),
]
