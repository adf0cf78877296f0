"""Secrets that must be read again: sealed with the installation's secret key, so that the database alone gives none."""

import base64

from cryptography.fernet import Fernet, InvalidToken
from django.utils.crypto import salted_hmac


class Unreadable(Exception):
    """A sealed secret cannot be opened: it was sealed with another secret key, or was changed."""


def seal(secret: str, purpose: str) -> str:
    """Return a secret as it may be kept; what is sealed for one purpose cannot be opened for another."""
    return _box(purpose).encrypt(secret.encode()).decode("ascii")


def unseal(sealed: str, purpose: str) -> str:
    """Return the secret.

    Raises:
        Unreadable: it was sealed with another secret key or for another purpose, or was changed.
    """
    try:
        return _box(purpose).decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise Unreadable from None


def _box(purpose: str) -> Fernet:
    key = salted_hmac("keystage.sealing", purpose, algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(key))
