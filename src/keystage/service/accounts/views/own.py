"""One's own account."""

import json
from typing import cast

from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from keystage.service.accounts import new_email
from keystage.service.accounts.browser import browser_of, keep
from keystage.service.accounts.forms.own import CloseForm, EmailCodeForm, EmailForm, NameForm
from keystage.service.accounts.models import Membership, Person
from keystage.service.accounts.services import own, own_data
from keystage.service.accounts.services.refusals import NotPossible
from keystage.service.design.attachment import attachment


@login_required
def account(request: HttpRequest) -> HttpResponse:
    """Show a person's own account."""
    person = cast("Person", request.user)
    devices = list(Authenticator.objects.filter(user=person))
    context = {
        "app": any(each.type == Authenticator.Type.TOTP for each in devices),
        "passkeys": sum(each.type == Authenticator.Type.WEBAUTHN for each in devices),
        "recovery": _codes_left(devices),
        "memberships": Membership.objects.filter(person=person, ended_at=None)
        .select_related("organisation")
        .order_by("organisation__name", "role"),
    }
    return render(request, "accounts/account.html", context)


@login_required
def name(request: HttpRequest) -> HttpResponse:
    """Change one's name."""
    person = cast("Person", request.user)
    form = NameForm(request.POST if request.method == "POST" else None, initial={"name": person.name})
    if request.method == "POST" and form.is_valid():
        own.change_name(person, form.cleaned_data["name"])
        messages.success(request, "Name changed.")
        return redirect("accounts:account")
    return render(request, "accounts/own_form.html", {"form": form, "heading": "Change your name"})


@login_required
@reauthentication_required  # type: ignore[untyped-decorator]
def email(request: HttpRequest) -> HttpResponse:
    """Ask for another email address, and send a code there."""
    form = EmailForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        new_email.ask(request, form.cleaned_data["email"])
        return redirect("accounts:email_code")
    return render(request, "accounts/own_form.html", {"form": form, "heading": "Change your email address"})


@login_required
@reauthentication_required  # type: ignore[untyped-decorator]
def email_code(request: HttpRequest) -> HttpResponse:
    """Take the code that went to the new address."""
    asked = new_email.asked(request)
    if asked is None:
        messages.error(request, "The code is not valid any more. Ask for a new one.")
        return redirect("accounts:email")
    form = EmailCodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if new_email.confirm(request, form.cleaned_data["code"]):
            return _changed(request, asked)
        form.add_error("code", "The code is not right. Check it, or ask for a new one")
    return render(request, "accounts/email_code.html", {"form": form, "email": asked})


def _changed(request: HttpRequest, email: str) -> HttpResponse:
    try:
        own.change_email(cast("Person", request.user), email)
    except NotPossible as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"Email address changed to {email}. Sign in with it from now on.")
    return redirect("accounts:account")


@login_required
@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """Show what is held about oneself."""
    person = cast("Person", request.user)
    held = own_data.own_data(person)
    return render(request, "accounts/data.html", {"held": held, "lines": own_data.lines_of(person)})


@login_required
@require_POST
def data_download(request: HttpRequest) -> HttpResponse:
    """Give what is held about oneself, as data."""
    person = cast("Person", request.user)
    content = json.dumps(own_data.own_data(person), indent=1, ensure_ascii=False).encode()
    own_data.copied(person)
    return attachment("what Keystage holds about me.json", content, "application/json")


@login_required
@reauthentication_required  # type: ignore[untyped-decorator]
def close(request: HttpRequest) -> HttpResponse:
    """Close one's own account."""
    person = cast("Person", request.user)
    form = CloseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            own_data.close(person)
        except NotPossible as refused:
            form.add_error(None, str(refused))
        else:
            logout(request)
            messages.success(request, "Your account is closed.")
            return redirect("account_login")
    return render(request, "accounts/close.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@require_POST
def everywhere(request: HttpRequest) -> HttpResponse:
    """End every session of one's own, this one too; the next sign-in here asks for a second step."""
    person = cast("Person", request.user)
    own.sign_out_everywhere(person)
    logout(request)
    messages.success(request, "You have been signed out everywhere.")
    response = redirect("account_login")
    browser = browser_of(request)
    browser.forget_step(person)
    keep(browser, response)
    return response


def _codes_left(devices: list[Authenticator]) -> int | None:
    for device in devices:
        if device.type == Authenticator.Type.RECOVERY_CODES:
            return len(device.wrap().get_unused_codes())
    return None
