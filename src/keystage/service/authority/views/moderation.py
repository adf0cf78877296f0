"""The moderated schools: the list, choosing them, a school's visit."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_safe

from keystage.service.accounts.roles import OrganisationKind, Permission
from keystage.service.authority.forms.moderating import ChooseForm, FindForm, VisitForm
from keystage.service.authority.presenters.moderation import schools
from keystage.service.authority.views import moderation_sample
from keystage.service.authority.views.visiting import of_authority, of_schools, own_settings, return_at
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.design.posted import posted
from keystage.service.design.words import plural, until_words
from keystage.service.gateway.presenters.moderation import moderation_of
from keystage.service.gateway.queries import moderated_returns, named, returns_of
from keystage.service.gateway.services.moderating import (
    ChangedMeanwhile,
    Visit,
    end_moderation,
    moderate,
    save_visit,
    visit_of,
)
from keystage.service.gateway.views.visiting import CollectionVisit

_MAY = of_authority(Permission.RECORD_MODERATION)


@of_schools()
@require_safe
def moderation(request: HttpRequest, at: CollectionVisit) -> HttpResponse:
    """List the moderated schools with their visits, and say where a return differs."""
    found = schools(moderated_returns(at.collection, at.organisation), timezone.localdate())
    settings = own_settings(at)
    shown = {
        "at": at,
        "schools": found,
        "differing": [each for each in found if each.differing],
        "recorded": sum(1 for each in found if each.sample and each.judged == each.sample),
        "own_date": until_words(settings.due_at) if settings and settings.due_at else "",
        "may_record": at.may(Permission.RECORD_MODERATION),
    }
    return render(request, "authority/moderation/list.html", shown)


@_MAY
def choose(request: HttpRequest, at: CollectionVisit) -> HttpResponseBase:
    """Choose schools to be moderated."""
    form, ticked = ChooseForm(posted(request)[0]), set(request.POST.getlist("school"))
    find = FindForm(request.GET)
    returns = list(named(returns_of(at.collection, at.organisation).filter(is_moderated=False), find.words))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        to = [each for each in returns if each.key in ticked]
        if to:
            made = [moderate(each, said["planned_on"], said["moderator"], by=at.person, noted_by=at.organisation)
                    for each in to]  # fmt: skip
            messages.success(request, f"{plural(sum(made), 'school is', 'schools are')} chosen to be moderated.")
            # Whoever looked for some schools goes on looking for others.
            return redirect(at.to("authority:moderation-choose" if find.words else "authority:moderation"))
        form.add_error(None, "Tick the schools that are to be moderated")
    shown = {"at": at, "form": form, "find": find, "returns": returns, "ticked": ticked}
    return render(request, "authority/moderation/choose.html", shown, status=422 if form.errors else 200)


@of_schools()
@require_safe
def school(request: HttpRequest, at: CollectionVisit, key: str) -> HttpResponse:
    """Show a school's moderation: the visit, the sample, and what differs."""
    shown = {
        "at": at,
        "moderation": moderation_of(return_at(at, key)),
        "may_record": at.may(Permission.RECORD_MODERATION),
        "may_ask": at.may(Permission.UPLOAD_FOR_SCHOOLS),
        "sees_notes": at.organisation.kind == OrganisationKind.AUTHORITY,
    }
    return render(request, "authority/moderation/school.html", shown)


@_MAY
def visit(request: HttpRequest, at: CollectionVisit, key: str) -> HttpResponseBase:
    """Say when a visit is planned, that it was held, who visits."""
    found = return_at(at, key)
    held = visit_of(found)
    now = Visit(found.visit_on, held.moderator, held.held_on, held.notes)
    initial = {name: getattr(now, name) for name in ("planned_on", "moderator", "held_on", "notes")}
    form = VisitForm(posted(request)[0], initial={**initial, "version": held.version})
    if request.method == "POST" and form.is_valid():
        try:
            save_visit(found, form.visit, version=form.cleaned_data["version"], by=at.person, noted_by=at.organisation)
        except NotAllowedNow as refused:
            form.add_error(None, str(refused))
        except ChangedMeanwhile:
            form = _to_be_compared(request, form, held.version)
            return _visit_page(request, at, key, form, now=now, by=held.changed_by, status=409)
        else:
            messages.success(request, "The visit is saved.")
            return redirect(at.to("authority:moderated-school", key=key))
    return _visit_page(request, at, key, form, status=422 if form.errors else 200)


def _to_be_compared(request: HttpRequest, form: VisitForm, version: int) -> VisitForm:
    """Return the form with what the person wrote, saved over the other's once they have seen it and save again."""
    again = VisitForm({**request.POST.dict(), "version": version})
    again.full_clean()
    again.add_error(None, "Somebody else changed this visit while you were writing. What stands now is shown below.")
    return again


def _visit_page(
    request: HttpRequest, at: CollectionVisit, key: str, form: VisitForm, *, status: int, **more: object
) -> HttpResponse:
    shown = {"at": at, "form": form, "found": return_at(at, key), **more}
    return render(request, "authority/moderation/visit.html", shown, status=status)


@_MAY
def end(request: HttpRequest, at: CollectionVisit, key: str) -> HttpResponseBase:
    """Note that a school is not moderated after all, after a question."""
    found = return_at(at, key)
    if request.method == "POST":
        try:
            end_moderation(found, by=at.person, noted_by=at.organisation)
        except NotAllowedNow as refused:
            messages.error(request, str(refused))
            return redirect(at.to("authority:moderated-school", key=key))
        messages.success(request, f"{found.school} is not moderated any more.")
        return redirect(at.to("authority:moderation"))
    return render(request, "authority/moderation/end.html", {"at": at, "found": found})


urlpatterns = [
    path("", moderation, name="moderation"),
    path("choose/", choose, name="moderation-choose"),
    path("<str:key>/", school, name="moderated-school"),
    path("<str:key>/visit/", visit, name="moderation-visit"),
    path("<str:key>/end/", end, name="moderation-end"),
    *moderation_sample.urlpatterns,
]
