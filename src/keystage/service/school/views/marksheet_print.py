"""The marksheet on paper and as a workbook: what to print is chosen on a page, and downloaded."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, path, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from keystage.service.accounts.roles import Permission
from keystage.service.school.presenters.marksheet_left import class_label
from keystage.service.school.presenters.marksheet_paper import Wanted, paper
from keystage.service.school.presenters.marksheet_show import NO_CLASS
from keystage.service.school.services.downloads import record_download
from keystage.service.school.views.visiting import YearVisit, of_year


class PrintForm(forms.Form):
    """What somebody wants to print."""

    kind = forms.ChoiceField(
        label="What do you need?",
        choices=[("pdf", "A PDF to print"), ("xlsx", "An Excel workbook")],
        widget=forms.RadioSelect,
        initial="pdf",
        error_messages={"required": "Choose a PDF or a workbook"},
    )
    codes = forms.ChoiceField(
        label="With the judgements entered so far?",
        choices=[("filled", "Yes, filled"), ("blank", "No, blank")],
        widget=forms.RadioSelect,
        initial="filled",
        error_messages={"required": "Choose filled or blank"},
    )

    def __init__(self, *args: object, classes: tuple[str, ...], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        names = [(name or NO_CLASS, class_label(name)) for name in classes]
        self.fields["class"] = forms.ChoiceField(
            label="Which pupils?", choices=[("", "All classes"), *names], required=False, widget=forms.RadioSelect
        )

    @property
    def wanted(self) -> Wanted:
        """What was chosen."""
        chosen = self.cleaned_data
        return Wanted(chosen["kind"], chosen["class"], chosen["codes"] == "blank")


@never_cache
@require_safe
@of_year(Permission.SEE_RETURN)
def choose(request: HttpRequest, at: YearVisit) -> HttpResponse:
    """Ask what to print."""
    return _ask(request, at, PrintForm(classes=at.records.classes, initial={"class": request.GET.get("class", "")}))


@never_cache
@require_safe
@of_year(Permission.SEE_RETURN)
def download(request: HttpRequest, at: YearVisit) -> HttpResponse:
    """Hand out the marksheet as a file."""
    form = PrintForm(request.GET, classes=at.records.classes)
    if not form.is_valid() or not at.records.lines:
        return _ask(request, at, form)
    made = paper(at, form.wanted)
    record_download(at.school_return, made.name, by=at.person)
    response = HttpResponse(made.content, content_type=made.content_type)
    response["Content-Disposition"] = f'attachment; filename="{made.name}"'
    return response


def _ask(request: HttpRequest, at: YearVisit, form: PrintForm) -> HttpResponse:
    return render(request, "school/marksheet_print.html", {"at": at, "form": form, "import_href": _import_href(at)})


def _import_href(at: YearVisit) -> str:
    """Return where a workbook is brought back in; nothing where there is no such page."""
    try:
        return reverse("school:import", kwargs={"organisation": at.school.key, "year": at.school_return.year})
    except NoReverseMatch:
        return ""


urlpatterns = [
    path("print/", choose, name="marksheet-print"),
    path("print/file/", download, name="marksheet-download"),
]
