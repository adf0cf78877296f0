"""The demonstration as a Django application: its pages are there only where the settings say that this is one."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The demonstration."""

    name = "keystage.service.demo"
    label = "demo"
