"""The helpdesk: the threads that wait for it, and each of them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from keystage.service.accounts.roles import OrganisationKind, Permission
from keystage.service.gateway.dates import authority_settings, dates_of
from keystage.service.gateway.forms.help import FindForm
from keystage.service.gateway.models import GatewayReturn
from keystage.service.gateway.presenters.help import threads, waiting
from keystage.service.gateway.services.helping import needs_no_answer
from keystage.service.gateway.views.threads import Side, thread_news, thread_page
from keystage.service.gateway.views.visiting import CollectionVisit, of_collection

_PER_PAGE = 50
_guarded = of_collection(Permission.ANSWER_SCHOOLS, OrganisationKind.AGENCY, back="agency:help")


@require_safe
@_guarded
def queue(request: HttpRequest, at: CollectionVisit) -> HttpResponse:
    """List the threads that wait for the helpdesk, the longest first; or all, or those of some schools."""
    form = FindForm(request.GET)
    everything, search = form.chosen
    page = Paginator(threads(at.collection, everything=everything, search=search), _PER_PAGE).get_page(
        request.GET.get("page")
    )
    asked = {"show": "all" if everything else "", "q": search}
    query = urlencode({name: value for name, value in asked.items() if value})
    context = {"at": at, "filter": form, "page": page, "rows": waiting(page.object_list), "query": query}
    return render(request, "agency/help/queue.html", context | {"everything": everything, "search": search})


@require_http_methods(["GET", "HEAD", "POST"])
@_guarded
def thread(request: HttpRequest, at: CollectionVisit, key: str) -> HttpResponse:
    """Show a school's thread with the facts of its return, and take a message."""
    found = _return(at, key)
    dates = dates_of(found, authority_settings(found))
    return thread_page(request, Side(at, found, is_helpdesk=True), "agency/help/thread.html", found=found, dates=dates)


@require_http_methods(["GET", "POST"])
@_guarded
def news(request: HttpRequest, at: CollectionVisit, key: str) -> HttpResponse:
    """Say what is new on a thread, and take a message, for the page's script."""
    return thread_news(request, Side(at, _return(at, key), is_helpdesk=True))


@require_POST
@_guarded
def settle(request: HttpRequest, at: CollectionVisit, key: str) -> HttpResponse:
    """Take a thread out of the queue without an answer."""
    found = _return(at, key)
    needs_no_answer(found, by=at.person)
    messages.success(request, f"The thread of {found.school} is not waiting for the helpdesk any more.")
    return redirect(at.to("agency:help"))


def _return(at: CollectionVisit, key: str) -> GatewayReturn:
    found = (
        GatewayReturn.objects.select_related("collection", "school", "counting", "latest__file")
        .filter(collection=at.collection, key=key)
        .first()
    )
    if found is None:
        raise Http404
    return found


urlpatterns = [
    path("", queue, name="help"),
    path("<str:key>/", thread, name="help-thread"),
    path("<str:key>/news/", news, name="help-news"),
    path("<str:key>/no-answer/", settle, name="help-settle"),
]
