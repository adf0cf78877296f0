"""For whom a program asks: the organisation of its token, and what is there of it."""

from django.db.models import F
from django.http import Http404, HttpRequest

from keystage.service.accounts.models import ApiToken
from keystage.service.accounts.roles import OrganisationKind
from keystage.service.config.ready_query import ReadyQuery
from keystage.service.gateway.models import GatewayReturn, Submission
from keystage.service.gateway.views.visiting import collection_of

_RETURNS = ReadyQuery(
    lambda year, school: GatewayReturn.objects.filter(
        collection__year=year, collection__is_practice=F("school__is_practice"), school=school
    ).select_related("collection", "school")
)


def token_of(request: HttpRequest) -> ApiToken:
    """Return the token of a request that was let in."""
    token: ApiToken = request.auth  # type: ignore[attr-defined]
    return token


def return_of(request: HttpRequest, year: int) -> GatewayReturn:
    """Return the return of the school that the token is of.

    Raises:
        Http404: it is no school, or takes no part in the collection of the year.
    """
    school = token_of(request).organisation
    if school.kind != OrganisationKind.SCHOOL:
        raise Http404
    found = _RETURNS.first(year=year, school=school.pk)
    if found is None:
        raise Http404
    return found


def submission_of(request: HttpRequest, year: int, key: str) -> Submission:
    """Return a file that arrived for the school.

    Raises:
        Http404: there is none with this key, or it is another's.
    """
    found = (
        Submission.objects.filter(gateway_return=return_of(request, year), key=key)
        .select_related("file", "by", "receipt", "gateway_return__collection", "gateway_return__school")
        .first()
    )
    if found is None:
        raise Http404
    return found


__all__ = ["collection_of", "return_of", "submission_of", "token_of"]
