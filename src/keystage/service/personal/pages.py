"""What the pages about one pupil's data show and do; each side says where its own pages are."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from keystage.service.accounts.models import Organisation, Person
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.design.attachment import attachment
from keystage.service.personal.erasing import Plan, why_not
from keystage.service.personal.forms import EraseForm, HoldForm, SureForm
from keystage.service.personal.holds import end_hold, holding, set_hold
from keystage.service.personal.kept import Kept
from keystage.service.personal.subject import Subject


@dataclass(frozen=True)
class Side:
    """One pupil on one side: what can be done there, and where its pages are."""

    subject: Subject
    key: str
    """Of the pupil's row, where a hold is set."""
    school: Organisation
    entries: Sequence[Kept]
    by: Person
    copy: Callable[[], bytes]
    preview: Callable[[], Plan]
    erase: Callable[[str], object]
    may_erase: bool
    href: str
    erase_href: str
    back_href: str
    back_text: str
    after_href: str
    """Where to go once the pupil is erased."""

    @property
    def lines(self) -> list[tuple[str, int]]:
        """What is held of the pupil in rows of their own, and how much."""
        found = [(each.words, each.rows(self.subject).count()) for each in self.entries if each.rows]
        return [(words, count) for words, count in found if count]


def data_page(request: HttpRequest, side: Side) -> HttpResponse:
    """Show what is held of a pupil; give it out; set and end holds."""
    form = HoldForm(request.POST if request.POST.get("what") == "hold" else None)
    what = request.POST.get("what") if request.method == "POST" else ""
    if what == "copy":
        return attachment("what is held.zip", side.copy(), "application/zip")
    if what == "hold" and side.may_erase and form.is_valid():
        set_hold(side.school, form.cleaned_data["reason"], by=side.by, pupil=side.key)
        messages.success(request, "The hold is set. The pupil cannot be erased until it is ended.")
        return redirect(side.href)
    if what == "end" and side.may_erase:
        _end(request, side)
        return redirect(side.href)
    holds = holding([each.pk for each in side.subject.organisations], side.subject.words.keys)
    context = {"side": side, "form": form, "holds": holds, "why_not": why_not(side.subject)}
    return render(request, "personal/pupil.html", context, status=422 if form.errors else 200)


def _end(request: HttpRequest, side: Side) -> None:
    try:
        end_hold(side.school, request.POST.get("hold", ""), by=side.by)
    except NotAllowedNow as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "The hold is ended.")


def erase_page(request: HttpRequest, side: Side) -> HttpResponse:
    """Show what would go and what would stay, ask why, ask again, and erase."""
    is_second = "sure" in request.POST
    form = (SureForm if is_second else EraseForm)(request.POST if request.method == "POST" else None)
    context = {"side": side, "why_not": why_not(side.subject)}
    if request.method == "POST" and form.is_valid() and not context["why_not"]:
        if is_second:
            side.erase(form.cleaned_data["reason"])
            messages.success(request, "The pupil is erased. What was done stays on record, without what it was.")
            return redirect(side.after_href)
        form = SureForm(initial={"reason": form.cleaned_data["reason"]})
        return render(request, "personal/erase_sure.html", {**context, "form": form})
    if is_second:
        return render(request, "personal/erase_sure.html", {**context, "form": form}, status=422)
    plan = side.preview()
    return render(
        request, "personal/erase.html", {**context, "form": form, "plan": plan}, status=422 if form.errors else 200
    )
