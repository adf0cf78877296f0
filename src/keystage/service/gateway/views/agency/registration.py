"""Loading the registration of the country: a file is read, shown, and loaded in the background."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST, require_safe

from keystage.service.accounts.roles import OrganisationKind, Permission
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.gateway.forms.dates import LoadForm
from keystage.service.gateway.models import GatewayReturn, LoadStage, RegistrationLoad
from keystage.service.gateway.services import loading
from keystage.service.gateway.views.visiting import CollectionVisit, of_collection
from keystage.sheets.headings import REGISTRATION_COLUMNS

_MOVING = (LoadStage.READING, LoadStage.LOADING)
_SHOWN = 200
"""Faults on the page; the rest are counted."""


@of_collection(Permission.SEE_COUNTRY, OrganisationKind.AGENCY, back="agency:registration")
@require_safe
def loads(request: HttpRequest, at: CollectionVisit) -> HttpResponse:
    """Say how far registration is, and list the files that were loaded."""
    schools = GatewayReturn.objects.filter(collection=at.collection)
    found = RegistrationLoad.objects.filter(collection=at.collection).select_related("file", "by").order_by("-pk")
    context = {
        "at": at,
        "loads": found[:20],
        "schools": schools.count(),
        "loaded": schools.exclude(registration_loaded_at=None).count(),
        "submitted": schools.exclude(registration_submitted_at=None).count(),
        "may_run": at.may(Permission.RUN_COLLECTION),
    }
    return render(request, "agency/registration/page.html", context)


@of_collection(Permission.RUN_COLLECTION, OrganisationKind.AGENCY, back="agency:registration")
def send(request: HttpRequest, at: CollectionVisit) -> HttpResponseBase:
    """Take in a file, and have it read."""
    form = LoadForm(request.POST, request.FILES) if request.method == "POST" else LoadForm()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        made = loading.take_in(at.collection, file.name, file.chunks(), agency=at.organisation, by=at.person)
        return redirect(at.to("agency:load", key=made.key))
    context = {"at": at, "form": form, "columns": REGISTRATION_COLUMNS}
    return render(request, "agency/registration/send.html", context, status=422 if form.errors else 200)


@of_collection(Permission.SEE_COUNTRY, OrganisationKind.AGENCY, back="agency:registration")
@require_safe
def load(request: HttpRequest, at: CollectionVisit, key: str) -> HttpResponse:
    """Show how far a file has come: its faults, what loading it would do, or did."""
    found = _load_or_404(at, key)
    stage = LoadStage(found.stage)
    context = {
        "at": at,
        "load": found,
        "is_moving": stage in _MOVING,
        "is_faulty": stage is LoadStage.FAULTY,
        "is_ready": stage is LoadStage.READY,
        "is_over": stage is LoadStage.LOADED,
        "faults": found.faults[:_SHOWN],
        "more": max(0, found.fault_count - min(_SHOWN, len(found.faults))),
        "numbers": found.plan.get("numbers", {}),
        "may_run": at.may(Permission.RUN_COLLECTION),
    }
    response = render(request, "agency/registration/load.html", context)
    if stage in _MOVING:
        response["Refresh"] = "5"
    return response


@of_collection(Permission.RUN_COLLECTION, OrganisationKind.AGENCY, back="agency:registration")
@require_POST
def accept(request: HttpRequest, at: CollectionVisit, key: str) -> HttpResponseBase:
    """Load a file that was read."""
    found = _load_or_404(at, key)
    try:
        loading.accept(found, agency=at.organisation, by=at.person)
    except NotAllowedNow as refused:
        messages.error(request, str(refused))
    return redirect(at.to("agency:load", key=key))


@of_collection(Permission.RUN_COLLECTION, OrganisationKind.AGENCY, back="agency:registration")
@require_POST
def carry_on(request: HttpRequest, at: CollectionVisit, key: str) -> HttpResponseBase:
    """Begin again where reading or loading has stopped."""
    loading.carry_on(_load_or_404(at, key))
    messages.success(request, "Started again. What was done already is not done twice.")
    return redirect(at.to("agency:load", key=key))


def _load_or_404(at: CollectionVisit, key: str) -> RegistrationLoad:
    found = RegistrationLoad.objects.filter(collection=at.collection, key=key).select_related("file", "by")
    load = found.first()
    if load is None:
        raise Http404
    return load


urlpatterns = [
    path("", loads, name="registration"),
    path("load/", send, name="load-send"),
    path("load/<str:key>/", load, name="load"),
    path("load/<str:key>/accept/", accept, name="load-accept"),
    path("load/<str:key>/carry-on/", carry_on, name="load-carry-on"),
]
