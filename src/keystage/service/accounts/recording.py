"""Writing the record of sign-ins: an event for each organisation that the person belongs to, so that each can read it.

A failed sign-in is recorded only where the email address belongs to somebody: others are nobody's business here.
"""

from typing import Any, cast

from allauth.account import signals as account_signals
from allauth.mfa import signals as device_signals
from allauth.mfa.models import Authenticator
from django.contrib.auth import signals as auth_signals
from django.db import transaction
from django.http import HttpRequest

from keystage.service.accounts import limits, sessions
from keystage.service.accounts.models import Organisation, Person
from keystage.service.events.kinds import Kind
from keystage.service.events.record import record

_DEVICES = {
    Authenticator.Type.TOTP: "authenticator app",
    Authenticator.Type.WEBAUTHN: "passkey",
    Authenticator.Type.RECOVERY_CODES: "recovery codes",
}


@transaction.atomic
def of_person(kind: Kind, person: Person, *, by: Person | None, **data: Any) -> None:
    """Record something about a person, in each organisation that they belong to."""
    organisations: list[Organisation | None] = list(
        Organisation.objects.filter(memberships__person=person, memberships__ended_at=None).distinct()
    )
    for organisation in organisations or [None]:
        record(kind, by=by, organisation=organisation, target=person.key, **data)


def sign_in_failed(request: HttpRequest, email: str, what: str) -> None:
    """Record that somebody failed to sign in as a person; nothing of an address that is nobody's."""
    if person := Person.objects.filter(email=email.lower()).first():
        of_person(Kind.SIGN_IN_FAILED, person, by=None, address=limits.address_of(request), what=what)


def code_sent(request: HttpRequest, person: Person | None) -> None:
    """Record that a code was sent."""
    if person:
        of_person(Kind.CODE_SENT, person, by=None, address=limits.address_of(request))


def connect() -> None:
    """Listen to what the sign-in library tells."""
    auth_signals.user_logged_in.connect(_session_begins, dispatch_uid="keystage.session")
    auth_signals.user_logged_out.connect(_signed_out, dispatch_uid="keystage.out")
    account_signals.user_logged_in.connect(_signed_in, dispatch_uid="keystage.in")
    account_signals.login_code_rejected.connect(_wrong_code, dispatch_uid="keystage.code")
    account_signals.password_changed.connect(_password_changed, dispatch_uid="keystage.password")
    account_signals.password_reset.connect(_password_reset, dispatch_uid="keystage.reset")
    device_signals.authentication_failed.connect(_wrong_app_code, dispatch_uid="keystage.app-code")
    device_signals.authenticator_added.connect(_device_added, dispatch_uid="keystage.added")
    device_signals.authenticator_removed.connect(_device_removed, dispatch_uid="keystage.removed")
    device_signals.authenticator_reset.connect(_device_reset, dispatch_uid="keystage.reset-codes")


def _session_begins(request: HttpRequest | None, user: Person, **_: object) -> None:
    if request is not None:
        sessions.begin(request.session, user)


def _signed_in(request: HttpRequest, user: Person, **_: object) -> None:
    from allauth.account.internal.flows.login import get_authentication_records

    records = get_authentication_records(request, user)
    ways = [each.get("type") or each["method"] for each in records if not each.get("reauthenticated")]
    of_person(Kind.SIGNED_IN, user, by=user, address=limits.address_of(request), ways=ways)


def _signed_out(request: HttpRequest, user: Person | None, **_: object) -> None:
    if user is not None:
        how = "ended" if getattr(request, "session_ended", False) else "chosen"
        of_person(Kind.SIGNED_OUT, user, by=user, how=how)


def _wrong_code(request: HttpRequest, user: Person, **_: object) -> None:
    limits.failed(request, user.email)
    sign_in_failed(request, user.email, "code")


def _wrong_app_code(request: HttpRequest, user: Person, **_: object) -> None:
    limits.failed(request, user.email)
    sign_in_failed(request, user.email, "app code")


def _password_changed(user: Person, **_: object) -> None:
    of_person(Kind.PASSWORD_CHANGED, user, by=user, how="changed")


def _password_reset(user: Person, **_: object) -> None:
    of_person(Kind.PASSWORD_CHANGED, user, by=user, how="reset")


def _device_added(user: Person, authenticator: Authenticator, **_: object) -> None:
    _device(user, authenticator, "added")


def _device_removed(user: Person, authenticator: Authenticator, **_: object) -> None:
    _device(user, authenticator, "removed")


def _device_reset(user: Person, authenticator: Authenticator, **_: object) -> None:
    _device(user, authenticator, "made anew")


def _device(user: Person, authenticator: Authenticator, what: str) -> None:
    device = _DEVICES[cast("Authenticator.Type", authenticator.type)]
    of_person(Kind.SECOND_STEP_CHANGED, user, by=user, device=device, what=what)
