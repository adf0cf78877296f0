"""Personal data at the gateway: finding a pupil, giving out what is held, holding and erasing it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse

from keystage.service.accounts.roles import OrganisationKind, Permission
from keystage.service.accounts.visit import Visit, needs
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.design.words import date_words
from keystage.service.events.models import Erasure
from keystage.service.gateway.models import Collection
from keystage.service.gateway.personal.entries import ENTRIES
from keystage.service.gateway.personal.finding import by_key, find, subject_of
from keystage.service.gateway.personal.retention import has_pupils
from keystage.service.gateway.services import personal as services
from keystage.service.personal.forms import UpnForm
from keystage.service.personal.kept import Keep
from keystage.service.personal.pages import Side, data_page, erase_page
from keystage.service.personal.periods import deletes_on_its_own, goes_on, in_words

_SHOWN = 50


@needs(Permission.GIVE_DATA, OrganisationKind.AGENCY)
def personal(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Look for a pupil by UPN, which stands in no address; show what was erased."""
    form = UpnForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        upn = form.cleaned_data["upn"].strip().upper()
        found = find(upn, is_practice=visit.organisation.is_practice)
        if found:
            return redirect(_href(visit, "agency:personal-pupil", found.key))
        form.add_error("upn", "Nobody at the gateway has this UPN, or had it")
    erased = Erasure.objects.filter(what="pupil", organisation=visit.organisation).select_related("by").order_by("-at")
    shown = {
        "form": form,
        "erased": erased[:_SHOWN],
        "organisation": visit.organisation,
        "years": _years(visit),
        "periods": in_words(),
        "is_done": deletes_on_its_own(),
    }
    return render(request, "agency/personal/page.html", shown, status=422 if form.errors else 200)


@needs(Permission.GIVE_DATA, OrganisationKind.AGENCY)
def pupil(request: HttpRequest, visit: Visit, key: str) -> HttpResponse:
    """Show what is held of a pupil, and give it out."""
    return data_page(request, _side(visit, key))


@needs(Permission.ERASE_DATA, OrganisationKind.AGENCY)
def erase(request: HttpRequest, visit: Visit, key: str) -> HttpResponse:
    """Erase a pupil, after showing what goes and asking twice."""
    side = _side(visit, key)
    try:
        return erase_page(request, side)
    except NotAllowedNow as refused:
        messages.error(request, str(refused))
        return redirect(side.href)


def _years(visit: Visit) -> list[tuple[int, str]]:
    found = Collection.objects.filter(is_practice=visit.organisation.is_practice).order_by("-year")
    return [(each.year, date_words(goes_on(Keep.GATEWAY, each.year))) for each in found if has_pupils(each)]


def _href(visit: Visit, name: str, key: str = "") -> str:
    return reverse(name, kwargs={"organisation": visit.organisation.key, **({"key": key} if key else {})})


def _side(visit: Visit, key: str) -> Side:
    about = by_key(key, is_practice=visit.organisation.is_practice)
    if about is None:
        raise Http404
    agency, by = visit.organisation, visit.person
    return Side(
        subject=subject_of(about), key=key, school=about.gateway_return.school, entries=ENTRIES, by=by,
        copy=lambda: services.copy_for(about, by=by, organisation=agency),
        preview=lambda: services.preview(about),
        erase=lambda reason: services.erase_pupil(about, reason, by=by, organisation=agency),
        may_erase=visit.may(Permission.ERASE_DATA),
        href=_href(visit, "agency:personal-pupil", key), erase_href=_href(visit, "agency:personal-erase", key),
        back_href=_href(visit, "agency:personal"), back_text="Personal data",
        after_href=_href(visit, "agency:personal"),
    )  # fmt: skip


urlpatterns = [
    path("", personal, name="personal"),
    path("<str:key>/", pupil, name="personal-pupil"),
    path("<str:key>/erase/", erase, name="personal-erase"),
]
