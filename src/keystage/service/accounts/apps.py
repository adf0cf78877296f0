"""The accounts as a Django application."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People and organisations."""

    name = "keystage.service.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Record sign-ins from now on, and let tokens end with their makers' roles."""
        from keystage.service.accounts import recording
        from keystage.service.accounts.services import tokens

        recording.connect()
        tokens.connect()
