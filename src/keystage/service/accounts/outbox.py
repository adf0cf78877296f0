"""Email without a server: it is printed to the terminal and, in the demonstration alone, kept for a page."""

import sys
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from keystage.service.accounts.models import KeptEmail

KEPT = 200
"""How many are kept; older ones go."""


class Backend(BaseEmailBackend):
    """Takes email and sends none."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Print each message; keep it where this is the demonstration."""
        for message in email_messages:
            for to in message.recipients():
                self._take(to, str(message.subject), str(message.body))
        return len(email_messages)

    def _take(self, to: str, subject: str, body: str) -> None:
        line = "-" * 72
        sys.stdout.write(f"{line}\nEmail to {to}\n{subject}\n\n{body}{line}\n")
        sys.stdout.flush()
        if settings.DEMO:
            kept = KeptEmail.objects.create(to=to[:254], subject=subject[:200], body=body)
            KeptEmail.objects.filter(pk__lte=kept.pk - KEPT).delete()
