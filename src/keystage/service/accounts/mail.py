"""Sending email: plain text, in our words, from ``jinja2/mail``. The first line of a text is its subject."""

from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string


class MailFailed(Exception):
    """An email could not be handed over."""


def send(name: str, to: str, /, **context: object) -> None:
    """Send one of our emails.

    Raises:
        MailFailed: the server did not take it.
    """
    text = render_to_string(f"mail/{name}.txt", {"service": "Keystage", **context})
    subject, _, body = text.partition("\n")
    try:
        EmailMessage(" ".join(subject.split()), body.strip() + "\n", settings.DEFAULT_FROM_EMAIL, [to]).send()
    except (OSError, SMTPException) as fault:
        raise MailFailed(str(fault)) from fault
