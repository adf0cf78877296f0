"""The summary of a year's results: a page, a paper, a workbook and a table for programs."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from keystage.service.accounts.roles import Permission
from keystage.service.design.attachment import attachment
from keystage.service.design.posted import posted
from keystage.service.school.forms.summary import HidingForm
from keystage.service.school.presenters import summary_words as words
from keystage.service.school.presenters.summary import page
from keystage.service.school.presenters.summary_files import KINDS, file_of
from keystage.service.school.services.downloads import record_download
from keystage.service.school.services.hiding import change_hidden_below
from keystage.service.school.summary import Summary, hidden_below, summary_of
from keystage.service.school.views.visiting import YearVisit, of_year


def _summary(at: YearVisit) -> Summary:
    return summary_of(at.school_return, at.records)


def _href(at: YearVisit, name: str) -> str:
    return reverse(f"school:{name}", kwargs={"organisation": at.school.key, "year": at.school_return.year})


@never_cache
@require_safe
@of_year(Permission.SEE_RESULTS)
def summary(request: HttpRequest, at: YearVisit) -> HttpResponse:
    """Show the year against the country and against earlier years."""
    files = [
        {"text": kind.text, "kind": kind.sort, "note": kind.note, "href": f"{_href(at, 'summary-file')}?kind={key}"}
        for key, kind in KINDS.items()
    ]
    shown = {
        "at": at,
        "page": page(_summary(at)),
        "files": files,
        "rounded": words.ROUNDED,
        "may_change": at.may(Permission.ISSUE_REPORTS),
    }
    return render(request, "school/summary/page.html", shown)


class FileForm(forms.Form):
    """Which file somebody wants."""

    kind = forms.ChoiceField(choices=[(key, kind.text) for key, kind in KINDS.items()])


@never_cache
@require_safe
@of_year(Permission.SEE_RESULTS)
def summary_file(request: HttpRequest, at: YearVisit) -> HttpResponse:
    """Hand the summary out as a file."""
    form = FileForm(request.GET)
    if not form.is_valid():
        raise Http404
    found = _summary(at)
    if found.now is None:
        return redirect(_href(at, "summary"))
    made = file_of(found, form.cleaned_data["kind"])
    record_download(at.school_return, made.name, by=at.person)
    return attachment(made.name, made.content, made.content_type)


@of_year(Permission.ISSUE_REPORTS)
def hiding(request: HttpRequest, at: YearVisit) -> HttpResponse:
    """Change of how many pupils a figure must be to be shown."""
    form = HidingForm(posted(request)[0], initial={"hidden_below": hidden_below(at.school_return)})
    if request.method == "POST" and form.is_valid():
        is_changed = change_hidden_below(at.school_return, form.cleaned_data["hidden_below"], by=at.person)
        messages.success(request, "The number is saved." if is_changed else "Nothing was changed.")
        return redirect(_href(at, "summary"))
    return render(request, "school/summary/hiding.html", {"at": at, "form": form, "back_href": _href(at, "summary")})


urlpatterns = [
    path("", summary, name="summary"),
    path("file/", summary_file, name="summary-file"),
    path("small-numbers/", hiding, name="summary-hiding"),
]
