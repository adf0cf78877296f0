"""The record of who did what on the gateway: of one school, and of everybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from keystage.service.accounts.presenters.audit import lines
from keystage.service.accounts.roles import OrganisationKind, Permission
from keystage.service.gateway.forms.country import RecordFilter
from keystage.service.gateway.presenters.happened import happened_in
from keystage.service.gateway.presenters.recorded import recorded
from keystage.service.gateway.views.agency.school import return_in
from keystage.service.gateway.views.visiting import CollectionVisit, of_collection

_AT_ONCE = 50
_MAY = of_collection(Permission.SEE_AUDIT, OrganisationKind.AGENCY, back="agency:collection")
_LAST = 2**63 - 1
"""The largest number that the databases know."""


@_MAY
@require_safe
def everywhere(request: HttpRequest, at: CollectionVisit) -> HttpResponse:
    """Show what was done on the gateway by anybody, or by the agency alone, the latest first."""
    only, form = request.GET.get("who") == "agency", RecordFilter(request.GET)
    events = form.narrowed.of(recorded(at.collection, at.organisation if only else None))
    found = list(events.filter(pk__lt=_before(request))[: _AT_ONCE + 1])
    more = found[_AT_ONCE - 1].pk if len(found) > _AT_ONCE else None
    asked = {name: str(request.GET[name]) for name in (*form.fields, "who") if request.GET.get(name)}
    shown = {
        "at": at,
        "lines": happened_in(found[:_AT_ONCE]),
        "more": f"?{urlencode({**asked, 'before': str(more)})}" if more else "",
        "only": only,
        "filter": form,
        "is_narrowed": bool(asked.keys() - {"who"}),
    }
    return render(request, "agency/record.html", shown)


@_MAY
@require_safe
def of_school(request: HttpRequest, at: CollectionVisit, key: str) -> HttpResponse:
    """Show what was done on the gateway by a school and to it, the latest first."""
    returned = return_in(at, key)
    events = recorded(at.collection, returned.school)
    found = list(events.filter(pk__lt=_before(request))[: _AT_ONCE + 1])
    more = found[_AT_ONCE - 1].pk if len(found) > _AT_ONCE else None
    shown = {"at": at, "found": returned, "lines": lines(returned.school, found[:_AT_ONCE]), "more": more}
    return render(request, "agency/school_record.html", shown)


def _before(request: HttpRequest) -> int:
    """Return below which number events are asked for; whatever else was written there is the beginning."""
    said = request.GET.get("before", "")
    return min(int(said), _LAST) if said.isascii() and said.isdecimal() and len(said) < 20 else _LAST
