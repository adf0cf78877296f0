"""The second step of signing in: every role must do it, at the first sign-in of the day in each browser.

A person without a device of their own gets a six-digit code by email; one who has set up an authenticator app or a
passkey uses that, or a recovery code. Nobody is signed in before: Django's session knows the person only when all
stages are done, whichever way they came (password, OpenID Connect), so that no page needs to look.
A passkey used to sign in has asked for the device and its PIN or fingerprint: it counts as both steps.
"""

from typing import cast

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.stages import LoginByCodeStage
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn.internal.flows import did_use_passwordless_login
from django.conf import settings
from django.http import HttpRequest

from keystage.service.accounts.browser import browser_of
from keystage.service.accounts.models import Person

STAGES = ("EmailedCode", "OwnDevice")
OWN_DEVICES = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def is_needed(request: HttpRequest, person: Person) -> bool:
    """Say whether a second step is still to be done in this sign-in."""
    if browser_of(request).second_step_done_today(person) or did_use_passwordless_login(request, person):
        return False
    came_by = [record["method"] for record in get_authentication_records(request, person)]
    return not (settings.OIDC_TRUSTS_SECOND_STEP and "socialaccount" in came_by)


def was_done(request: HttpRequest, person: Person) -> bool:
    """Say whether a second step was done in this very sign-in."""
    came_by = {record["method"] for record in get_authentication_records(request, person)}
    return bool(came_by & {"code", "mfa"})


def has_own_device(person: Person) -> bool:
    """Say whether the person has set up an authenticator app or a passkey."""
    return bool(is_mfa_enabled(person, OWN_DEVICES))


class EmailedCode(LoginByCodeStage):  # type: ignore[misc]
    """A code by email, for those who have no device of their own."""

    def handle(self) -> tuple[object, bool]:
        """Send the code, or pass on."""
        person = cast("Person", self.login.user)
        self.login.email = person.email
        if not self.state and (has_own_device(person) or not is_needed(self.request, person)):
            return None, True
        return cast("tuple[object, bool]", super().handle())


class OwnDevice(AuthenticateStage):  # type: ignore[misc]
    """An authenticator app, a passkey or a recovery code, for those who have set one up."""

    def _should_handle(self, request: HttpRequest) -> bool:
        person = cast("Person", self.login.user)
        return has_own_device(person) and is_needed(request, person)
