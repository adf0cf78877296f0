"""The results of a school's year: those in force, those before them, and undoing."""

from io import BytesIO

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_safe

from keystage.service.accounts.roles import Permission
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.design.attachment import attachment
from keystage.service.school import results
from keystage.service.school.forms.results import UndoForm
from keystage.service.school.models import ResultsLoad
from keystage.service.school.presenters.results import changed_by, load_rows, rows_of, test_names
from keystage.service.school.services.incoming_results import undo
from keystage.service.school.views import incoming_results
from keystage.service.school.views.incoming_uploads import href_of
from keystage.service.school.views.visiting import YearVisit, of_year
from keystage.sheets.results import write_results


@of_year(Permission.SEE_RESULTS)
@require_safe
def overview(request: HttpRequest, at: YearVisit) -> HttpResponse:
    """Show the results that are in force; before there are any, when they come and how."""
    return _page(request, at, results.in_force(at.school_return))


@of_year(Permission.SEE_RESULTS)
@require_safe
def one(request: HttpRequest, at: YearVisit, key: str) -> HttpResponse:
    """Show results that were accepted once, whether they are in force or not."""
    return _page(request, at, _load(at, key))


def _page(request: HttpRequest, at: YearVisit, load: ResultsLoad | None) -> HttpResponse:
    year, order = at.records.year, "class" if request.GET.get("order") == "class" else "name"
    loads = load_rows(at.school_return)
    context = {
        "load": load,
        "loads": loads,
        "state": next((each.state for each in loads if load and each.load.pk == load.pk), ""),
        "rows": rows_of(load, year, order) if load else (),
        "order": order,
        "tests": test_names(year),
        "changed": changed_by(load, year) if load else None,
        "released": year.find_date("results_released"),
        "gateway": year.gateway,
        "may_import": at.may(Permission.IMPORT_RESULTS),
    }
    return render(request, "school/results/page.html", context)


@of_year(Permission.SEE_RESULTS)
@require_safe
def as_csv(request: HttpRequest, at: YearVisit, key: str) -> HttpResponse:
    """Give results as a CSV file with the columns of the national one."""
    sink = BytesIO()
    write_results(results.core_results(_load(at, key)), sink, at.records.year)
    name = f"{at.school_return.number}_KS2_results_{at.school_return.year}.csv"
    return attachment(name, sink.getvalue(), "text/csv; charset=utf-8")


@of_year(Permission.IMPORT_RESULTS)
def undo_results(request: HttpRequest, at: YearVisit, key: str) -> HttpResponse:
    """Ask why the results in force are to be undone, and undo them."""
    load = _load(at, key)
    form = UndoForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            undo(load, form.cleaned_data["reason"], by=at.person)
        except NotAllowedNow as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, "The import of the results is undone.")
        return redirect(href_of(at, "results"))
    context = {"load": load, "form": form, "earlier": results.before(load)}
    return render(request, "school/results/undo.html", context)


def _load(at: YearVisit, key: str) -> ResultsLoad:
    loads = ResultsLoad.objects.select_related("school_return", "incoming__file", "accepted_by", "undone_by")
    found = loads.filter(school_return=at.school_return, key=key).first()
    if found is None:
        raise Http404
    return found


urlpatterns = [
    path("", overview, name="results"),
    *incoming_results.urlpatterns,
    path("<str:key>/", one, name="results-load"),
    path("<str:key>/results.csv", as_csv, name="results-csv"),
    path("<str:key>/undo/", undo_results, name="results-undo"),
]
