"""What the results of the country come to: measures, groups, authorities; and the same as a file."""

from io import StringIO
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_safe

from keystage.measures import BELOW
from keystage.measures.official import Place, time_period, write
from keystage.service.accounts.roles import OrganisationKind, Permission
from keystage.service.design.attachment import attachment
from keystage.service.gateway.figures import area_figures_of
from keystage.service.gateway.models import Release, SchoolResults
from keystage.service.gateway.presenters import country_figures
from keystage.service.gateway.presenters import figures as presenters
from keystage.service.gateway.presenters.country import authority_names
from keystage.service.gateway.presenters.measured import unknown_in
from keystage.service.gateway.released import is_released
from keystage.service.gateway.views.visiting import CollectionVisit, of_collection

_MAY = of_collection(Permission.SEE_COUNTRY, OrganisationKind.AGENCY, back="agency:figures")


def _visible(at: CollectionVisit) -> list[Release]:
    early = at.may(Permission.RELEASE_RESULTS)
    return country_figures.visible_releases(at.collection, timezone.now(), early=early)


@_MAY
@require_safe
def figures(request: HttpRequest, at: CollectionVisit) -> HttpResponse:
    """Show the figures of the country; before the release only to those who release."""
    now, releases = timezone.now(), _visible(at)
    release = country_figures.chosen(releases, request.GET.get("release", ""), now)
    shown: dict[str, Any] = {"at": at, "release": release, "may_release": at.may(Permission.RELEASE_RESULTS)}
    if release is None:
        return render(request, "agency/figures.html", shown)
    page = country_figures.CountryFigures.of(release)
    sort = request.GET.get("sort", "name")
    sort = sort if sort in country_figures.SORTS else "name"
    shown |= {
        "page": page,
        "is_released": is_released(release, now),
        "words": country_figures.release_words(release, now),
        "others": [(each, country_figures.release_words(each, now)) for each in releases if each != release],
        "national": at.year.national,
        "measures": presenters.measure_rows(page.all, at.year),
        "without": presenters.without_rows(page.all),
        "gloss": presenters.GLOSS,
        "columns": [presenters.short_name(each) for each in presenters.IN_TABLES],
        "groups": presenters.group_tables(page.counts),
        "unknown_groups": unknown_in(page.counts),
        "authorities": country_figures.sorted_authorities(page.authorities, sort),
        "sorts": country_figures.SORTS,
        "sort": sort,
        "below": BELOW,
        "unknown_schools": SchoolResults.objects.filter(release=release, gateway_return=None).count(),
    }
    return render(request, "agency/figures.html", shown)


@_MAY
@require_safe
def download(_request: HttpRequest, at: CollectionVisit, key: str) -> HttpResponse:
    """Give the figures of the country and its authorities in the layout of the official statistics."""
    release = next((each for each in _visible(at) if each.key == key), None)
    if release is None:
        raise Http404
    names = authority_names(at.collection)
    places = [
        Place(each.area, names.get(each.area, f"Authority {each.area}") if each.area else "", each.counts)
        for each in area_figures_of(release)
    ]
    sink = StringIO(newline="")
    write(places, at.year, sink)
    name = f"key_stage_2_{time_period(at.year)}_release_{release.serial}.csv"
    return attachment(name, sink.getvalue().encode(), "text/csv; charset=utf-8")


urlpatterns = [
    path("", figures, name="figures"),
    path("<str:key>.csv", download, name="figures-file"),
]
