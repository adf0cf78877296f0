"""Deciding who is in the return, adding from the register, and registering pupils for the tests by hand."""

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path

from keystage.returns.cohort import Verdict
from keystage.service.accounts.roles import Permission
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.design.words import plural
from keystage.service.school.forms.pupils import DecideForm, RegistrationForm
from keystage.service.school.lines import Sorted
from keystage.service.school.presenters.pupil_page import pupil_page
from keystage.service.school.services import pupils, pupils_deciding
from keystage.service.school.views.pupils_editing import pupil_href
from keystage.service.school.views.visiting import YearVisit, of_year
from keystage.years.registration import TestStatus


@of_year(Permission.EDIT_PUPILS)
def decide(request: HttpRequest, at: YearVisit, key: str) -> HttpResponseBase:
    """Decide what becomes of somebody."""
    found = _found_or_404(at, key)
    page = pupil_page(at.records, found, found.pupil)
    about = found.pupil or found.expected
    initial = {"verdict": about.decision, "reason": about.decision_reason} if about else {}
    form = DecideForm(request.POST or None, on_roll=found.pupil is not None, initial=initial)
    if request.method == "POST" and form.is_valid():
        verdict = Verdict(form.cleaned_data["verdict"])
        pupils_deciding.decide(at.school_return, key, verdict, form.cleaned_data["reason"], by=at.person)
        messages.success(request, f"Your decision about {page.name} is kept.")
        return redirect(f"{pupil_href(at, 'pupils')}#pupil-{page.key}")
    return render(request, "school/pupils/decide.html", {"form": form, "page": page})


@of_year(Permission.EDIT_PUPILS)
def withdraw(request: HttpRequest, at: YearVisit, key: str) -> HttpResponseBase:
    """Take a decision back: the rules are followed again."""
    found = _found_or_404(at, key)
    page = pupil_page(at.records, found, found.pupil)
    if request.method == "POST":
        pupils_deciding.decide(at.school_return, key, None, "", by=at.person)
        messages.success(request, f"The decision about {page.name} is taken back.")
        return redirect(f"{pupil_href(at, 'pupils')}#pupil-{page.key}")
    return render(request, "school/pupils/withdraw.html", {"page": page})


@of_year(Permission.EDIT_PUPILS)
def add_from_register(request: HttpRequest, at: YearVisit) -> HttpResponseBase:
    """Put pupils on the roll who are only on the register."""
    entries = [each.expected for each in at.records.cohort if each.expected and not each.pupil]
    if request.method == "POST":
        shown = {entry.key for entry in entries}
        chosen = [key for key in request.POST.getlist("entry") if key in shown]
        made = pupils.add_from_register(at.school_return, chosen, by=at.person)
        if not made:
            raise NotAllowedNow("Nobody was added: choose somebody who is not on the roll yet.")
        messages.success(request, f"{plural(len(made), 'pupil')} added to the roll.")
        return redirect(pupil_href(at, "pupils"))
    return render(request, "school/pupils/add_from_register.html", {"entries": entries})


@of_year(Permission.EDIT_PUPILS)
def registration(request: HttpRequest, at: YearVisit, key: str) -> HttpResponseBase:
    """Say by hand where a pupil stands for each test."""
    found = _found_or_404(at, key)
    page = pupil_page(at.records, found, found.pupil)
    entry = found.expected
    names = (*pupils_deciding.TESTS, "status")
    initial = {name: getattr(entry, name) if entry else TestStatus.REGISTERED for name in names}
    form = RegistrationForm(request.POST or None, registration=at.records.year.registration, initial=initial)
    if request.method == "POST" and form.is_valid():
        pupils_deciding.register(at.school_return, key, form.tests, form.status, by=at.person)
        messages.success(request, f"The registration of {page.name} is saved.")
        return redirect(pupil_href(at, "pupil", page.key))
    return render(request, "school/pupils/registration.html", {"form": form, "page": page, "entry": entry})


def _found_or_404(at: YearVisit, key: str) -> Sorted:
    found = pupils_deciding.find(at.records, key)
    if found is None:
        raise Http404
    return found


urlpatterns = [
    path("from-register/", add_from_register, name="pupils-from-register"),
    path("<str:key>/decide/", decide, name="pupil-decide"),
    path("<str:key>/undecide/", withdraw, name="pupil-withdraw"),
    path("<str:key>/tests/", registration, name="pupil-tests"),
]
