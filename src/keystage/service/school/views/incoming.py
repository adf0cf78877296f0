"""Files that come in: what each would change, shown before it is accepted."""

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path

from keystage.service.accounts.roles import Permission
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.design.words import join_words, plural
from keystage.service.school.models import Incoming
from keystage.service.school.models.files import IncomingKind
from keystage.service.school.presenters.pupil_history import FIELD_WORDS
from keystage.service.school.presenters.pupil_page import shown
from keystage.service.school.services import incoming_register, incoming_roll
from keystage.service.school.services.incoming import content_of
from keystage.service.school.services.incoming_kinds import Looks, refuse_other_kinds
from keystage.service.school.views import incoming_judgements, incoming_uploads
from keystage.service.school.views.incoming_choices import choices_in
from keystage.service.school.views.incoming_refusals import preview_of
from keystage.service.school.views.incoming_uploads import href_of
from keystage.service.school.views.visiting import YearVisit, of_year

_LISTED = 30
"""Names that are listed of those who were passed over."""


@of_year(Permission.EDIT_PUPILS)
@preview_of(IncomingKind.ROLL)
def roll(request: HttpRequest, at: YearVisit, incoming: Incoming) -> HttpResponseBase:
    """Show what a roll would change, and accept what is chosen."""
    looks = refuse_other_kinds(IncomingKind.ROLL, content_of(incoming), incoming.file.name, at.records.year)
    if request.method == "POST":
        return _take_roll(request, at, incoming)
    plan = incoming_roll.plan(incoming, at.school_return)
    context = {
        "incoming": incoming,
        "plan": plan,
        "looks": looks,
        "is_of_other_school": _is_of_other_school(at, plan.roll.school),
        "shown": shown,
        "field_words": FIELD_WORDS,
        "may_take": not at.school_return.is_closed,
    }
    return render(request, "school/incoming/roll.html", context)


def _is_of_other_school(at: YearVisit, number: str) -> bool:
    return bool(number) and number not in (at.school_return.number, at.school.number)


def _take_roll(request: HttpRequest, at: YearVisit, incoming: Incoming) -> HttpResponseBase:
    if request.POST.get("other_school") == "no":
        raise NotAllowedNow(
            "The file names another school. Tick that its pupils are of this school, or leave the file."
        )
    choices = choices_in(request.POST)
    if not choices:
        raise NotAllowedNow("Nothing is ticked. Tick the pupils to accept.")
    taken = incoming_roll.accept(incoming, choices, by=at.person, seen=request.POST.get("seen", ""))
    if taken.total:
        said = [
            f"{plural(len(pupils), 'pupil')} {words}"
            for pupils, words in (
                (taken.added, "added"),
                (taken.changed, "changed"),
                (taken.put_back, "put back on the roll"),
            )
            if pupils
        ]
        messages.success(request, f"The roll is loaded: {join_words(said)}.")
    if taken.passed_over:
        _say_passed_over(request, taken.passed_over)
        return redirect(request.path)
    return redirect(href_of(at, "pupils"))


def _say_passed_over(request: HttpRequest, names: list[str]) -> None:
    listed = "; ".join(names[:_LISTED]) + (f"; and {len(names) - _LISTED} more" if len(names) > _LISTED else "")
    messages.warning(request, f"Changed by somebody else in the meantime, so not accepted: {listed}. Look again.")


@of_year(Permission.EDIT_PUPILS)
@preview_of(IncomingKind.REGISTER)
def register(request: HttpRequest, at: YearVisit, incoming: Incoming) -> HttpResponseBase:
    """Show what a register would change, and replace the one that is loaded."""
    looks = refuse_other_kinds(IncomingKind.REGISTER, content_of(incoming), incoming.file.name, at.records.year)
    if request.method == "POST":
        found = incoming_register.accept(incoming, by=at.person, seen=request.POST.get("seen", ""))
        messages.success(request, f"The register is loaded: {plural(len(found.lines), 'pupil')} expected.")
        return redirect(href_of(at, "pupils"))
    context = {
        "incoming": incoming,
        "plan": incoming_register.plan(incoming, at.school_return),
        "without_statuses": looks is Looks.PUPILS,
        "shown": shown,
        "field_words": FIELD_WORDS,
        "may_take": not at.school_return.is_closed,
    }
    return render(request, "school/incoming/register.html", context)


urlpatterns = [
    *incoming_uploads.urlpatterns,
    path("roll/<str:key>/", roll, name="roll-preview"),
    path("register/<str:key>/", register, name="register-preview"),
    path("<str:key>/", incoming_judgements.preview, name="import-preview"),
]
