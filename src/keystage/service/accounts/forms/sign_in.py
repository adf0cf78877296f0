"""Signing in, and passwords."""

from typing import cast

from allauth.account import forms as theirs
from django.http import HttpRequest

from keystage.service.accounts import mail
from keystage.service.accounts.forms.words import SIX_FIGURES, InOurWords, Words
from keystage.service.accounts.passwords import HINT

_EMAIL = Words("Email address", "Enter your email address", autocomplete="username")
_NEW = Words("New password", "Enter a new password", HINT, autocomplete="new-password")


class SignInForm(InOurWords, theirs.LoginForm):  # type: ignore[misc]
    """An email address and a password."""

    words = {
        "login": _EMAIL,
        "password": Words("Password", "Enter your password", autocomplete="current-password"),
    }

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].error_messages["invalid"] = "Enter an email address like name@example.com"


class CodeForm(InOurWords, theirs.ConfirmLoginCodeForm):  # type: ignore[misc]
    """The code that came by email."""

    words = {"code": SIX_FIGURES}


class AgainForm(InOurWords, theirs.ReauthenticateForm):  # type: ignore[misc]
    """The password once more, before something that matters."""

    words = {"password": Words("Password", "Enter your password", autocomplete="current-password")}


class ForgottenForm(InOurWords, theirs.ResetPasswordForm):  # type: ignore[misc]
    """Where to send the link to choose a new password."""

    words = {"email": _EMAIL}

    def save(self, request: HttpRequest, **kwargs: object) -> str:
        """Send the link; to an address that is nobody's, say so there and nowhere else."""
        if self.users:
            return cast("str", super().save(request, **kwargs))
        email = str(self.cleaned_data["email"])
        mail.send("unknown_account", email)
        return email


class NewPasswordForm(InOurWords, theirs.ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password. It can be shown, so it is asked for once."""

    words = {"password1": _NEW}

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]


class ChangePasswordForm(InOurWords, theirs.ChangePasswordForm):  # type: ignore[misc]
    """The password of now, and a new one."""

    words = {
        "oldpassword": Words("Current password", "Enter your current password", autocomplete="current-password"),
        "password1": _NEW,
    }

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
