"""Authenticator apps, passkeys and recovery codes."""

from allauth.mfa.base import forms as base
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms

from keystage.service.accounts.forms.words import SIX_FIGURES, InOurWords, Words

_APP_OR_RECOVERY = SIX_FIGURES._replace(hint="The six figures that your app shows now, or one of your recovery codes")
_NAME = Words("Name of the passkey", "Enter a name", "For example: school laptop", classes="govuk-input--width-20")


class AppCodeForm(InOurWords, base.AuthenticateForm):  # type: ignore[misc]
    """A code of the authenticator app, or a recovery code."""

    words = {"code": _APP_OR_RECOVERY}


class AppCodeAgainForm(InOurWords, base.ReauthenticateForm):  # type: ignore[misc]
    """The same once more, before something that matters."""

    words = {"code": _APP_OR_RECOVERY}


class SetUpAppForm(InOurWords, totp.ActivateTOTPForm):  # type: ignore[misc]
    """The first code of an authenticator app."""

    words = {"code": SIX_FIGURES._replace(hint="The six figures that the app shows now")}


class AddPasskeyForm(InOurWords, webauthn.AddWebAuthnForm):  # type: ignore[misc]
    """A passkey: always one that asks for its PIN or a fingerprint, so that it can stand for both steps."""

    words = {"name": _NAME}
    passwordless = forms.BooleanField(required=False, initial=True, widget=forms.HiddenInput)


class NamePasskeyForm(InOurWords, webauthn.EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a passkey."""

    words = {"name": _NAME}
