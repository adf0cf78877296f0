"""The services outside that an installation may use: one that carries email, one that signs people in."""

from typing import Any
from urllib.parse import unquote, urlsplit

from keystage.service.config.environment import Environment

OIDC_PROVIDER = "school"
"""How our addresses call the OpenID Connect provider: ``/account/oidc/school/login/callback/``."""


def email_settings(environment: Environment) -> dict[str, Any]:
    """Return Django's settings for email: a server; without one, or in the demonstration, where it can be read."""
    if environment.demo or not environment.email:
        return {"EMAIL_BACKEND": "keystage.service.accounts.outbox.Backend"}
    parts = urlsplit(environment.email)
    at_once = parts.scheme == "smtps"
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or (465 if at_once else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": at_once,
        "EMAIL_USE_TLS": not at_once and bool(parts.username),
        "EMAIL_TIMEOUT": 10,
    }


def oidc_providers(environment: Environment) -> dict[str, Any]:
    """Return the OpenID Connect provider as the sign-in library has it; nothing where there is none."""
    if not environment.oidc_issuer:
        return {}
    app = {
        "provider_id": OIDC_PROVIDER,
        "name": environment.oidc_name,
        "client_id": environment.oidc_client,
        "secret": environment.oidc_secret.get_secret_value(),
        "settings": {"server_url": environment.oidc_issuer},
    }
    return {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}
