"""What a school reported as wrong, answered by the agency."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from keystage.service.accounts.roles import OrganisationKind, Permission
from keystage.service.gateway.views.agency.school import return_in
from keystage.service.gateway.views.marking_right import right_page
from keystage.service.gateway.views.visiting import CollectionVisit, of_collection


@of_collection(Permission.ANSWER_SCHOOLS, OrganisationKind.AGENCY, back="agency:schools")
def right(request: HttpRequest, at: CollectionVisit, key: str, reported: str) -> HttpResponse:
    """Mark something as right."""
    found = return_in(at, key)
    back = (at.to("agency:school-return", key=key), found.school.name)
    return right_page(request, at, found, reported, results=at.may(Permission.RELEASE_RESULTS), back=back)


urlpatterns = [path("<str:reported>/right/", right, name="school-right")]
