"""What a browser remembers between visits: who has signed in with it, and who did a second step today.

One signed cookie, which scripts cannot read. It never signs anybody in. It is why a second step is asked once a day
and not at each sign-in, and why nobody can keep a headteacher out: failures elsewhere do not count for a browser that
the headteacher has used (:mod:`keystage.service.accounts.limits`).
"""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from allauth.mfa.internal.flows.trust import create_config_fingerprint
from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from keystage.service.accounts.models import Person
from keystage.service.config.keys import new_key

COOKIE = "keystage_browser"
KEPT_FOR = timedelta(days=400)
MOST = 20
"""How many people one browser remembers; of more, the first go."""

_signer = Signer(salt="keystage.browser")


@dataclass(slots=True)
class Browser:
    """A browser, as its cookie has it."""

    key: str = field(default_factory=new_key)
    steps: dict[str, list[str]] = field(default_factory=dict)
    """By person's key: the day of the last second step, and a fingerprint of the person's password and devices."""

    def knows(self, person: Person) -> bool:
        """Say whether the person has signed in here before."""
        return person.key in self.steps

    def second_step_done_today(self, person: Person) -> bool:
        """Say whether the person did a second step here today, in London, with the password and devices of now."""
        return self.steps.get(person.key) == [_today(), _fingerprint(person)]

    def remember(self, person: Person) -> None:
        """Note that the person did a second step here now."""
        self.steps.pop(person.key, None)
        self.steps[person.key] = [_today(), _fingerprint(person)]
        while len(self.steps) > MOST:
            del self.steps[next(iter(self.steps))]

    def forget_step(self, person: Person) -> None:
        """Ask the person for a second step at the next sign-in, today as well."""
        if self.knows(person):
            self.steps[person.key] = ["", ""]


def browser_of(request: HttpRequest) -> Browser:
    """Return the browser of a request: a new one where the cookie is missing, or is not ours."""
    try:
        told: dict[str, Any] = _signer.unsign_object(request.COOKIES.get(COOKIE, ""))
        return Browser(str(told["key"]), dict(told["steps"]))
    except (BadSignature, KeyError, TypeError, ValueError):
        return Browser()


def keep(browser: Browser, response: HttpResponse) -> None:
    """Send the cookie."""
    response.set_cookie(
        COOKIE,
        _signer.sign_object({"key": browser.key, "steps": browser.steps}),
        max_age=KEPT_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _today() -> str:
    return timezone.localdate().isoformat()


def _fingerprint(person: Person) -> str:
    return f"{create_config_fingerprint(person)[:16]}.{person.session_epoch}"
