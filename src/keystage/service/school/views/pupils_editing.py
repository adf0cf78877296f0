"""Adding and changing pupils by hand, taking them off the roll and putting them back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, reverse

from keystage.pupils.upn_advice import advise
from keystage.service.accounts.roles import Permission
from keystage.service.school.forms.pupils import PupilForm, ReasonForm
from keystage.service.school.models import Pupil
from keystage.service.school.presenters.pupil_conflict import conflict
from keystage.service.school.services import pupils as services
from keystage.service.school.services.pupils_doubts import doubts
from keystage.service.school.views.visiting import YearVisit, of_year


def pupil_href(at: YearVisit, name: str, key: str = "") -> str:
    """Return the address of a page about pupils."""
    where: dict[str, object] = {"organisation": at.school.key, "year": at.school_return.year}
    return reverse(f"school:{name}", kwargs=where | ({"key": key} if key else {}))


@of_year(Permission.EDIT_PUPILS)
def add(request: HttpRequest, at: YearVisit) -> HttpResponseBase:
    """Add a pupil by hand."""
    form = PupilForm(request.POST or None, initial={"year_group": "6"})
    if request.method == "POST" and form.is_valid():
        found = doubts(at.school_return, form.details, None)
        if not found or request.POST.get("doubts") == found.seen:
            made = services.add(at.school_return, form.details, by=at.person)
            messages.success(request, f"{made.name} is on the roll.")
            return redirect(pupil_href(at, "pupil", made.key))
        return _edit_page(request, form, None, doubts=found)
    return _edit_page(request, form, None)


@of_year(Permission.EDIT_PUPILS)
def edit(request: HttpRequest, at: YearVisit, key: str) -> HttpResponseBase:
    """Change what the roll says of a pupil; what somebody else changed meanwhile is shown beside it."""
    pupil = _pupil_or_404(at, key)
    form = PupilForm.of(pupil, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _edit_page(request, form, pupil)
    found = doubts(at.school_return, form.details, pupil)
    if found and request.POST.get("doubts") != found.seen:
        return _edit_page(request, form, pupil, doubts=found)
    try:
        version = form.cleaned_data["version"] or 0
        saved = services.change(at.school_return, key, form.details, version=version, by=at.person)
    except services.ChangedMeanwhile as meanwhile:
        return _edit_page(request, form, pupil, conflict=conflict(form.details, meanwhile.theirs), status=409)
    messages.success(request, f"{saved.name} is saved.")
    return redirect(pupil_href(at, "pupil", key))


def _edit_page(
    request: HttpRequest, form: PupilForm, pupil: Pupil | None, *, status: int = 200, **more: object
) -> HttpResponse:
    upns = {name: advise(str(form[name].value() or "")) for name in ("upn", "former_upn")}
    context = {"form": form, "pupil": pupil, "advice": upns, **more}
    return render(request, "school/pupils/edit.html", context, status=status)


@of_year(Permission.EDIT_PUPILS)
def remove(request: HttpRequest, at: YearVisit, key: str) -> HttpResponseBase:
    """Take a pupil off the roll, with the reason."""
    pupil = _pupil_or_404(at, key)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.remove(at.school_return, key, form.cleaned_data["reason"], by=at.person)
        messages.success(request, f"{pupil.name} is off the roll. The judgements are kept.")
        return redirect(pupil_href(at, "pupils"))
    return render(request, "school/pupils/remove.html", {"form": form, "pupil": pupil})


@of_year(Permission.EDIT_PUPILS)
def put_back(request: HttpRequest, at: YearVisit, key: str) -> HttpResponseBase:
    """Put a pupil back on the roll."""
    pupil = _pupil_or_404(at, key)
    if request.method == "POST":
        services.put_back(at.school_return, key, by=at.person)
        messages.success(request, f"{pupil.name} is on the roll again.")
        return redirect(pupil_href(at, "pupil", key))
    return render(request, "school/pupils/put_back.html", {"pupil": pupil})


@of_year(Permission.EDIT_PUPILS)
def upn(request: HttpRequest, at: YearVisit) -> JsonResponse:
    """Say what is wrong with a UPN, for the script that asks while it is typed."""
    found = advise(request.GET.get("value", "")[:40])
    return JsonResponse({"upn": found.upn, "wrong": found.is_wrong, "words": list(found.words)})


def _pupil_or_404(at: YearVisit, key: str) -> Pupil:
    found = Pupil.objects.filter(school_return=at.school_return, key=key).first()
    if found is None:
        raise Http404
    return found


urlpatterns = [
    path("add/", add, name="pupil-add"),
    path("upn/", upn, name="upn-words"),
    path("<str:key>/change/", edit, name="pupil-edit"),
    path("<str:key>/take-off/", remove, name="pupil-remove"),
    path("<str:key>/put-back/", put_back, name="pupil-put-back"),
]
