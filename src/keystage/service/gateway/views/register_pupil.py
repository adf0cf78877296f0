"""A pupil on the register: the page with the history, adding and changing. Schools' and the agency's."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_safe

from keystage.pupils.upn_advice import advise
from keystage.service.accounts.roles import Permission
from keystage.service.design.words import name_in_sentence
from keystage.service.events.models import Event
from keystage.service.gateway.forms.register import EntryForm
from keystage.service.gateway.models import RegisteredPupil
from keystage.service.gateway.presenters.counted import counted_now
from keystage.service.gateway.presenters.register import facts_of, sides
from keystage.service.gateway.presenters.register_history import history
from keystage.service.gateway.services import registering
from keystage.service.gateway.services.registering_doubts import already_there, doubts, why_same
from keystage.service.gateway.views.register import may_register
from keystage.service.gateway.views.visiting import ReturnVisit, of_return, of_school

_SHOWN = 200
"""Events on a pupil's page."""


def pupil(request: HttpRequest, at: ReturnVisit, key: str) -> HttpResponse:
    """Show a pupil, and what was done."""
    found = _pupil_or_404(at, key)
    events = Event.objects.filter(target=found.key, organisation=at.gateway_return.school).select_related("person")
    who, tests = facts_of(found, at.year.registration)
    context = {
        "at": at,
        "pupil": found,
        "who": who,
        "tests": tests,
        "history": history(found, list(events.order_by("-id")[:_SHOWN])),
        "may_edit": may_register(at),
    }
    return render(request, "gateway/register/pupil.html", context)


def add(request: HttpRequest, at: ReturnVisit) -> HttpResponseBase:
    """Put a pupil on the register."""
    initial = {"reading": "registered", "gps": "registered", "maths": "registered", "status": "registered"}
    form = EntryForm(request.POST or None, initial=initial, registration=at.year.registration)
    if request.method == "POST":
        return _save(request, at, EntryForm(request.POST, registration=at.year.registration), None)
    return _page(request, at, form, None)


def edit(request: HttpRequest, at: ReturnVisit, key: str) -> HttpResponseBase:
    """Change what the register says of a pupil."""
    found = _pupil_or_404(at, key)
    was = registering.entry_of(found)
    if request.method == "POST":
        return _save(request, at, EntryForm.of(found, at.year.registration, was, request.POST), found)
    form = EntryForm.of(found, at.year.registration, was)
    if upn := advise(request.GET.get("upn", "")[:20]).upn:
        form.initial.update(upn=upn, former_upn=found.upn if upn != found.upn else found.former_upn)
    return _page(request, at, form, found)


def upn(request: HttpRequest, at: ReturnVisit) -> JsonResponse:
    """Say what is wrong with a UPN, for the script that asks while it is typed."""
    found = advise(request.GET.get("value", "")[:40])
    return JsonResponse({"upn": found.upn, "wrong": found.is_wrong, "words": list(found.words)})


def _save(request: HttpRequest, at: ReturnVisit, form: EntryForm, own: RegisteredPupil | None) -> HttpResponseBase:
    if not form.is_valid():
        return _page(request, at, form, own, status=422)
    entry = form.entry
    if other := already_there(at.gateway_return, entry, own):
        form.add_error("upn", f"{name_in_sentence(other)} is on the register with this UPN already")
        return _page(request, at, form, own, there=other, status=422)
    found = doubts(at.gateway_return, entry, own)
    if found and request.POST.get("doubts") != found.seen:
        likely = [(each, why_same(entry, each)) for each in found.same]
        return _page(request, at, form, own, doubts=found, likely=likely, status=422)
    try:
        saved = _written(at, form, own)
    except registering.ChangedMeanwhile as meanwhile:
        theirs = meanwhile.theirs
        shown = {"sides": sides(entry, registering.entry_of(theirs)), "theirs": theirs}
        return _page(request, at, form, own, **shown, status=409)
    said = f"{name_in_sentence(saved)} is saved, and the expected number is counted anew."
    messages.success(request, said + counted_now(at.gateway_return))
    return redirect(at.here("registered", key=saved.key))


def _written(at: ReturnVisit, form: EntryForm, own: RegisteredPupil | None) -> RegisteredPupil:
    entry, why = form.entry, form.reason_given
    if own is None:
        return registering.add(at.gateway_return, entry, by=at.person, reason=why, for_agency=at.for_agency)
    return registering.change(
        at.gateway_return, own.key, entry, version=form.cleaned_data["version"] or 0, by=at.person, reason=why,
        for_agency=at.for_agency,
    )  # fmt: skip


def _page(
    request: HttpRequest,
    at: ReturnVisit,
    form: EntryForm,
    own: RegisteredPupil | None,
    *,
    status: int = 200,
    **more: object,
) -> HttpResponse:
    upns = {name: advise(str(form[name].value() or "")[:40]) for name in ("upn", "former_upn")}
    why = "" if at.for_agency else registering.why_closed(at.collection)
    context = {"at": at, "form": form, "pupil": own, "advice": upns, "why_closed": why, **more}
    return render(request, "gateway/register/edit.html", context, status=status)


def _pupil_or_404(at: ReturnVisit, key: str) -> RegisteredPupil:
    found = RegisteredPupil.objects.filter(gateway_return=at.gateway_return, key=key).first()
    if found is None:
        raise Http404
    return found


urlpatterns = [
    path("add/", of_return(Permission.REGISTER)(add), name="registered-add"),
    path("upn/", of_return(Permission.REGISTER)(require_safe(upn)), name="registered-upn"),
    path("<str:key>/", of_return(Permission.SEE_GATEWAY)(require_safe(pupil)), name="registered"),
    path("<str:key>/change/", of_return(Permission.REGISTER)(edit), name="registered-edit"),
]
agency_urlpatterns = [
    path("add/", of_school(Permission.RUN_COLLECTION)(add), name="registered-add"),
    path("upn/", of_school(Permission.RUN_COLLECTION)(require_safe(upn)), name="registered-upn"),
    path("<str:key>/", of_school(Permission.SEE_COUNTRY)(require_safe(pupil)), name="registered"),
    path("<str:key>/change/", of_school(Permission.RUN_COLLECTION)(edit), name="registered-edit"),
]
