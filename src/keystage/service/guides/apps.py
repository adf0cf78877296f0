"""The guides as a Django application."""

from django.apps import AppConfig


class GuidesConfig(AppConfig):
    """The guides."""

    name = "keystage.service.guides"
    label = "guides"
