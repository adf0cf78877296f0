"""A school's own view of its moderation: the visit, the moderated judgements beside its own, and what to do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from keystage.service.accounts.roles import Permission
from keystage.service.gateway.presenters.moderation import moderation_of
from keystage.service.gateway.views.visiting import ReturnVisit, of_return


@of_return(Permission.SEE_GATEWAY)
@require_safe
def moderation(request: HttpRequest, at: ReturnVisit) -> HttpResponse:
    """Show the moderation of a school's writing."""
    may_send = at.may(Permission.SUBMIT) and at.dates.is_open
    shown = {"at": at, "moderation": moderation_of(at.gateway_return), "may_send": may_send}
    return render(request, "gateway/moderation.html", shown)
