"""The register of expected pupils: the list, submitting it, and taking it along as a file."""

from io import BytesIO

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from keystage.service.accounts.roles import Permission
from keystage.service.design.attachment import attachment
from keystage.service.gateway.dates import authority_settings
from keystage.service.gateway.forms.register import FindForm
from keystage.service.gateway.models import Collection
from keystage.service.gateway.presenters.dates import dates_for
from keystage.service.gateway.presenters.register import register_table
from keystage.service.gateway.register import register_of, registered_of
from keystage.service.gateway.services import registering
from keystage.service.gateway.views.visiting import ReturnVisit, of_return, of_school
from keystage.sheets import write_register

_ON_A_PAGE = 250


def may_register(at: ReturnVisit) -> bool:
    """Say whether the person may change the register now."""
    if at.for_agency:
        return at.may(Permission.RUN_COLLECTION)
    return at.may(Permission.REGISTER) and not registering.why_closed(at.collection)


def _is_overdue(collection: Collection) -> bool:
    due = collection.registration_due_at
    return due is not None and due <= timezone.now()


def show(request: HttpRequest, at: ReturnVisit) -> HttpResponse:
    """List the pupils who are expected."""
    form = FindForm(request.GET or None)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    table = register_table(registered_of(at.gateway_return), name=asked.get("name", ""), order=asked.get("order", ""))
    page = Paginator(table.rows, _ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "at": at,
        "table": table,
        "page": page,
        "form": form,
        "is_filtered": bool(asked.get("name")),
        "page_href": f"?{urlencode({name: asked[name] for name in ('name', 'order') if asked.get(name)})}&page=",
        "is_overdue": _is_overdue(at.collection),
        "may_edit": may_register(at),
        "why_closed": "" if at.for_agency else registering.why_closed(at.collection),
    }
    return render(request, "gateway/register/list.html", context)


@of_return(Permission.SEE_GATEWAY)
@require_safe
def dates(request: HttpRequest, at: ReturnVisit) -> HttpResponse:
    """Show a school every date that applies to it."""
    shown = dates_for(at.collection, at.gateway_return, authority_settings(at.gateway_return))
    return render(request, "gateway/register/dates.html", {"at": at, "dates": shown})


def submit(request: HttpRequest, at: ReturnVisit) -> HttpResponseBase:
    """Submit the registration, after a question."""
    if request.method == "POST":
        registering.submit_registration(at.gateway_return, by=at.person, for_agency=at.for_agency)
        messages.success(request, "The registration is submitted. It can still be changed until the cut-off.")
        return redirect(at.here("register"))
    table = register_table(registered_of(at.gateway_return))
    return render(request, "gateway/register/submit.html", {"at": at, "table": table, "may_edit": may_register(at)})


def download(request: HttpRequest, at: ReturnVisit) -> HttpResponse:
    """Give the register as the file that the school's own records can load."""
    sink = BytesIO()
    write_register(register_of(registered_of(at.gateway_return)), sink)
    return attachment(f"{at.gateway_return.number}_register.csv", sink.getvalue(), "text/csv; charset=utf-8")


urlpatterns = [
    path("", of_return(Permission.SEE_GATEWAY)(require_safe(show)), name="register"),
    path("submit/", of_return(Permission.REGISTER)(submit), name="register-submit"),
    path("dates/", dates, name="dates"),
    path("register.csv", of_return(Permission.SEE_GATEWAY)(require_safe(download)), name="register-file"),
]
agency_urlpatterns = [
    path("", of_school(Permission.SEE_COUNTRY)(require_safe(show)), name="register"),
    path("submit/", of_school(Permission.RUN_COLLECTION)(submit), name="register-submit"),
    path("register.csv", of_school(Permission.SEE_COUNTRY)(require_safe(download)), name="register-file"),
]
