"""The page of one pupil: details, registration, judgements, decision and history."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from keystage.service.accounts.roles import Permission
from keystage.service.events.models import Event
from keystage.service.school import results
from keystage.service.school.models import Pupil
from keystage.service.school.presenters.pupil_history import history
from keystage.service.school.presenters.pupil_page import pupil_page
from keystage.service.school.presenters.results import PupilResults, pupil_results
from keystage.service.school.services.pupils_deciding import find
from keystage.service.school.views.visiting import YearVisit, of_year

_SHOWN = 100


@of_year(Permission.SEE_RETURN)
def pupil(request: HttpRequest, at: YearVisit, key: str) -> HttpResponse:
    """Show a pupil, also one who was taken off the roll or is only on the register."""
    found = find(at.records, key)
    own = found.pupil if found else Pupil.objects.filter(school_return=at.school_return, key=key).first()
    if found is None and own is None:
        raise Http404
    entry = found.expected if found else None
    keys = [each.key for each in (own, entry) if each]
    events = Event.objects.filter(target__in=keys).select_related("person").order_by("-id")[: _SHOWN + 1]
    context = {
        "page": pupil_page(at.records, found, own),
        "history": history(list(events[:_SHOWN])),
        "results": _results(at, own),
        "may_give": at.may(Permission.GIVE_DATA),
        "may_edit": at.may(Permission.EDIT_PUPILS) and not at.school_return.is_closed,
    }
    return render(request, "school/pupils/pupil.html", context)


def _results(at: YearVisit, own: Pupil | None) -> PupilResults | None:
    """Return what the results in force say of a pupil, for those who may see results."""
    if own is None or not at.may(Permission.SEE_RESULTS):
        return None
    load = results.in_force(at.school_return)
    return pupil_results(load, own, at.records.year) if load else None


urlpatterns = [path("<str:key>/", pupil, name="pupil")]
