"""Sending files, what the checks say of them, answering and confirming."""

from http import HTTPStatus
from typing import Annotated

from django.db import transaction
from django.http import HttpRequest
from ninja import File, Router, Status
from ninja.files import UploadedFile
from ninja.params.functions import Header
from pydantic import WithJsonSchema

from keystage.ctf.limits import LIMITS
from keystage.service.accounts.models import Scope
from keystage.service.api import said, shapes
from keystage.service.api.addresses import Key, Year
from keystage.service.api.asking import return_of, submission_of, token_of
from keystage.service.api.bearer import Token
from keystage.service.api.described import link
from keystage.service.api.refusals import Refused
from keystage.service.gateway.models import Route, Stage, Submission
from keystage.service.gateway.services.answering import answer
from keystage.service.gateway.services.checking import check
from keystage.service.gateway.services.deciding import confirm as let_count
from keystage.service.gateway.services.receiving import Arrival, receive

router = Router(tags=["Files"], auth=Token(Scope.SEND))
_LONGEST_KEY = 100
_KEY_SAYS = (
    "The fingerprint of the return, or anything else that stands for this file alone: up to"
    f" {_LONGEST_KEY} letters, figures and signs of ASCII. Where none is given, the hash of the file stands for it."
)
_Idempotency = Annotated[
    str,
    WithJsonSchema({"type": "string", "pattern": f"^[ -~]{{0,{_LONGEST_KEY}}}$"}),
    Header("", alias="Idempotency-Key", description=_KEY_SAYS),
]
_OF_THE_FILE = {"key": "$response.body#/key"}
_LINKS = {
    "findings": link("read_findings", "What the checks say of it.", **_OF_THE_FILE),
    "answer": link("answer_queries", "Where stage is “queries to answer”.", **_OF_THE_FILE),
    "confirm": link("confirm_difference", "Where stage is “difference to confirm”.", **_OF_THE_FILE),
    "receipt": link("read_receipt", "Where status is “accepted”.", number="$response.body#/receipt"),
}


@router.post(
    "/returns/{int:year}/files",
    response={200: shapes.Arrived, 201: shapes.Arrived},
    url_name="files",
    summary="Send a file",
    openapi_extra={
        "responses": {
            200: {"description": "It had arrived before, and counts once.", "links": _LINKS},
            201: {"description": "It has arrived and is kept. Whether it counts, its “status” says.", "links": _LINKS},
        }
    },
)
def send_file(
    request: HttpRequest,
    year: Year,
    file: Annotated[UploadedFile, File(description="A Common Transfer File, or a filled template: xlsx or csv.")],
    idempotency_key: _Idempotency = "",
) -> Status[shapes.Arrived]:
    """Send a Common Transfer File or a filled template. It is kept before this answers, and checked at once.

    Give the fingerprint of the return, or anything else that stands for this file alone, as Idempotency-Key: where no
    answer came, send the same again with the same key, and it counts once. A file with errors is kept and changes
    nothing; one without, its queries answered, counts at once where nothing counted before, else once its difference is
    confirmed.
    """
    if file.size is not None and file.size > LIMITS.size:
        raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    token = token_of(request)
    arrival = Arrival(
        file.name or "", file.read(), token.organisation, token.made_by, Route.API, token, _key(idempotency_key)
    )
    found = receive(return_of(request, year), arrival)
    is_new = found.stage == Stage.RECEIVED
    if is_new:
        found = check(found, by=token.made_by)
    return Status(201 if is_new else 200, said.arrived(request, found))


@router.get("/returns/{int:year}/files", response=list[shapes.Arrived], url_name="files", summary="List the files")
def list_files(request: HttpRequest, year: Year) -> list[shapes.Arrived]:
    """List the last hundred files that arrived for the school, the latest first."""
    found = Submission.objects.filter(gateway_return=return_of(request, year)).select_related(
        "file", "receipt", "gateway_return__collection", "gateway_return__school"
    )
    return [said.arrived(request, each) for each in found.defer("report").order_by("-serial")[:100]]


@router.get("/returns/{int:year}/files/{str:key}", response=shapes.Read, url_name="file", summary="Read the findings")
def read_findings(request: HttpRequest, year: Year, key: Key) -> shapes.Read:
    """Say what has become of a file, with everything that the checks say of it."""
    return said.read(request, submission_of(request, year, key))


@router.post(
    "/returns/{int:year}/files/{str:key}/answers",
    response=shapes.Arrived,
    url_name="answers",
    summary="Answer queries",
)
def answer_queries(request: HttpRequest, year: Year, key: Key, body: shapes.Answers) -> shapes.Arrived:
    """Answer queries, each with the reason why it is right. Only a person can know; a program passes it on."""
    asked: dict[str, list[str]] = {}
    for each in body.answers:
        asked.setdefault(each.text, []).append(each.asks)
    found = submission_of(request, year, key)
    with transaction.atomic():  # all of them, or none
        for text, hashes in asked.items():
            found = answer(found, hashes, text, by=token_of(request).made_by)
    return said.arrived(request, found)


@router.post(
    "/returns/{int:year}/files/{str:key}/confirm",
    response=shapes.Arrived,
    url_name="confirm",
    summary="Confirm the difference",
)
def confirm_difference(request: HttpRequest, year: Year, key: Key, body: shapes.Confirmation) -> shapes.Arrived:
    """Confirm what the file changes of what counts, as the difference said; then it counts.

    Where something else counts by now, nothing happens: look at the difference again (409).
    """
    found = submission_of(request, year, key)
    if found.stage != Stage.APPLIED:  # else its answer was lost: what counts, counts
        found = let_count(found, body.held, by=token_of(request).made_by)
    if found.stage == Stage.TO_CONFIRM:
        raise Refused(HTTPStatus.CONFLICT, "What counts has changed since. Look at the difference again, then confirm.")
    if found.stage != Stage.APPLIED:
        raise Refused(HTTPStatus.CONFLICT, f"This file cannot be confirmed. {said.message_about(found)}")
    return said.arrived(request, found)


def _key(given: str) -> str:
    if len(given) > _LONGEST_KEY or not given.isascii() or not (given.isprintable() or not given):
        words = f"An Idempotency-Key has up to {_LONGEST_KEY} letters, figures and signs of ASCII."
        raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, words)
    return given
