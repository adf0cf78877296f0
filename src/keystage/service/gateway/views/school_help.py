"""A school's thread with the helpdesk, on its return."""

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_http_methods

from keystage.service.accounts.roles import Permission
from keystage.service.gateway.views.threads import Side, thread_news, thread_page
from keystage.service.gateway.views.visiting import ReturnVisit, of_return


@require_http_methods(["GET", "HEAD", "POST"])
@of_return(Permission.SEE_GATEWAY)
def thread(request: HttpRequest, at: ReturnVisit) -> HttpResponse:
    """Show the thread, and take a message."""
    return thread_page(request, Side(at, at.gateway_return, is_helpdesk=False), "gateway/help/thread.html")


@require_http_methods(["GET", "POST"])
@of_return(Permission.SEE_GATEWAY)
def news(request: HttpRequest, at: ReturnVisit) -> HttpResponse:
    """Say what is new on the thread, and take a message, for the page's script."""
    return thread_news(request, Side(at, at.gateway_return, is_helpdesk=False))


urlpatterns = [
    path("", thread, name="help"),
    path("news/", news, name="help-news"),
]
