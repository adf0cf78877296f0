"""A school's provisional report, as its authority or its trust sees it; what schools reported as wrong."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_safe

from keystage.service.accounts.roles import Permission
from keystage.service.authority.views.figures import may_see
from keystage.service.authority.views.visiting import of_authority, of_schools, own_settings, return_at
from keystage.service.gateway.early import hidden_below
from keystage.service.gateway.presenters.provisional_report import report_shown, reported_of, request_shown
from keystage.service.gateway.queries import reported_by, returns_of
from keystage.service.gateway.report_now import report_now
from keystage.service.gateway.views.marking_right import right_page
from keystage.service.gateway.views.visiting import CollectionVisit

_PER_PAGE = 50


@of_schools(Permission.SEE_FIGURES)
@require_safe
def report(request: HttpRequest, at: CollectionVisit, key: str) -> HttpResponse:
    """Show the report of one school, or why it is not shown yet."""
    found = return_at(at, key)
    if not may_see(at, found):
        return render(request, "authority/figures_not_yet.html", {"at": at})
    now, sees = timezone.now(), at.may(Permission.TAKE_RESULTS)
    reported = reported_of(found, results=sees)
    standing, below = [each.request for each in reported], hidden_below(own_settings(at))
    shown = report_shown(found, report_now(found, at.year, now), at.year, standing, below=below, now=now, results=sees)
    context = {
        "at": at, "found": found, "report": shown, "requests": reported,
        "may_answer": at.may(Permission.ANSWER_CORRECTIONS),
    }  # fmt: skip
    return render(request, "authority/report.html", context)


@of_schools()
@require_safe
def corrections(request: HttpRequest, at: CollectionVisit) -> HttpResponse:
    """List what the organisation's schools reported as wrong, what is open first."""
    found, sees = reported_by(returns_of(at.collection, at.organisation)), at.may(Permission.TAKE_RESULTS)
    page = Paginator(found, _PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "at": at, "page": page, "requests": [request_shown(each, results=sees) for each in page.object_list],
        "open": found.filter(closed_at=None).count(), "may_answer": at.may(Permission.ANSWER_CORRECTIONS),
    }  # fmt: skip
    return render(request, "authority/corrections.html", context)


@of_authority(Permission.ANSWER_CORRECTIONS)
def right(request: HttpRequest, at: CollectionVisit, key: str) -> HttpResponse:
    """Mark as right what a school of the authority reported as wrong."""
    one = reported_by(returns_of(at.collection, at.organisation)).filter(key=key).first()
    if one is None:
        raise Http404
    found = return_at(at, one.gateway_return.key)
    back = (at.to("authority:corrections"), "Reported as wrong")
    return right_page(request, at, found, key, results=at.may(Permission.TAKE_RESULTS), back=back)


urlpatterns = [
    path("", corrections, name="corrections"),
    path("<str:key>/right/", right, name="mark-right"),
]
