"""The page of the token with which the gateway knows the school: set it, or take it out. It is never shown."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from keystage.service.accounts.roles import OrganisationKind, Permission
from keystage.service.accounts.visit import Visit, needs
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.school.forms.gateway_token import GatewayTokenForm
from keystage.service.school.models import GatewayToken
from keystage.service.school.services.gateway_tokens import is_one_of_several, remove_token, set_token


@needs(Permission.MANAGE_TOKENS, OrganisationKind.SCHOOL)
def gateway_token(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show whether the school has a token, and set or take it out."""
    school, is_removing = visit.organisation, request.POST.get("do") == "remove"
    form = GatewayTokenForm(request.POST if request.method == "POST" and not is_removing else None)
    try:
        if is_removing:
            remove_token(school, by=visit.person)
            messages.success(request, "The token is taken out.")
            return _again(visit)
        if form.is_bound and form.is_valid():
            set_token(school, form.cleaned_data["token"], by=visit.person)
            messages.success(request, "The token is kept. It is used the next time that something is sent or fetched.")
            return _again(visit)
    except NotAllowedNow as refused:
        messages.error(request, str(refused))
        return _again(visit)
    held = GatewayToken.objects.filter(organisation=school).select_related("set_by").first()
    shown = {
        "school": school,
        "held": held,
        "form": form,
        "gateway": settings.ENVIRONMENT.gateway,
        "has_common": bool(settings.ENVIRONMENT.gateway_token.get_secret_value()),
        "is_one_of_several": is_one_of_several(school),
    }
    return render(request, "school/settings/gateway_token.html", shown)


def _again(visit: Visit) -> HttpResponse:
    return redirect("school:gateway-token", organisation=visit.organisation.key)


urlpatterns = [path("gateway-token/", gateway_token, name="gateway-token")]
