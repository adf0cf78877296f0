"""The addresses of the school's side, below ``schools/<organisation>/``."""

from django.urls import include, path

from keystage.service.school.views import (
    checks,
    exports,
    gateway_token,
    marksheet,
    personal,
    pupils,
    reports,
    results,
    settings,
    signing,
    summary,
    tasks,
    years,
)

app_name = "school"

urlpatterns = [
    path("", include(years.urlpatterns)),
    path("settings/", include([*settings.urlpatterns, *gateway_token.urlpatterns])),
    path("personal/", include(personal.urlpatterns)),
    path("<int:year>/", tasks.tasks, name="tasks"),
    path("<int:year>/pupils/", include(pupils.urlpatterns)),
    path("<int:year>/marksheet/", include(marksheet.urlpatterns)),
    path("<int:year>/checks/", include(checks.urlpatterns)),
    path("<int:year>/sign/", include(signing.urlpatterns)),
    path("<int:year>/send/", include(exports.urlpatterns)),
    path("<int:year>/results/", include(results.urlpatterns)),
    path("<int:year>/reports/", include(reports.urlpatterns)),
    path("<int:year>/summary/", include(summary.urlpatterns)),
]
