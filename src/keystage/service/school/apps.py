"""The school's side as a Django application."""

from django.apps import AppConfig


class SchoolConfig(AppConfig):
    """The school's side."""

    name = "keystage.service.school"
    label = "school"
