"""The addresses of the school's side, below ``schools/<organisation>/``."""

from django.urls import path

from keystage.service.school.views import tasks

app_name = "school"

urlpatterns = [
    path("", tasks.years, name="years"),
    path("<int:year>/", tasks.tasks, name="tasks"),
]
