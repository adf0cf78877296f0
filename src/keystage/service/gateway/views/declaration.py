"""The headteacher's declaration, and the nil return."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_safe

from keystage.service.accounts.roles import Permission
from keystage.service.gateway.forms.register import DeclareForm, NilForm
from keystage.service.gateway.models import Receipt
from keystage.service.gateway.services import declaring, nil_returns
from keystage.service.gateway.services.attendance import why_closed
from keystage.service.gateway.views.visiting import ReturnVisit, of_return


@of_return(Permission.SEE_GATEWAY)
@require_safe
def declaration(request: HttpRequest, at: ReturnVisit) -> HttpResponse:
    """Show what is declared, by whom and when, or what must be done before."""
    found = at.gateway_return
    context = {
        "at": at,
        "found": found,
        "statements": found.declaration.get("words") or declaring.STATEMENTS,
        "missing": declaring.still_to_submit(found),
        "why_closed": why_closed(found),
        "is_changed": bool(found.declared_at) and found.declaration.get("register_version") != found.register_version,
        "may_declare": at.may(Permission.DECLARE),
    }
    return render(request, "gateway/declaration/page.html", context)


@of_return(Permission.DECLARE)
def declare(request: HttpRequest, at: ReturnVisit) -> HttpResponseBase:
    """Make the declaration."""
    form = DeclareForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        declaring.declare(at.gateway_return, by=at.person)
        messages.success(request, "The declaration is made.")
        return redirect(at.to("gateway:declaration"))
    missing, why = declaring.still_to_submit(at.gateway_return), why_closed(at.gateway_return)
    context = {"at": at, "form": form, "statements": declaring.STATEMENTS, "missing": missing, "why_closed": why}
    return render(request, "gateway/declaration/declare.html", context, status=422 if form.errors else 200)


@of_return(Permission.SUBMIT)
def nil(request: HttpRequest, at: ReturnVisit) -> HttpResponseBase:
    """Send a nil return."""
    form = NilForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        receipt = nil_returns.declare_nil(at.gateway_return, form.cleaned_data["reason"], by=at.person)
        messages.success(request, f"The nil return is accepted. Its receipt is {receipt.number}.")
        return redirect(at.to("gateway:nil"))
    receipts = Receipt.objects.filter(gateway_return=at.gateway_return, submission=None).order_by("-pk")
    context = {
        "at": at,
        "form": form,
        "found": at.gateway_return,
        "receipt": receipts.first() if at.gateway_return.nil_at else None,
        "why_not": nil_returns.why_not(at.gateway_return),
    }
    return render(request, "gateway/declaration/nil.html", context, status=422 if form.errors else 200)


@of_return(Permission.SUBMIT)
def take_back_nil(request: HttpRequest, at: ReturnVisit) -> HttpResponseBase:
    """Take the nil return back, after a question."""
    if request.method == "POST":
        nil_returns.take_back_nil(at.gateway_return, by=at.person)
        messages.success(request, "The nil return is taken back.")
        return redirect(at.to("gateway:register"))
    return render(request, "gateway/declaration/nil_back.html", {"at": at, "found": at.gateway_return})


urlpatterns = [
    path("declaration/", declaration, name="declaration"),
    path("declaration/make/", declare, name="declare"),
    path("nil/", nil, name="nil"),
    path("nil/take-back/", take_back_nil, name="nil-back"),
]
