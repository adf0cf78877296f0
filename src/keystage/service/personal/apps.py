"""Personal data as a Django application."""

from django.apps import AppConfig


class PersonalConfig(AppConfig):
    """What is kept of whom."""

    name = "keystage.service.personal"
    label = "personal"
