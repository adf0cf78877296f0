"""The marksheet's cells, for its script: saving some, and hearing what others changed."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from keystage.service.accounts.roles import Permission
from keystage.service.school.presenters.marksheet import classes_to_change
from keystage.service.school.presenters.marksheet_answer import others_changes, saved_answer, standing
from keystage.service.school.presenters.marksheet_asked import Malformed, asked_by_script
from keystage.service.school.services.judgements import save
from keystage.service.school.views.visiting import YearVisit, of_year

_SOMEBODY_ELSE = "Somebody else has signed in on this computer. Sign in again as the person who typed this."


@never_cache
@require_http_methods(["GET", "POST"])
@of_year(Permission.SEE_RETURN)
def cells(request: HttpRequest, at: YearVisit) -> JsonResponse:
    """Save some cells, or say what has changed."""
    return _save(request, at) if request.method == "POST" else _changed(request, at)


def _save(request: HttpRequest, at: YearVisit) -> JsonResponse:
    if not at.may(Permission.ENTER_JUDGEMENTS):
        raise PermissionDenied(f"You may not {Permission.ENTER_JUDGEMENTS}.")
    if request.content_type != "application/json":
        return JsonResponse({"why": "The request must be JSON."}, status=400)
    try:
        asked = asked_by_script(request.body)
    except Malformed as fault:
        return JsonResponse({"why": str(fault)}, status=400)
    if asked.person not in ("", at.person.key):
        return JsonResponse({"why": _SOMEBODY_ELSE}, status=403)
    outcome = save(at.school_return, asked.changes, by=at.person, how=asked.how, classes=classes_to_change(at))
    return JsonResponse(saved_answer(outcome, at.person))


def _changed(request: HttpRequest, at: YearVisit) -> JsonResponse:
    since = request.GET.get("since", "")
    if not (since.isascii() and since.isdecimal() and len(since) < 19):
        return JsonResponse({"why": "`since` must be the number of an event."}, status=400)
    changes, last, is_old = others_changes(at.school_return, int(since))
    answer: dict[str, object] = {"changes": changes, "last": last, "reload": is_old}
    if changes:
        answer |= standing(at.records)
    return JsonResponse(answer)


urlpatterns = [path("cells/", cells, name="marksheet-cells")]
