"""A visit to a school's return for a year: what every page of the school's side starts from."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, wraps

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse

from keystage.service.accounts.models import Organisation, Person
from keystage.service.accounts.roles import Permission
from keystage.service.accounts.visit import Visit, needs
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.school.models import SchoolReturn
from keystage.service.school.records import Records


@dataclass(frozen=True)
class YearVisit:
    """Somebody looks at their school's return for a year."""

    visit: Visit
    school_return: SchoolReturn

    @property
    def person(self) -> Person:
        """Who."""
        return self.visit.person

    @property
    def school(self) -> Organisation:
        """The school."""
        return self.visit.organisation

    @cached_property
    def records(self) -> Records:
        """The school's records as they were when first asked for."""
        return Records.of(self.school_return)

    def may(self, permission: Permission) -> bool:
        """Say whether the person may do something here."""
        return self.visit.may(permission)


View = Callable[..., HttpResponseBase]


def of_year(permission: Permission) -> Callable[[View], View]:
    """Let a view of a school's year be used only by those who may do something there.

    The view's address has ``<str:organisation>`` and ``<int:year>``; the view gets a :class:`YearVisit` in their place.
    What cannot be done now (:class:`NotAllowedNow`) is said on the page the person came from, or as JSON with 409.
    """

    def decorate(view: View) -> View:
        @needs(permission)
        @wraps(view)
        def guarded(request: HttpRequest, visit: Visit, year: int, *args: object, **kwargs: object) -> HttpResponseBase:
            try:
                found = SchoolReturn.objects.select_related("organisation").get(
                    organisation=visit.organisation, year=year
                )
            except SchoolReturn.DoesNotExist:
                raise Http404 from None
            at = YearVisit(visit, found)
            request.at = at  # type: ignore[attr-defined]
            try:
                return view(request, at, *args, **kwargs)
            except NotAllowedNow as refused:
                return _refused(request, at, str(refused))

        return guarded

    return decorate


def _refused(request: HttpRequest, at: YearVisit, why: str) -> HttpResponseBase:
    if request.content_type == "application/json":
        return JsonResponse({"why": why}, status=409)
    messages.error(request, why)
    if request.method in ("GET", "HEAD"):  # asked for again it would say the same, and again
        where = {"organisation": at.school.key, "year": at.school_return.year}
        return HttpResponseRedirect(reverse("school:tasks", kwargs=where))
    return HttpResponseRedirect(request.path)
