"""A visit to the gateway: what every page of it starts from."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any, ClassVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse

from keystage.service.accounts.models import Organisation, Person
from keystage.service.accounts.roles import OrganisationKind, Permission
from keystage.service.accounts.visit import Visit, needs
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.config.years import load
from keystage.service.gateway.dates import Dates, authority_settings, dates_of
from keystage.service.gateway.models import AuthoritySettings, Collection, GatewayReturn
from keystage.years.year import CollectionYear


@dataclass(frozen=True)
class CollectionVisit:
    """Somebody looks at a collection: for the agency, an authority, a trust or a secondary school."""

    visit: Visit
    collection: Collection

    @property
    def person(self) -> Person:
        """Who."""
        return self.visit.person

    @property
    def organisation(self) -> Organisation:
        """For whom."""
        return self.visit.organisation

    @cached_property
    def year(self) -> CollectionYear:
        """The year's data."""
        return load(self.collection.year)

    @property
    def where(self) -> dict[str, Any]:
        """What addresses of the collection need."""
        return {"organisation": self.organisation.key, "year": self.collection.year}

    def to(self, page: str, **more: str) -> str:
        """Return the address of a page of the collection."""
        return reverse(page, kwargs={**self.where, **more})

    def may(self, permission: Permission) -> bool:
        """Say whether the person may do something here."""
        return self.visit.may(permission)


@dataclass(frozen=True)
class ReturnVisit(CollectionVisit):
    """Somebody of a school looks at its return at the gateway."""

    gateway_return: GatewayReturn
    space: ClassVar[str] = "gateway"
    """The namespace of the addresses: pages that the agency shares with schools have the same names in both."""

    @property
    def for_agency(self) -> bool:
        """Whether somebody of the agency looks at it."""
        return self.space == "agency"

    def here(self, page: str, **more: str) -> str:
        """Return the address of a page that the agency shares with schools."""
        return self.to(f"{self.space}:{page}", **more)

    @cached_property
    def authority(self) -> AuthoritySettings | None:
        """What the school's authority has set for itself."""
        return authority_settings(self.gateway_return)

    @cached_property
    def dates(self) -> Dates:
        """The dates that apply to the school."""
        return dates_of(self.gateway_return, self.authority)


@dataclass(frozen=True)
class SchoolVisit(ReturnVisit):
    """Somebody of the agency looks at the return of a school."""

    space: ClassVar[str] = "agency"

    @property
    def where(self) -> dict[str, Any]:
        """What addresses of the school's pages at the agency need."""
        return {**super().where, "school": self.gateway_return.key}


View = Callable[..., HttpResponseBase]


def of_collection(permission: Permission, *kinds: OrganisationKind, back: str) -> Callable[[View], View]:
    """Let a view of a collection be used only by those who may do something at an organisation of one of the kinds.

    The view's address has ``<str:organisation>`` and ``<int:year>``; the view gets a :class:`CollectionVisit` in their
    place. What cannot be done now (:class:`NotAllowedNow`) is said on the page the person came from; on ``back``, the
    name of a page of the collection, where they only looked.
    """

    def decorate(view: View) -> View:
        @needs(permission, *kinds)
        @wraps(view)
        def guarded(request: HttpRequest, visit: Visit, year: int, *args: object, **kwargs: object) -> HttpResponseBase:
            at = CollectionVisit(visit, collection_of(visit.organisation, year))
            request.at_gateway = at  # type: ignore[attr-defined]
            try:
                return view(request, at, *args, **kwargs)
            except NotAllowedNow as refused:
                return _refused(request, reverse(back, kwargs=at.where), str(refused))

        return guarded

    return decorate


def of_return(permission: Permission) -> Callable[[View], View]:
    """Let a view of a school's return at the gateway be used only by those who may do something there.

    As :func:`of_collection`, for schools; the view gets a :class:`ReturnVisit`.
    """

    def decorate(view: View) -> View:
        @needs(permission, OrganisationKind.SCHOOL)
        @wraps(view)
        def guarded(request: HttpRequest, visit: Visit, year: int, *args: object, **kwargs: object) -> HttpResponseBase:
            collection = collection_of(visit.organisation, year)
            found = (
                GatewayReturn.objects.select_related("collection", "school", "counting", "latest")
                .filter(collection=collection, school=visit.organisation)
                .first()
            )
            if found is None:
                raise Http404
            at = ReturnVisit(visit, collection, found)
            request.at_gateway = at  # type: ignore[attr-defined]
            try:
                return view(request, at, *args, **kwargs)
            except NotAllowedNow as refused:
                return _refused(request, reverse("gateway:return", kwargs=at.where), str(refused))

        return guarded

    return decorate


def of_school(permission: Permission) -> Callable[[View], View]:
    """Let a view of one school's return be used only by those of the agency who may do something there.

    As :func:`of_collection`; the address has ``<str:school>``, the key of the return, and the view gets a
    :class:`SchoolVisit`.
    """

    def decorate(view: View) -> View:
        @of_collection(permission, OrganisationKind.AGENCY, back="agency:collection")
        @wraps(view)
        def guarded(
            request: HttpRequest, at: CollectionVisit, school: str, *args: object, **kwargs: object
        ) -> HttpResponseBase:
            found = (
                GatewayReturn.objects.select_related("collection", "school", "counting", "latest")
                .filter(collection=at.collection, key=school)
                .first()
            )
            if found is None:
                raise Http404
            return view(request, SchoolVisit(at.visit, at.collection, found), *args, **kwargs)

        return guarded

    return decorate


def collection_of(organisation: Organisation, year: int) -> Collection:
    """Return the collection of a year that an organisation takes part in: practice stays among itself.

    Raises:
        Http404: none was opened.
    """
    found = Collection.objects.filter(year=year, is_practice=organisation.is_practice).first()
    if found is None:
        raise Http404
    return found


def _refused(request: HttpRequest, back: str, why: str) -> HttpResponseBase:
    if request.content_type == "application/json":
        return JsonResponse({"why": why}, status=409)
    messages.error(request, why)
    # Asked for again a page would say the same, and again.
    return HttpResponseRedirect(back if request.method in ("GET", "HEAD") else request.path)
