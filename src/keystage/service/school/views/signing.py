"""Signing: who has signed what, signing a class and the return, and the sheets as they were signed."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from keystage.papers.signed import signed_sheet
from keystage.service.accounts.models import Person
from keystage.service.accounts.roles import Permission, Role
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.design.words import join_words
from keystage.service.school.forms.signing import CannotConfirmForm, SignForm
from keystage.service.school.models import Signature
from keystage.service.school.presenters.signing import (
    head_of,
    may_sign,
    sheet_of,
    standing,
    standings,
    title_of,
)
from keystage.service.school.services.signing import Statement, delegations, state
from keystage.service.school.signatures import Part, Signing
from keystage.service.school.snapshot import classes_of, take
from keystage.service.school.views import delegating
from keystage.service.school.views.visiting import YearVisit, of_year


def _in_place_of(at: YearVisit) -> Person | None:
    return None if at.may(Permission.SIGN_RETURN) else head_of(at.person, delegations(at.school))


@of_year(Permission.SEE_RETURN)
@require_safe
def signing(request: HttpRequest, at: YearVisit) -> HttpResponse:
    """Show who has signed what, when, and what has changed since."""
    found = tuple(delegations(at.school))
    in_place_of = None if at.may(Permission.SIGN_RETURN) else head_of(at.person, found)
    signed = Signing.of(at.records)
    shown = {
        "at": at,
        "parts": standings(at, signed, in_place_of),
        "former": signed.former,
        "delegations": found,
        "may_delegate": at.may(Permission.DELEGATE_SIGNING),
        "in_place_of": in_place_of,
        "title_of": title_of,
    }
    return render(request, "school/signing/overview.html", shown)


@of_year(Permission.SIGN_CLASS)
def sign_class(request: HttpRequest, at: YearVisit) -> HttpResponse:
    """Let a teacher sign for a class, or say that they cannot confirm it."""
    return _sign(request, at, Role.TEACHER, request.GET.get("class", ""), None)


@of_year(Permission.SEE_RETURN)
def sign_return(request: HttpRequest, at: YearVisit) -> HttpResponse:
    """Let the headteacher, or whoever they let sign in their place, sign the return."""
    in_place_of = _in_place_of(at)
    if not (at.may(Permission.SIGN_RETURN) or in_place_of):
        raise PermissionDenied(f"You may not {Permission.SIGN_RETURN}.")
    return _sign(request, at, Role.HEAD, "", in_place_of)


def _sign(request: HttpRequest, at: YearVisit, role: Role, class_name: str, in_place_of: Person | None) -> HttpResponse:
    found = Signing.of(at.records)
    part = found.part(role, class_name)
    if part is None:
        raise Http404
    if not may_sign(at, part, in_place_of):
        if at.school_return.is_closed:
            return _to_overview(at)
        raise PermissionDenied("You may sign for your own classes only.")
    sign, cannot = _forms(request, part, found)
    if request.method == "POST":
        form = cannot if "cannot" in request.POST else sign
        if form.is_valid():
            return _state(request, at, part, form, in_place_of)
    shown = {
        "at": at,
        "standing": standing(part, at, is_mine=True),
        "content": classes_of(take(at.records, part.of_class)),
        "sign": sign,
        "cannot": cannot,
        "form": cannot if cannot.is_bound else sign,
        "in_place_of": in_place_of,
        "unsigned": found.unsigned_classes if role is Role.HEAD else (),
        "back_href": reverse("school:signing", kwargs={"organisation": at.school.key, "year": at.school_return.year}),
        "back_text": "Back to signing",
        "statement_of": found.classes if role is Role.HEAD else (),
    }
    return render(request, "school/signing/sign.html", shown)


def _forms(request: HttpRequest, part: Part, found: Signing) -> tuple[SignForm, CannotConfirmForm]:
    is_cannot = "cannot" in request.POST
    data = request.POST if request.method == "POST" else None
    unsigned = join_words([each.name for each in found.unsigned_classes]) if part.role is Role.HEAD else ""
    seen = {"seen": part.fingerprint}
    statement = _CLASS if part.role is Role.TEACHER else _RETURN
    return (
        SignForm(None if is_cannot else data, initial=seen, statement=statement, needs_words=unsigned),
        CannotConfirmForm(data if is_cannot else None, initial=seen, prefix="cannot"),
    )


_CLASS = (
    "I confirm that these are my judgements, made from the pupils’ work against the national standards, and that"
    " nobody is missing."
)
_RETURN = (
    "I confirm that these are the school’s teacher assessments for every pupil who finishes key stage 2 here this year,"
    " and that they may be sent."
)


def _state(
    request: HttpRequest, at: YearVisit, part: Part, form: SignForm | CannotConfirmForm, in_place_of: Person | None
) -> HttpResponseRedirect:
    statement = Statement(
        part.role,
        form.cleaned_data["seen"],
        isinstance(form, SignForm),
        form.cleaned_data.get("words", ""),
        part.class_name,
        in_place_of,
    )
    try:
        made = state(at.school_return, statement, by=at.person, classes=at.visit.classes)
    except NotAllowedNow as refused:
        messages.error(request, str(refused))
        query = f"?{urlencode({'class': part.class_name})}" if part.role is Role.TEACHER else ""
        return HttpResponseRedirect(request.path + query)
    said = "is signed" if made.is_confirmed else "is not signed: everybody sees what you cannot confirm"
    messages.success(request, f"{part.name} {said}.")
    return _to_overview(at)


def _to_overview(at: YearVisit) -> HttpResponseRedirect:
    return redirect("school:signing", organisation=at.school.key, year=at.school_return.year)


def _signature(at: YearVisit, key: str) -> Signature:
    found = Signature.objects.filter(school_return=at.school_return, key=key).select_related("person", "in_place_of")
    signature = found.first()
    if signature is None:
        raise Http404
    return signature


@of_year(Permission.SEE_RETURN)
@require_safe
def signature(request: HttpRequest, at: YearVisit, key: str) -> HttpResponse:
    """Show a sheet as it was signed, fit to be printed."""
    found = _signature(at, key)
    shown = {
        "at": at,
        "signature": found,
        "sheet": sheet_of(found, at.records),
        "back_href": reverse("school:signing", kwargs={"organisation": at.school.key, "year": at.school_return.year}),
        "back_text": "Back to signing",
    }
    return render(request, "school/signing/statement.html", shown)


@of_year(Permission.SEE_RETURN)
@require_safe
def signature_paper(request: HttpRequest, at: YearVisit, key: str) -> HttpResponse:
    """Give a sheet as it was signed, as a PDF."""
    found = _signature(at, key)
    name = f"{found.content['number']}-{at.school_return.year}-signed-{found.at:%Y%m%d}-{found.key}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(signed_sheet(sheet_of(found, at.records)), content_type="application/pdf", headers=headers)


urlpatterns = [
    path("", signing, name="signing"),
    path("class/", sign_class, name="sign-class"),
    path("return/", sign_return, name="sign-return"),
    path("delegate/", delegating.delegate, name="delegate-signing"),
    path("delegate/<int:delegation>/end/", delegating.end, name="end-delegation"),
    path("<str:key>/", signature, name="signature"),
    path("<str:key>/sheet.pdf", signature_paper, name="signature-paper"),
]
