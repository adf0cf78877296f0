"""The authority's pages as a Django application."""

from django.apps import AppConfig
from django.conf import settings


class AuthorityConfig(AppConfig):
    """The authority's pages."""

    name = "keystage.service.authority"
    label = "authority"

    def ready(self) -> None:
        """Tell the accounts where an authority's pages are."""
        from keystage.service.accounts import hooks
        from keystage.service.authority import telling

        if "gateway" in settings.ENVIRONMENT.sides:
            hooks.tell_places(telling.places)
