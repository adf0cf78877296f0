"""The interface, version 1: its routes, and the words for everything that goes wrong."""

import logging
from http import HTTPStatus
from typing import Any

from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from ninja.errors import HttpError, ValidationError
from ninja.parser import Parser

from keystage import __version__
from keystage.service.api import expected, files, receipts, results
from keystage.service.api.described import Described
from keystage.service.api.refusals import Refused, refusal
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.gateway.services.receiving import NotKept

_log = logging.getLogger(__name__)
NO_FILE = "Send the file whole, as multipart/form-data, in the field “file”, with its name."
_ABOUT = """What a management information system does with the gateway for a school: send the return, read its findings
and receipt, fetch the expected pupils, fetch the results. Each request carries a token of the organisation, which its
headteacher or account manager makes: `Authorization: Bearer ks_…`. Whatever goes wrong is said in JSON as
`{"message": "…"}`, in words for a person. Keystage has not been tried against the real national service, and this
interface is its own."""


class OnlyJson(Parser):
    """Reads bodies that say that they are JSON: what a form or a page of somebody else's can send is not taken."""

    def parse_body(self, request: HttpRequest) -> Any:
        """Return what is in the body.

        Raises:
            Refused: it is said to be something else.
        """
        if request.content_type != "application/json":
            raise Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
        return super().parse_body(request)


api = Described(
    title="Keystage gateway",
    version=f"1 (Keystage {__version__})",
    description=_ABOUT,
    parser=OnlyJson(),
    docs_url=None,
    openapi_url="/openapi.json",
    urls_namespace="api-v1",
)
for _each in (files, receipts, expected, results):
    api.add_router("", _each.router)


@api.exception_handler(NotKept)
def _not_kept(_request: HttpRequest, fault: NotKept) -> HttpResponse:
    return refusal(503, str(fault), wait=60)


@api.exception_handler(Refused)
def _refused(_request: HttpRequest, fault: Refused) -> HttpResponse:
    return refusal(fault.status, str(fault), wait=fault.wait)


@api.exception_handler(NotAllowedNow)
def _not_now(_request: HttpRequest, fault: NotAllowedNow) -> HttpResponse:
    return refusal(409, str(fault))


@api.exception_handler(Http404)
def _nothing_there(_request: HttpRequest, _fault: Http404) -> HttpResponse:
    return refusal(404)


@api.exception_handler(ValidationError)
def _not_right(request: HttpRequest, fault: ValidationError) -> HttpResponse:
    words = " ".join(map(_words, fault.errors[:20]))
    is_other_kind = words == NO_FILE and request.content_type != "multipart/form-data"
    return refusal(415 if is_other_kind else 422, words)


@api.exception_handler(HttpError)
def _unreadable(_request: HttpRequest, fault: HttpError) -> HttpResponse:
    why = fault.__cause__  # what ninja's reading of a body ran into
    return refusal(why.status if isinstance(why, Refused) else fault.status_code)


@api.exception_handler(RequestDataTooBig)
def _too_much(_request: HttpRequest, _fault: RequestDataTooBig) -> HttpResponse:
    return refusal(413)


@api.exception_handler(MultiPartParserError)
@api.exception_handler(SuspiciousOperation)
@api.exception_handler(BadRequest)
@api.exception_handler(UnreadablePostError)
def _no_request(_request: HttpRequest, _fault: Exception) -> HttpResponse:
    return refusal(400)


@api.exception_handler(Exception)
def _broken(_request: HttpRequest, fault: Exception) -> HttpResponse:
    is_database = isinstance(fault, OperationalError | InterfaceError)
    _log.error("A request could not be answered", exc_info=fault)
    return refusal(503, wait=30) if is_database else refusal(500)


def _words(error: dict[str, object]) -> str:
    """Return what is wrong with a part of a request: ``“answers.0.text” is wrong: field required.``"""
    place = error.get("loc")
    parts = [str(each) for each in place[1:]] if isinstance(place, tuple | list) else []
    if parts == ["file"] or parts == ["file", "file"]:
        return NO_FILE
    said = str(error.get("msg", "not right")).removeprefix("Value error, ")
    return f"“{'.'.join(parts[1:] or parts)}” is wrong: {said[:1].lower()}{said[1:]}."
