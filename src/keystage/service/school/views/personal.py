"""Personal data of a school: what is deleted when, what is held, and who was erased."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import path

from keystage.service.accounts.roles import Permission
from keystage.service.accounts.visit import Visit, needs
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.events.models import Erasure
from keystage.service.personal.forms import HoldForm
from keystage.service.personal.holds import end_hold, set_hold, standing
from keystage.service.personal.periods import deletes_on_its_own, in_words
from keystage.service.school.personal.retention import years_of

_SHOWN = 50


@needs(Permission.GIVE_DATA)
def personal(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show what is deleted when; set and end holds on the whole school."""
    school, may_hold = visit.organisation, visit.may(Permission.ERASE_DATA)
    what = request.POST.get("what", "") if request.method == "POST" else ""
    form = HoldForm(request.POST if what == "hold" else None)
    if what == "end" and may_hold:
        return _ended(request, visit)
    if what == "hold" and may_hold and form.is_valid():
        set_hold(school, form.cleaned_data["reason"], by=visit.person)
        messages.success(request, "The hold is set. Nothing of the school is deleted until it is ended.")
        return _back(visit)
    shown = {
        "school": school,
        "form": form,
        "years": years_of(school),
        "periods": in_words(),
        "is_done": deletes_on_its_own(),
        "holds": list(standing(school)),
        "may_hold": may_hold,
        "erased": Erasure.objects.filter(what="pupil", organisation=school)
        .select_related("by")
        .order_by("-at")[:_SHOWN],
    }
    return render(request, "school/personal.html", shown, status=422 if form.errors else 200)


def _ended(request: HttpRequest, visit: Visit) -> HttpResponseRedirect:
    try:
        end_hold(visit.organisation, request.POST.get("hold", ""), by=visit.person)
    except NotAllowedNow as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "The hold is ended.")
    return _back(visit)


def _back(visit: Visit) -> HttpResponseRedirect:
    return redirect("school:personal", organisation=visit.organisation.key)


urlpatterns = [path("", personal, name="personal")]
