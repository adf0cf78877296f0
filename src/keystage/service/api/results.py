"""Results: what was released for an organisation, from its second on and not before."""

from http import HTTPStatus

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from ninja import Router

from keystage.service.accounts.models import ApiToken, Scope
from keystage.service.api import shapes
from keystage.service.api.addresses import ResultsKey, Year
from keystage.service.api.asking import collection_of, token_of
from keystage.service.api.bearer import Token
from keystage.service.api.described import file_answer, link
from keystage.service.api.refusals import Refused
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.design.words import moment_words
from keystage.service.gateway.models import FileKind, PreparedFile
from keystage.service.gateway.released import PENDING, standing_of
from keystage.service.gateway.services.results_releasing import files_of, open_prepared
from keystage.service.gateway.views.results import as_download

router = Router(tags=["Results"], auth=Token(Scope.RESULTS))


_LINKS = {"download": link("download_results", "Each file of the list.", key="$response.body#/files/0/key")}


@router.get(
    "/returns/{int:year}/results",
    response=shapes.Results,
    url_name="results",
    summary="List the results",
    openapi_extra={"responses": {200: {"links": _LINKS}}},
)
def list_results(request: HttpRequest, year: Year) -> shapes.Results:
    """List the files that have been released for the organisation, and say when the next are."""
    organisation, now = token_of(request).organisation, timezone.now()
    standing = standing_of(collection_of(organisation, year), now)
    files = [each for release in standing.released for each in files_of(organisation, release, now)]
    return shapes.Results(
        year=year, release_at=standing.awaited_at, files=[_file(request, year, each) for each in files]
    )  # fmt: skip


_FILE = file_answer("The file itself.", "text/csv", "application/xml", "application/pdf", "application/zip")


@router.get(
    "/returns/{int:year}/results/{str:key}",
    url_name="results_file",
    summary="Download results",
    openapi_extra={"responses": {200: _FILE}},
)
def download_results(request: HttpRequest, year: Year, key: ResultsKey) -> FileResponse | HttpResponseBase:
    """Download a file of results. Before its second it is refused (403)."""
    token = token_of(request)
    try:
        found = open_prepared(token.organisation, year, key, by=token.made_by, token=token.key)
    except NotAllowedNow as refused:
        raise Refused(HTTPStatus.SERVICE_UNAVAILABLE, str(refused), wait=60) from None
    if found is None:
        raise _why_not(token, year, key)
    return as_download(found)


def _why_not(token: ApiToken, year: int, key: str) -> Exception:
    """Return why there is no such file to be had: it may be one that comes yet."""
    waiting = PreparedFile.objects.filter(
        organisation=token.organisation, release__collection__year=year, key=key, release__stage__in=PENDING
    ).exclude(kind=FileKind.NONE).select_related("release").first()  # fmt: skip
    if waiting is None:
        return Http404()
    at = waiting.release.release_at
    when = f"from {moment_words(at)}" if at else "at a time that is not set yet"
    return Refused(HTTPStatus.FORBIDDEN, f"These results are not released yet. They can be had {when}.")


def _file(request: HttpRequest, year: int, each: PreparedFile) -> shapes.ResultsFile:
    assert each.release.release_at is not None  # noqa: S101 - only released files are listed
    address = reverse("api-v1:results_file", kwargs={"year": year, "key": each.key})
    return shapes.ResultsFile(
        key=each.key, name=each.name, kind=FileKind(each.kind), size=each.size, sha256=each.sha256, pupils=each.pupils,
        release=each.release.serial, released_at=each.release.release_at, href=request.build_absolute_uri(address),
    )  # fmt: skip
