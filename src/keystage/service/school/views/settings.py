"""The settings of a school."""

from dataclasses import asdict

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import path, reverse

from keystage.service.accounts.roles import Permission
from keystage.service.accounts.visit import Visit, needs
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.design.posted import posted
from keystage.service.school.forms.settings import FileForm, NumberForm, SchoolForm
from keystage.service.school.models import ExportSettings
from keystage.service.school.outgoing import settings_of
from keystage.service.school.services.returns import change_number
from keystage.service.school.services.settings import FileSettings, change_file_settings, change_school


def _back(visit: Visit) -> HttpResponseRedirect:
    return redirect("school:settings", organisation=visit.organisation.key)


@needs(Permission.CHANGE_SETTINGS)
def settings(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the settings, and change the school's name or how its files are made."""
    school = visit.organisation
    which = request.POST.get("which", "")
    of_school = SchoolForm(
        request.POST if which == "school" else None, initial={"name": school.name, "urn": school.urn}
    )
    of_files = FileForm(request.POST if which == "files" else None, initial=_held(settings_of(school)))
    if of_school.is_bound and of_school.is_valid():
        return _saved(request, visit, change_school(school, **of_school.cleaned_data, by=visit.person))
    if of_files.is_bound and of_files.is_valid():
        wanted = FileSettings(**of_files.cleaned_data)
        return _saved(request, visit, change_file_settings(school, wanted, by=visit.person))
    shown = {
        "school": school,
        "of_school": of_school,
        "of_files": of_files,
        "form": of_files if of_files.is_bound else of_school,
        "may_set_token": visit.may(Permission.MANAGE_TOKENS),
        "former": school.former_numbers.order_by("-until", "-pk"),
    }
    return render(request, "school/settings/page.html", shown)


def _held(found: ExportSettings) -> dict[str, object]:
    held = FileSettings(found.folder_name, found.destination, found.security_message, found.include_former_upn)
    return asdict(held)


def _saved(request: HttpRequest, visit: Visit, is_changed: bool) -> HttpResponseRedirect:
    messages.success(request, "The settings are saved." if is_changed else "Nothing was changed.")
    return _back(visit)


@needs(Permission.CHANGE_SETTINGS)
def number(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Give the school a new DfE number."""
    form = NumberForm(posted(request)[0])
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            change_number(visit.organisation, data["number"], until=data["until"], by=visit.person)
        except NotAllowedNow as refused:
            form.add_error("number", str(refused))
        else:
            messages.success(request, "The number is changed. Years that are still open are returned under it.")
            return _back(visit)
    back = reverse("school:settings", kwargs={"organisation": visit.organisation.key})
    shown = {"school": visit.organisation, "form": form, "back_href": back}
    return render(request, "school/settings/number.html", shown)


urlpatterns = [path("", settings, name="settings"), path("number/", number, name="change-number")]
