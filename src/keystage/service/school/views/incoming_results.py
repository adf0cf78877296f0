"""A file of results set beside the records: a person says who is who, and accepts it as a whole."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST

from keystage.service.accounts.roles import Permission
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.design.size import small_enough
from keystage.service.design.words import plural
from keystage.service.school.models import Incoming
from keystage.service.school.models.files import IncomingKind
from keystage.service.school.presenters.pupil_history import FIELD_WORDS
from keystage.service.school.presenters.pupil_page import shown
from keystage.service.school.presenters.reconciliation import reconciliation
from keystage.service.school.presenters.results import test_names
from keystage.service.school.services import incoming_results
from keystage.service.school.services.gateway_tokens import token_for
from keystage.service.school.services.incoming import bring_in
from keystage.service.school.services.incoming_results import Ticked
from keystage.service.school.services.incoming_results_plan import ResultsPlan
from keystage.service.school.services.results_fetching import fetch, results_address
from keystage.service.school.views.incoming_refusals import preview_of
from keystage.service.school.views.incoming_uploads import RESULTS, href_of, upload
from keystage.service.school.views.visiting import YearVisit, of_year

_WHO = "who-"
NOBODY = "none"


@small_enough
@of_year(Permission.IMPORT_RESULTS)
def bring(request: HttpRequest, at: YearVisit) -> HttpResponseBase:
    """Bring in a file of results."""
    return upload(request, at, RESULTS, fetch_href=href_of(at, "results-fetch") if gateway_of(at) else "")


@of_year(Permission.IMPORT_RESULTS)
@require_POST
def fetched(request: HttpRequest, at: YearVisit) -> HttpResponseBase:
    """Fetch the results from the gateway that is set up, and lead to what they say."""
    try:
        found = fetch(gateway_of(at), token=token_for(at.school))
        made = bring_in(at.school_return, IncomingKind.RESULTS, found.name, found.content, by=at.person)
    except NotAllowedNow as refused:
        messages.error(request, str(refused))
        return redirect(href_of(at, "results-import"))
    return redirect(href_of(at, "results-preview", made.key))


def gateway_of(at: YearVisit) -> str:
    """Return where results are fetched; empty where no gateway is set up, and for a practice school."""
    return "" if at.school.is_practice else results_address(settings.ENVIRONMENT.gateway_for(at.school_return.year))


@of_year(Permission.IMPORT_RESULTS)
@preview_of(IncomingKind.RESULTS)
def preview(request: HttpRequest, at: YearVisit, incoming: Incoming) -> HttpResponseBase:
    """Show what the results say beside what is here, and accept them."""
    if request.method == "POST":
        return _take(request, at, incoming, who_in(request.POST))
    is_said = any(name.startswith(_WHO) for name in request.GET)
    plan = incoming_results.plan(incoming, at.records, who_in(request.GET) if is_said else None)
    context = {
        "incoming": incoming,
        "plan": plan,
        "page": reconciliation(plan, at),
        "who": _said(plan),
        "tests": test_names(at.records.year),
        "field_words": FIELD_WORDS,
        "shown": shown,
    }
    return render(request, "school/incoming/results.html", context)


def _said(plan: ResultsPlan) -> dict[str, str]:
    """Return what is said of pupils of the file, as the form sends it back."""
    asked = {line.number: line for line in plan.lines if line.is_confirmed or line.is_left}
    return {f"{_WHO}{number}": line.own.key if line.own else NOBODY for number, line in asked.items()}


def who_in(data: QueryDict) -> dict[int, str]:
    """Return what a person says of pupils of the file, by their place: a pupil's key, or nothing for nobody."""
    said = {name.removeprefix(_WHO): str(data[name]) for name in data if name.startswith(_WHO) and data[name]}
    return {
        int(number): "" if key == NOBODY else key
        for number, key in said.items()
        if number.isascii() and number.isdecimal() and len(number) < 9
    }


def _take(request: HttpRequest, at: YearVisit, incoming: Incoming, who: dict[int, str]) -> HttpResponseBase:
    data = request.POST
    ticked = Ticked(data.get("seen", ""), errors="errors" in data, school=data.get("other_school") == "yes")
    try:
        load = incoming_results.accept(incoming, who, ticked, by=at.person)
    except NotAllowedNow as refused:
        messages.error(request, str(refused))
        again = urlencode({f"{_WHO}{number}": key or NOBODY for number, key in who.items()})
        return redirect(f"{request.path}?{again}" if again else request.path)
    unmatched = load.said["unmatched"]
    said = f"The results are in force: {plural(load.said['matched'], 'pupil')} known here"
    also = f", and {plural(unmatched, 'pupil')} of the file kept without a pupil here" if unmatched else ""
    messages.success(request, f"{said}{also}.")
    return redirect(href_of(at, "results"))


urlpatterns = [
    path("import/", bring, name="results-import"),
    path("fetch/", fetched, name="results-fetch"),
    path("import/<str:key>/", preview, name="results-preview"),
]
