"""A visit: who asks, for which organisation, and what they may do there. Every page of an organisation starts here."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, wraps
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from keystage.service.accounts.models import Membership, Organisation, Person
from keystage.service.accounts.roles import OrganisationKind, Permission, Role, allowed


@dataclass(frozen=True)
class Visit:
    """Somebody at an organisation that they belong to."""

    person: Person
    organisation: Organisation
    memberships: tuple[Membership, ...]
    elsewhere: tuple[Membership, ...] = ()
    """What the person is in other organisations."""

    @cached_property
    def roles(self) -> tuple[Role, ...]:
        """What the person is here."""
        return tuple(Role(membership.role) for membership in self.memberships)

    @cached_property
    def permissions(self) -> frozenset[Permission]:
        """What the person may do here."""
        return allowed(self.roles)

    def may(self, permission: Permission) -> bool:
        """Say whether the person may do something here."""
        return permission in self.permissions

    @property
    def classes(self) -> frozenset[str] | None:
        """The classes that the person teaches; None for all of them."""
        teaching = (membership for membership in self.memberships if membership.role == Role.TEACHER)
        return frozenset(name for membership in teaching for name in membership.classes) or None


def visit_of(person: Person, organisation_key: str) -> Visit:
    """Return the visit of a person to an organisation.

    Raises:
        Http404: there is no such organisation, or the person does not belong to it; which of the two is not said.
    """
    held = Membership.objects.filter(person=person, ended_at=None).select_related("organisation")
    memberships = tuple(each for each in held if each.organisation.key == organisation_key)
    if not memberships:
        raise Http404
    elsewhere = tuple(each for each in held if each.organisation.key != organisation_key)
    return Visit(person, memberships[0].organisation, memberships, elsewhere)


View = Callable[..., HttpResponseBase]


def needs(permission: Permission, *kinds: OrganisationKind) -> Callable[[View], View]:
    """Let a view be used only by those who may do something at the organisation that the address names.

    The organisation is of one of the kinds; where none is given, it is a school.

    The view's address has ``<str:organisation>``; the view gets the :class:`Visit` in its place. A stranger is told
    that there is no such page (404), a member who may not do it that they may not (403). Somebody who is not signed in
    is led to sign in, and back here; a script that asks in JSON is told so instead (401).
    """

    of_kinds = kinds or (OrganisationKind.SCHOOL,)

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, organisation: str, *args: object, **kwargs: object) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _sign_in_first(request)
            visit = visit_of(request.user, organisation)
            if visit.organisation.kind not in of_kinds:
                raise Http404
            request.visit = visit  # type: ignore[attr-defined]
            if not visit.may(permission):
                raise PermissionDenied(f"You may not {permission}.")
            return view(request, visit, *args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]
        guarded.organisation_kinds = of_kinds  # type: ignore[attr-defined]
        return guarded

    return decorate


def _sign_in_first(request: HttpRequest) -> HttpResponseBase:
    if request.content_type == "application/json":
        why = "You were signed out. What was saved is kept. Sign in again in another tab, then carry on here."
        return JsonResponse({"why": why}, status=401)
    return redirect_to_login(_page_of(request))


def _page_of(request: HttpRequest) -> str:
    """Return the page that somebody was on: an address that only takes a form is none to come back to."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    came_from = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(came_from, allowed_hosts={request.get_host()}):
        return reverse("accounts:home")
    parts = urlsplit(came_from)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
