"""The pupils of a year: the cohort table, which says of everybody whether they are in the return, and why."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, URLResolver, include, path

from keystage.returns.cohort import Verdict
from keystage.service.accounts.roles import Permission
from keystage.service.school.forms.pupils import FilterForm
from keystage.service.school.models import Pupil
from keystage.service.school.presenters.cohort import Shown, cohort_table
from keystage.service.school.views import incoming, pupils_data, pupils_deciding, pupils_editing, pupils_one
from keystage.service.school.views.visiting import YearVisit, of_year


@of_year(Permission.SEE_RETURN)
def pupils(request: HttpRequest, at: YearVisit) -> HttpResponse:
    """Show roll and register side by side in four groups; those to decide about first."""
    classes = sorted({pupil.class_name for pupil in at.records.pupils}, key=str.casefold)
    form = FilterForm(request.GET or None, classes=classes)
    shown = _shown(form)
    context = {
        "table": cohort_table(at.records, shown),
        "form": form,
        "is_filtered": shown != Shown(),
        "removed": Pupil.objects.filter(school_return=at.school_return).exclude(removed_at=None).order_by("surname"),
        "may_edit": may_edit(at),
        "may_import": at.may(Permission.IMPORT_JUDGEMENTS) and not at.school_return.is_closed,
    }
    return render(request, "school/pupils/cohort.html", context)


def may_edit(at: YearVisit) -> bool:
    """Say whether the person may change pupils now."""
    return at.may(Permission.EDIT_PUPILS) and not at.school_return.is_closed


def _shown(form: FilterForm) -> Shown:
    """Return what is to be shown; a choice that is none of the form's shows everything."""
    if not form.is_bound or not form.is_valid():
        return Shown()
    asked = form.cleaned_data
    class_name = asked["class_name"][1:] if asked["class_name"] else None
    return Shown(class_name, Verdict(asked["verdict"]) if asked["verdict"] else None, asked["name"])


urlpatterns: list[URLPattern | URLResolver] = [
    path("", pupils, name="pupils"),
    path("import/", include(incoming.urlpatterns)),
    *pupils_editing.urlpatterns,
    *pupils_deciding.urlpatterns,
    *pupils_data.urlpatterns,
    *pupils_one.urlpatterns,
]
