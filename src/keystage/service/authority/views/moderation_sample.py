"""The sample of a moderated school: choosing pupils, recording judgements, the sheet for the moderator."""

from collections.abc import Sequence
from secrets import randbelow

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_safe

from keystage.service.accounts.roles import OrganisationKind, Permission
from keystage.service.authority.forms.moderating import LEAST, SEEDS, SHARE, JudgementForm, ProposalForm
from keystage.service.authority.presenters.moderation import Choosable, choosable, proposed
from keystage.service.authority.views.visiting import of_authority, of_schools, return_at
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.design.words import plural
from keystage.service.gateway.models import GatewayReturn
from keystage.service.gateway.presenters.moderation import Moderated, moderation_of
from keystage.service.gateway.services.moderating import ChangedMeanwhile, set_sample
from keystage.service.gateway.services.moderating_judgements import record_judgements
from keystage.service.gateway.views.visiting import CollectionVisit

_MAY = of_authority(Permission.RECORD_MODERATION)


@_MAY
def sample(request: HttpRequest, at: CollectionVisit, key: str) -> HttpResponseBase:
    """Choose the pupils of the sample by hand, or have them proposed first."""
    found = return_at(at, key)
    pupils = choosable(found)
    if request.method == "POST":
        return _chosen(request, at, found, pupils)
    form = ProposalForm(request.GET or None, initial={"share": SHARE, "least": LEAST, "seed": randbelow(SEEDS)})
    ticked = {each.key for each in pupils if each.is_in}
    asked = form.cleaned_data if form.is_bound and form.is_valid() else None
    if asked:
        ticked = set(proposed(pupils, at.year, asked))
    return _sample_page(request, at, found, pupils, form, ticked, asked)


def _chosen(
    request: HttpRequest, at: CollectionVisit, found: GatewayReturn, pupils: Sequence[Choosable]
) -> HttpResponseBase:
    ticked, form = set(request.POST.getlist("pupil")), ProposalForm(request.POST)
    asked = form.cleaned_data if form.is_valid() else None
    how = "by hand"
    if asked and ticked == set(proposed(pupils, at.year, asked)):
        how = f"as proposed with {asked['share']} of a hundred and the seed {asked['seed']}"
    try:
        added, left = set_sample(found, ticked, seen=request.POST.getlist("seen"), how=how, by=at.person)
    except ChangedMeanwhile:
        words = "Somebody else changed the sample while you were choosing. Nothing was saved: your ticks are below, and"
        messages.error(request, f"{words} who is in the sample now is marked. Save again if yours are right.")
        return _sample_page(request, at, found, choosable(found), ProposalForm(initial=asked or _usual()), ticked, None,
                            status=409)  # fmt: skip
    except NotAllowedNow as refused:
        messages.error(request, str(refused))
        return _sample_page(request, at, found, pupils, ProposalForm(initial=asked or _usual()), ticked, None,
                            status=422)  # fmt: skip
    messages.success(request, f"{plural(added, 'pupil')} added to the sample, {left} left out.")
    return redirect(at.to("authority:moderated-school", key=found.key))


def _usual() -> dict[str, int]:
    return {"share": SHARE, "least": LEAST, "seed": randbelow(SEEDS)}


def _sample_page(
    request: HttpRequest,
    at: CollectionVisit,
    found: GatewayReturn,
    pupils: Sequence[Choosable],
    form: ProposalForm,
    ticked: set[str],
    asked: dict[str, int] | None,
    *,
    status: int = 200,
) -> HttpResponse:
    shown = {"at": at, "found": found, "pupils": pupils, "form": form, "ticked": ticked, "asked": asked}
    return render(request, "authority/moderation/sample.html", shown, status=422 if form.errors else status)


@_MAY
def judgements(request: HttpRequest, at: CollectionVisit, key: str) -> HttpResponseBase:
    """Record what the moderator judged, of the whole sample at once."""
    found = return_at(at, key)
    shown = moderation_of(found)
    pupils = [each for each in shown.pupils if each.key]
    if request.method != "POST":
        return _judgements_page(request, at, found, [JudgementForm(each, at.year, None) for each in pupils])
    forms = [JudgementForm(each, at.year, request.POST) for each in pupils if f"{each.key}-seen" in request.POST]
    if not forms or [each for each in forms if not each.is_valid()]:
        return _judgements_page(request, at, found, forms, status=422)
    try:
        changed = record_judgements(found, [each.judged for each in forms], by=at.person)
    except ChangedMeanwhile:
        now = {each.key: each for each in moderation_of(found).pupils}
        again = [_to_be_compared(request, at, each, now.get(each.pupil.key, each.pupil)) for each in forms]
        return _judgements_page(request, at, found, again, status=409)
    except NotAllowedNow as refused:
        forms[0].add_error(None, str(refused))  # said here, so that nothing that was typed is lost
        return _judgements_page(request, at, found, forms, status=422)
    _say(request, changed, return_at(at, key))
    return redirect(at.to("authority:moderated-school", key=key))


def _to_be_compared(request: HttpRequest, at: CollectionVisit, form: JudgementForm, now: Moderated) -> JudgementForm:
    """Return a form with what the person wrote; what another saved meanwhile is said beside it, and counts as seen."""
    said = form.judged
    if said.seen == now.version or (said.code, said.note) == (now.moderated, now.note):
        return form
    data = request.POST.copy()
    data[f"{now.key}-seen"] = now.version
    again = JudgementForm(now, at.year, data)
    again.full_clean()
    stands = now.moderated or "that nothing is recorded"
    again.add_error("code", f"{now.by} has saved {stands} meanwhile. Save again to put yours in its place")
    return again


def _say(request: HttpRequest, changed: int, now: GatewayReturn) -> None:
    words = f"{plural(changed, 'moderated judgement is', 'moderated judgements are')} recorded."
    if now.differing:
        pupils = plural(now.differing, "pupil")
        words += f" Of {pupils} the school reports another judgement. It has been told by email to send again."
    messages.success(request, words)


def _judgements_page(
    request: HttpRequest, at: CollectionVisit, found: GatewayReturn, forms: list[JudgementForm], *, status: int = 200
) -> HttpResponse:
    shown = {"at": at, "found": found, "forms": forms}
    return render(request, "authority/moderation/judgements.html", shown, status=status)


@of_schools()
@require_safe
def sheet(request: HttpRequest, at: CollectionVisit, key: str) -> HttpResponse:
    """Show the sheet that the moderator takes along, to be printed."""
    sees = at.organisation.kind == OrganisationKind.AUTHORITY
    shown = {"at": at, "moderation": moderation_of(return_at(at, key)), "sees_notes": sees}
    return render(request, "authority/moderation/sheet.html", shown)


urlpatterns = [
    path("<str:key>/sample/", sample, name="moderation-sample"),
    path("<str:key>/judgements/", judgements, name="moderation-judgements"),
    path("<str:key>/sheet/", sheet, name="moderation-sheet"),
]
