"""The marksheet: one page of all pupils by all subjects, and the same as a plain form."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from keystage.service.accounts.roles import Permission
from keystage.service.design.words import plural
from keystage.service.school.presenters.marksheet import Place, Typed, classes_to_change, marksheet_page
from keystage.service.school.presenters.marksheet_answer import last_event
from keystage.service.school.presenters.marksheet_asked import Form, Malformed, asked_by_form
from keystage.service.school.presenters.marksheet_codes import script_codes, subject_codes
from keystage.service.school.presenters.marksheet_form import Problems, problems
from keystage.service.school.presenters.marksheet_show import Show
from keystage.service.school.services.judgements import Outcome, save
from keystage.service.school.views import marksheet_cells, marksheet_history, marksheet_print
from keystage.service.school.views.visiting import YearVisit, of_year


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@of_year(Permission.SEE_RETURN)
def marksheet(request: HttpRequest, at: YearVisit) -> HttpResponse:
    """Show the marksheet; save what was typed on it where there is no script."""
    if request.method != "POST":
        return _page(request, at, Problems(), last_event(at.school))
    if not at.may(Permission.ENTER_JUDGEMENTS):
        raise PermissionDenied(f"You may not {Permission.ENTER_JUDGEMENTS}.")
    try:
        form = asked_by_form(request.POST)
    except Malformed as fault:
        return HttpResponseBadRequest(str(fault), content_type="text/plain; charset=utf-8")
    return _saved(request, at, form)


def _saved(request: HttpRequest, at: YearVisit, form: Form) -> HttpResponse:
    """Save the form; load the page anew where all is well, otherwise show what is left to put right."""
    own = classes_to_change(at)
    typed = save(at.school_return, form.changes, by=at.person, classes=own)
    mine = [each.change for each in form.choices if each.mine]
    chosen = save(at.school_return, mine, by=at.person, how="chosen", classes=own) if mine else Outcome()
    last = last_event(at.school)  # before the records are read: what others save meanwhile is told, not missed
    found = problems(form, typed, chosen, at.records)
    count = len(typed.saved) + len(chosen.saved) + sum(each.mine is False for each in form.choices)
    if count:
        messages.success(request, f"{plural(count, 'judgement')} saved.")
    elif not found:
        messages.info(request, "Nothing was changed, so there was nothing to save.")
    if not found:
        return HttpResponseRedirect(request.get_full_path())
    return _page(request, at, found, last)


def _page(request: HttpRequest, at: YearVisit, found: Problems, last: int) -> HttpResponse:
    typed: dict[Place, Typed] = {(each.pupil, each.subject): Typed(each.code, each.why) for each in found.refused}
    page = marksheet_page(at, Show.asked(request.GET), typed)
    codes = subject_codes(at.records.year)
    context = {"page": page, "codes": codes, "problems": found, "has_errors": bool(found), "at": at, "last": last}
    return render(request, "school/marksheet.html", context | {"script_codes": script_codes(at.records.year)})


urlpatterns = [
    path("", marksheet, name="marksheet"),
    *marksheet_cells.urlpatterns,
    *marksheet_history.urlpatterns,
    *marksheet_print.urlpatterns,
]
