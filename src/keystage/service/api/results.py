"""Results: what was released for an organisation, from its second on and not before."""

from http import HTTPStatus

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from ninja import Router

from keystage.service.accounts.models import ApiToken, Scope
from keystage.service.api import shapes
from keystage.service.api.asking import collection_of, token_of
from keystage.service.api.bearer import Token
from keystage.service.api.refusals import Refused
from keystage.service.design.attachment import attachment
from keystage.service.design.words import moment_words
from keystage.service.events.kinds import Kind
from keystage.service.events.record import record
from keystage.service.files.store import get
from keystage.service.gateway.models import FileKind, PreparedFile, Release, ReleaseStage

router = Router(tags=["Results"], auth=Token(Scope.RESULTS))
_KINDS = {"csv": "text/csv", "ctf": "application/xml", "letters": "application/pdf", "zip": "application/zip"}


@router.get("/returns/{int:year}/results", response=shapes.Results, url_name="results", summary="List the results")
def results(request: HttpRequest, year: int) -> shapes.Results:
    """List the files that have been released for the organisation, and say when the next are."""
    organisation, now = token_of(request).organisation, timezone.now()
    collection = collection_of(organisation, year)
    released = PreparedFile.objects.filter(
        organisation=organisation, release__collection=collection, release__stage=ReleaseStage.READY,
        release__release_at__lte=now,
    ).exclude(kind=FileKind.NONE).select_related("release").order_by("-release__serial", "kind")  # fmt: skip
    following = (
        Release.objects.filter(collection=collection, release_at__gt=now)
        .exclude(stage__in=(ReleaseStage.WITHDRAWN, ReleaseStage.REFUSED))
        .order_by("release_at")
        .values_list("release_at", flat=True)
    )
    files = [_file(request, year, each) for each in released]
    return shapes.Results(year=year, release_at=following.first(), files=files)


@router.get("/returns/{int:year}/results/{str:key}", url_name="results_file", summary="Download results")
def results_file(request: HttpRequest, year: int, key: str) -> HttpResponse:
    """Download a file of results. Before its second it is refused (403)."""
    token = token_of(request)
    found = (
        PreparedFile.objects.filter(organisation=token.organisation, release__collection__year=year, key=key)
        .exclude(kind=FileKind.NONE)
        .select_related("release")
        .first()
    )
    if found is None or found.release.stage == ReleaseStage.WITHDRAWN:
        raise Http404
    at = found.release.release_at
    if found.release.stage != ReleaseStage.READY or at is None or timezone.now() < at:
        when = f"from {moment_words(at)}" if at else "at a time that is not set yet"
        raise Refused(HTTPStatus.FORBIDDEN, f"These results are not released yet. They can be had {when}.")
    try:
        content = get(found.sha256)
    except OSError:
        words = f"{found.name} cannot be read just now. Try again in a few minutes, then write to the helpdesk."
        raise Refused(HTTPStatus.SERVICE_UNAVAILABLE, words, wait=60) from None
    _taken(found, token, year)
    return attachment(found.name, content, _KINDS.get(found.kind, "application/octet-stream"))


@transaction.atomic
def _taken(found: PreparedFile, token: ApiToken, year: int) -> None:
    record(
        Kind.RESULTS_TAKEN, by=token.made_by, organisation=token.organisation, year=year, target=found.key,
        file=found.name, token=token.key,
    )  # fmt: skip


def _file(request: HttpRequest, year: int, each: PreparedFile) -> shapes.ResultsFile:
    assert each.release.release_at is not None  # noqa: S101 - only released files are listed
    address = reverse("api-v1:results_file", kwargs={"year": year, "key": each.key})
    return shapes.ResultsFile(
        key=each.key, name=each.name, kind=each.kind, size=each.size, sha256=each.sha256, pupils=each.pupils,
        release=each.release.serial, released_at=each.release.release_at, href=request.build_absolute_uri(address),
    )  # fmt: skip
