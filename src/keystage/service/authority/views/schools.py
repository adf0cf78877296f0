"""What an authority's schools have sent, live; and the same list as a file."""

import csv
from io import StringIO

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from keystage.service.accounts.roles import OrganisationKind, Permission
from keystage.service.accounts.visit import Visit, needs
from keystage.service.authority.forms.filtering import SchoolsFilter
from keystage.service.authority.presenters.coverage import Line, line_of, stamp, totals
from keystage.service.authority.presenters.coverage_file import HEAD, row_of
from keystage.service.authority.presenters.coverage_order import chosen, headings
from keystage.service.authority.views.visiting import of_schools
from keystage.service.design.attachment import attachment
from keystage.service.gateway.dates import settings_by_authority
from keystage.service.gateway.queries import collections_of, covered
from keystage.service.gateway.views.visiting import CollectionVisit
from keystage.sheets.guard import guard


@needs(Permission.SEE_SCHOOLS, OrganisationKind.AUTHORITY, OrganisationKind.TRUST)
@require_safe
def collections(request: HttpRequest, visit: Visit) -> HttpResponse:
    """List the collections."""
    return render(request, "authority/collections.html", {"collections": collections_of(visit.organisation)})


@of_schools()
@require_safe
def schools(request: HttpRequest, at: CollectionVisit) -> HttpResponse:
    """Show the schools, each with the state of its return."""
    return _page(request, at, "authority/schools.html", lines_of(at))


@of_schools()
@require_safe
def now(request: HttpRequest, at: CollectionVisit) -> HttpResponse:
    """Give the list as it is now, for a page that stands open; nothing where nothing has changed since."""
    lines = lines_of(at)
    if request.GET.get("since") == stamp(lines):
        return HttpResponse(status=204)
    response = _page(request, at, "authority/schools_now.html", lines)
    response["Cache-Control"] = "private, no-store"
    return response


@of_schools()
@require_safe
def file(request: HttpRequest, at: CollectionVisit) -> HttpResponse:
    """Give the list, as it was chosen, as a CSV file that Excel opens; no pupil is in it."""
    sink = StringIO()
    writer = csv.writer(sink)
    writer.writerow(HEAD)
    shown = chosen(lines_of(at), SchoolsFilter(request.GET).chosen)
    writer.writerows([guard(text) for text in row_of(line)] for line in shown)
    name = f"schools-{at.collection.year}-{timezone.localdate():%Y-%m-%d}.csv"
    return attachment(name, ("\ufeff" + sink.getvalue()).encode(), "text/csv; charset=utf-8")


def lines_of(at: CollectionVisit) -> list[Line]:
    """Return the lines of all schools, by their name."""
    settings, moment = settings_by_authority(at.collection), timezone.now()
    found = covered(at.collection, at.organisation)
    for each in found:
        each.collection = at.collection  # the same for all, and not to be asked for each
    return [line_of(each, settings.get(each.authority_number), moment) for each in found]


def _page(request: HttpRequest, at: CollectionVisit, template: str, lines: list[Line]) -> HttpResponse:
    form = SchoolsFilter(request.GET)
    choice = form.chosen
    shown = {
        "at": at,
        "lines": chosen(lines, choice),
        "filter": form,
        "choice": choice,
        "totals": totals(lines),
        "headings": list(headings(choice)),
        "stamp": stamp(lines),
        "may_chase": at.may(Permission.UPLOAD_FOR_SCHOOLS),
    }
    return render(request, template, shown)
