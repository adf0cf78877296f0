"""What an authority's schools have sent."""

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from keystage.service.accounts.roles import OrganisationKind, Permission
from keystage.service.accounts.visit import Visit, needs
from keystage.service.authority.forms.filtering import SchoolsFilter
from keystage.service.authority.presenters.totals import Totals, totals
from keystage.service.authority.views.visiting import of_schools, own_settings
from keystage.service.gateway.models import GatewayReturn
from keystage.service.gateway.presenters.seen import row_of
from keystage.service.gateway.queries import collections_of, returns_of
from keystage.service.gateway.views.visiting import CollectionVisit


@needs(Permission.SEE_SCHOOLS, OrganisationKind.AUTHORITY, OrganisationKind.TRUST)
@require_safe
def collections(request: HttpRequest, visit: Visit) -> HttpResponse:
    """List the collections."""
    return render(request, "authority/collections.html", {"collections": collections_of(visit.organisation)})


@of_schools()
@require_safe
def schools(request: HttpRequest, at: CollectionVisit) -> HttpResponse:
    """Show the schools, each with the state of its return."""
    form = SchoolsFilter(request.GET)
    returns, settings, now = returns_of(at.collection, at.organisation), own_settings(at), timezone.now()
    rows = [row_of(each, settings, now) for each in _chosen(returns, **form.chosen)]
    shown = {"at": at, "rows": rows, "filter": form, "is_narrowed": any(form.chosen.values()), "totals": _all(returns)}
    return render(request, "authority/schools.html", shown)


def _chosen(returns: QuerySet[GatewayReturn], q: str, state: str) -> QuerySet[GatewayReturn]:
    if state:
        returns = returns.filter(state=state)
    words = q.split()
    for word in words:
        returns = returns.filter(Q(school__name__icontains=word) | Q(number__startswith=word.replace("/", "")))
    return returns


def _all(returns: QuerySet[GatewayReturn]) -> Totals:
    counted = returns.order_by().values("state").annotate(schools=Count("pk")).values_list("state", "schools")
    return totals(dict(counted))
