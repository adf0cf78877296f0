"""Email where the server is not there."""

from django.core.mail.backends.base import BaseEmailBackend


class NoServer(BaseEmailBackend):
    """Fails as Django's own does."""

    def send_messages(self, email_messages: object) -> int:  # noqa: ARG002
        raise ConnectionRefusedError
