"""One school's return, as its authority or its trust sees it; asking the school to send again."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from keystage.service.accounts.roles import Permission
from keystage.service.authority.views.visiting import of_authority, of_schools, return_at
from keystage.service.gateway.dates import authority_settings
from keystage.service.gateway.presenters.moderation import moderation_of
from keystage.service.gateway.presenters.provisional_report import reported_of
from keystage.service.gateway.presenters.seen import seen
from keystage.service.gateway.views.seen_school import SchoolPages
from keystage.service.gateway.views.visiting import CollectionVisit

_PAGES = SchoolPages("authority:school", "authority:receipt", "authority:receipt-pdf")


@of_schools()
@require_safe
def school(request: HttpRequest, at: CollectionVisit, key: str) -> HttpResponse:
    """Show a school's return: its numbers by name, its files, what was found, its receipts."""
    found = return_at(at, key)
    shown = seen(found, authority_settings(found))
    may_ask = at.may(Permission.UPLOAD_FOR_SCHOOLS) and bool(shown.files) and shown.dates.is_open
    context = {
        "at": at, "seen": shown, "may_ask": may_ask, "pages": {"file": "authority:file", "receipt": _PAGES.receipt},
        "reported": reported_of(shown.found, results=at.may(Permission.TAKE_RESULTS)),
        "moderation": moderation_of(shown.found),
        "may_answer": at.may(Permission.ANSWER_CORRECTIONS), "may_see_figures": at.may(Permission.SEE_FIGURES),
    }  # fmt: skip
    return render(request, "authority/school.html", context)


@of_schools()
@require_safe
def file(request: HttpRequest, at: CollectionVisit, key: str, file: str) -> HttpResponse:
    """Show what was found in one file of a school."""
    return _PAGES.show_file(request, at, return_at(at, key), file)


@of_authority(Permission.UPLOAD_FOR_SCHOOLS)
def ask(request: HttpRequest, at: CollectionVisit, key: str) -> HttpResponse:
    """Ask a school to send again."""
    return _PAGES.ask(request, at, return_at(at, key))


@of_schools()
@require_safe
def receipt(request: HttpRequest, at: CollectionVisit, key: str, number: str) -> HttpResponse:
    """Show a receipt, as the school has it."""
    return _PAGES.show_receipt(request, at, return_at(at, key), number)


@of_schools()
@require_safe
def receipt_pdf(request: HttpRequest, at: CollectionVisit, key: str, number: str) -> HttpResponse:
    """Give a receipt as a PDF, as the school has it."""
    return _PAGES.give_receipt(request, at, return_at(at, key), number)


urlpatterns = [
    path("", school, name="school"),
    path("ask/", ask, name="ask"),
    path("file/<str:file>/", file, name="file"),
    path("receipt/<str:number>/", receipt, name="receipt"),
    path("receipt/<str:number>/pdf/", receipt_pdf, name="receipt-pdf"),
]
