"""The numbers by name, live; and removing a pupil who counts."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_safe

from keystage.service.accounts.roles import Permission
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.design.posted import posted
from keystage.service.design.words import name_in_sentence
from keystage.service.gateway.forms.deciding import RemovalForm
from keystage.service.gateway.models import HeldPupil
from keystage.service.gateway.presenters.numbers import numbers_of, stamp
from keystage.service.gateway.register import registered_of
from keystage.service.gateway.services.removing import Ground, remove_pupil
from keystage.service.gateway.services.settling import numbers as sorted_out
from keystage.service.gateway.views.visiting import ReturnVisit, of_return


@of_return(Permission.SEE_GATEWAY)
@require_safe
def numbers(request: HttpRequest, at: ReturnVisit) -> HttpResponse:
    """Show who is expected, who counts, who is missing and who is not expected, and what to do about each."""
    return render(request, "gateway/numbers/page.html", {"at": at, "numbers": numbers_of(at)})


@of_return(Permission.SEE_GATEWAY)
@require_safe
def now(request: HttpRequest, at: ReturnVisit) -> HttpResponse:
    """Give the numbers as they are now, for a page that stands open; nothing where nothing has changed since."""
    if request.GET.get("since") == stamp(at.gateway_return):
        return HttpResponse(status=204)
    response = render(request, "gateway/numbers/now.html", {"at": at, "numbers": numbers_of(at)})
    response["Cache-Control"] = "private, no-store"
    return response


@of_return(Permission.SUBMIT)
def remove(request: HttpRequest, at: ReturnVisit, key: str) -> HttpResponse:
    """Remove a pupil who counts, with a reason."""
    held = HeldPupil.objects.filter(gateway_return=at.gateway_return, key=key).first()
    if held is None:
        raise Http404
    form = RemovalForm(posted(request)[0])
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            remove_pupil(at.gateway_return, key, Ground(said["ground"]), said["reason"], by=at.person)
        except NotAllowedNow as refused:
            form.add_error(None, str(refused))
        else:
            words = f"{name_in_sentence(held)} was removed. Put it right in your own records too: it is on the list."
            messages.success(request, words)
            return redirect(at.to("gateway:numbers"))
    is_expected = bool(sorted_out([held], registered_of(at.gateway_return)).pairs)
    shown = {"at": at, "held": held, "form": form, "is_expected": is_expected}
    return render(request, "gateway/numbers/remove.html", shown)


urlpatterns = [
    path("", numbers, name="numbers"),
    path("now/", now, name="numbers-now"),
    path("<str:key>/remove/", remove, name="remove-pupil"),
]
