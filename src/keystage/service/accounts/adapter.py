"""How the sign-in library meets this service: our stages, limits, words and email; nobody signs up by themselves."""

from typing import Any, NoReturn, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import EmailAddress, Login
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.contrib import messages
from django.core.exceptions import ImproperlyConfigured, PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from keystage.service.accounts import limits, mail, recording
from keystage.service.accounts.browser import browser_of, keep
from keystage.service.accounts.models import Person
from keystage.service.accounts.said import ERRORS, MESSAGES, NOTICES, SECOND_STEP_ERRORS, wait_words
from keystage.service.accounts.second_step import was_done


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Passwords, codes and sessions."""

    error_messages = DefaultAccountAdapter.error_messages | ERRORS

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Nobody signs up: people are invited."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the address that a request comes from; the proxy's own where it passes on what is none."""
        try:
            return str(super().get_client_ip(request))
        except (PermissionDenied, ImproperlyConfigured):
            return str(request.META.get("REMOTE_ADDR", ""))

    def get_login_stages(self) -> list[str]:
        """One second step, whichever the person has."""
        return [f"keystage.service.accounts.second_step.{name}" for name in ("EmailedCode", "OwnDevice")]

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse an attempt that comes too soon after failures, without looking at the password."""
        if seconds := limits.seconds_to_wait(request, credentials.get("email", "")):
            raise ValidationError(wait_words(seconds), code="too_many_login_attempts")

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Count a wrong password."""
        email = credentials.get("email", "")
        limits.failed(request, email)
        recording.sign_in_failed(request, email, "password")

    def _rollback_login_failed_rl_usage(self) -> None:
        """Do nothing: our limits count failures alone."""

    def post_login(self, request: HttpRequest, user: Person, **kwargs: Any) -> HttpResponse:
        """Remember in the browser that the person did a second step here today."""
        response = cast("HttpResponse", super().post_login(request, user, **kwargs))
        if was_done(request, user):
            browser = browser_of(request)
            browser.remember(user)
            keep(browser, response)
        limits.succeeded(request, user.email)
        return response

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send the library's emails in our words; of those without words of ours, none is sent."""
        name = template_prefix.rpartition("/")[2]
        if notice := NOTICES.get(name):
            mail.send("notice", email, notice=notice, at=timezone.now())
        elif name == "login_code":
            person = Person.objects.filter(email=email).first()
            mail.send(name, email, code=context["code"], name=str(person or ""))
            recording.code_sent(self.request, person)
        elif name == "password_reset_key":
            mail.send(name, email, link=context["password_reset_url"], name=str(context["user"]))

    def send_password_reset_mail(self, user: Person, email: str, context: dict[str, Any]) -> None:  # noqa: ARG002
        """Send the link to choose a new password."""
        self.send_mail("password_reset_key", email, context)

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say the library's messages in our words; those without words of ours are not said."""
        text = message or MESSAGES.get((message_template or "").rpartition("/")[2], "")
        if text:
            messages.add_message(request, level, text.format(**(message_context or {})), extra_tags=extra_tags)


class SecondStepAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Authenticator apps, passkeys and recovery codes."""

    error_messages = DefaultMFAAdapter.error_messages | SECOND_STEP_ERRORS

    def generate_authenticator_name(self, user: Person, type: str) -> str:  # noqa: A002 - the library's word
        """Name a passkey for which the person chose no name."""
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return f"Passkey {count + 1}"

    def _get_site_name(self) -> str:
        return "Keystage"


class ProviderAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Sign-in with an OpenID Connect provider: it finds a person who is known here, and never makes one."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: object) -> bool:  # noqa: ARG002
        """Nobody signs up."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> NoReturn:
        """Go on as the person with the email address that the provider has verified, or say that there is none."""
        person = _person_of(sociallogin.email_addresses)
        if person is None:
            messages.error(
                request,
                "No account here has the email address that you signed in with. "
                "Ask the person who manages accounts at your organisation to invite it.",
            )
            raise ImmediateHttpResponse(redirect("account_login"))
        if request.user.is_authenticated:
            self._leave(request)
        record_authentication(request, person, "socialaccount", provider=sociallogin.account.provider)
        login = Login(user=person, redirect_url=sociallogin.get_redirect_url(request))
        raise ImmediateHttpResponse(perform_login(request, login))

    def on_authentication_error(self, request: HttpRequest, provider: Any, **kwargs: Any) -> NoReturn:  # noqa: ARG002
        """Lead back to the sign-in page, which has other ways in."""
        messages.error(request, f"Signing in with {provider.name} did not work. Try again, or use your password.")
        raise ImmediateHttpResponse(redirect("account_login"))

    def _leave(self, request: HttpRequest) -> None:
        from django.contrib.auth import logout

        logout(request)


def _person_of(addresses: list[EmailAddress]) -> Person | None:
    verified = [each.email.lower() for each in addresses if each.verified is True]
    return Person.objects.filter(email__in=verified, is_active=True).first()
