"""The gateway as a Django application."""

from django.apps import AppConfig
from django.conf import settings


class GatewayConfig(AppConfig):
    """The gateway."""

    name = "keystage.service.gateway"
    label = "gateway"

    def ready(self) -> None:
        """Tell the accounts where the gateway is, and what keys in the record stand for."""
        from keystage.service.accounts import hooks
        from keystage.service.gateway import telling

        if "gateway" in settings.ENVIRONMENT.sides:
            hooks.tell_places(telling.places)
        hooks.tell_target_names(telling.target_names)
