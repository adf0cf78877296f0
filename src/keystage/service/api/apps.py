"""The HTTP interface as a Django application."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The HTTP interface."""

    name = "keystage.service.api"
    label = "api"
