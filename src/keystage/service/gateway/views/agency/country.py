"""The country: by state, by authority, over time; schools to look for, and schools that are stuck."""

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from keystage.service.accounts.roles import OrganisationKind, Permission
from keystage.service.design.words import until_words
from keystage.service.gateway.forms.country import SchoolsFilter
from keystage.service.gateway.models import GatewayReturn
from keystage.service.gateway.presenters.country import SORTS, by_authority, by_day, by_hour, by_state, sums
from keystage.service.gateway.presenters.seen import row_of
from keystage.service.gateway.presenters.stuck import WAYS
from keystage.service.gateway.queries import named, returns_in
from keystage.service.gateway.views.visiting import CollectionVisit, of_collection

_PER_PAGE = 50
_MAY = of_collection(Permission.SEE_COUNTRY, OrganisationKind.AGENCY, back="agency:collection")


@_MAY
@require_safe
def country(request: HttpRequest, at: CollectionVisit) -> HttpResponse:
    """Show the country by state and by authority."""
    states = by_state(at.collection)
    sort = request.GET.get("sort", "name")
    shown = {
        "at": at,
        "states": states,
        "sums": sums(states),
        "authorities": by_authority(at.collection, sort),
        "sorts": SORTS,
        "sort": sort if sort in SORTS else "name",
        "closes": until_words(at.collection.closes_at),
        "may_audit": at.may(Permission.SEE_AUDIT),
    }
    return render(request, "agency/country.html", shown)


@_MAY
@require_safe
def over_time(request: HttpRequest, at: CollectionVisit) -> HttpResponse:
    """Show files received and returns accepted, day by day and for the last hours."""
    shown = {"at": at, "days": by_day(at.collection), "hours": by_hour(at.collection, timezone.now())}
    return render(request, "agency/time.html", shown)


@_MAY
@require_safe
def schools(request: HttpRequest, at: CollectionVisit) -> HttpResponse:
    """Look for schools."""
    form = SchoolsFilter(request.GET)
    chosen = form.chosen
    page = Paginator(_found(returns_in(at.collection), **chosen), _PER_PAGE).get_page(request.GET.get("page"))
    now = timezone.now()
    shown = {
        "at": at,
        "filter": form,
        "page": page,
        "rows": [row_of(each, None, now) for each in page.object_list],
        "query": urlencode({name: value for name, value in chosen.items() if value}),
    }
    return render(request, "agency/schools.html", shown)


def _found(returns: QuerySet[GatewayReturn], q: str, state: str, authority: str) -> QuerySet[GatewayReturn]:
    if state:
        returns = returns.filter(state=state)
    if authority:
        returns = returns.filter(authority_number=authority)
    return named(returns, q.split())


@_MAY
@require_safe
def stuck(request: HttpRequest, at: CollectionVisit) -> HttpResponse:
    """List the schools that are stuck, each with why."""
    counts = {name: way.find(at.collection).count() for name, way in WAYS.items()}
    first = next((name for name, count in counts.items() if count), "unfinished")
    way = WAYS.get(request.GET.get("why", ""), WAYS[first])
    page = Paginator(way.find(at.collection), _PER_PAGE).get_page(request.GET.get("page"))
    shown = {
        "at": at,
        "ways": [(each, counts[each.name]) for each in WAYS.values()],
        "way": way,
        "page": page,
        "rows": [(row_of(each, None, timezone.now()), way.about(each)) for each in page.object_list],
    }
    return render(request, "agency/stuck.html", shown)


urlpatterns = [
    path("", country, name="collection"),
    path("time/", over_time, name="time"),
    path("schools/", schools, name="schools"),
    path("stuck/", stuck, name="stuck"),
]
