"""The sign-in page: the sign-in library's own, with the ways in that this installation has."""

from typing import Any, cast

from allauth.account.views import LoginView
from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode

from keystage.service.accounts.demo import PASSWORD, demo_people
from keystage.service.config.outside import OIDC_PROVIDER


class SignInView(LoginView):  # type: ignore[misc]
    """Takes an email address and a password; leads to a passkey, or to the sign-in provider."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which other ways there are and, in the demonstration, who the made-up people are."""
        context = cast("dict[str, Any]", super().get_context_data(**kwargs))
        if settings.OIDC_NAME:
            next_url = self.request.GET.get("next", "")
            query = f"?{urlencode({'next': next_url})}" if next_url else ""
            href = reverse("openid_connect_login", kwargs={"provider_id": OIDC_PROVIDER}) + query
            context |= {"oidc_name": settings.OIDC_NAME, "oidc_href": href}
        if settings.DEMO:
            context |= {"demo_people": demo_people(), "demo_password": PASSWORD}
        return context


sign_in = SignInView.as_view()
