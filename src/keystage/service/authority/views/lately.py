"""What happened lately to the returns of an authority's schools."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from keystage.service.authority.views.visiting import of_schools
from keystage.service.gateway.presenters.happened import happened_in
from keystage.service.gateway.queries import lately
from keystage.service.gateway.views.visiting import CollectionVisit

_PER_PAGE = 50


@of_schools()
@require_safe
def happened(request: HttpRequest, at: CollectionVisit) -> HttpResponse:
    """Show new files, acceptances and requests to send again, the latest first."""
    page = Paginator(lately(at.collection, at.organisation), _PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "authority/lately.html", {"at": at, "page": page, "lines": happened_in(page.object_list)})
