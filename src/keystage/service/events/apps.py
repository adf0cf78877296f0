"""The events as a Django application."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """The record of who did what."""

    name = "keystage.service.events"
    label = "events"
