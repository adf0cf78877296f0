"""Who is expected: the register, as JSON and as the CSV file that ``keystage check --register`` takes."""

from io import BytesIO
from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from keystage.returns.register import Expected, Register
from keystage.service.accounts.models import Scope
from keystage.service.api import shapes
from keystage.service.api.addresses import Year
from keystage.service.api.asking import return_of
from keystage.service.api.bearer import Token
from keystage.service.design.attachment import attachment
from keystage.service.gateway.models import GatewayReturn
from keystage.service.gateway.models.returns import State
from keystage.service.gateway.register import register_of, registered_of
from keystage.sheets.register import write_register

router = Router(tags=["Expected pupils"], auth=Token(Scope.EXPECTED))


_AS_CSV = {"text/csv": {"schema": {"type": "string"}}}
_FORMAT = "json, or csv for the file that “keystage check --register” takes."


@router.get(
    "/returns/{int:year}/expected",
    response=shapes.Register,
    url_name="expected",
    summary="Read who is expected",
    openapi_extra={"responses": {200: {"content": _AS_CSV}}},
)
def read_expected(
    request: HttpRequest,
    year: Year,
    format: Annotated[Literal["json", "csv"], Query(description=_FORMAT)] = "json",  # noqa: A002 - so in the address
) -> shapes.Register | HttpResponse:
    """Return everybody on the register, with where each stands for each test; with format=csv as a file."""
    found = return_of(request, year)
    register = register_of(registered_of(found))
    return _csv(found, register) if format == "csv" else _json(found, register)


def _csv(found: GatewayReturn, register: Register) -> HttpResponse:
    sink = BytesIO()
    write_register(register, sink)
    return attachment(f"{found.number}_register_{found.collection.year}.csv", sink.getvalue(), "text/csv")


def _json(found: GatewayReturn, register: Register) -> shapes.Register:
    return shapes.Register(
        year=found.collection.year, school=found.number, state=State(found.state), expected=found.expected,
        received=found.received, missing=found.missing, unexpected=found.unexpected, version=found.register_version,
        pupils=list(map(_pupil, register.pupils)),
    )  # fmt: skip


def _pupil(each: Expected) -> shapes.Expected:
    return shapes.Expected(
        upn=each.upn, surname=each.surname, forename=each.forename, dob=each.birth_date, sex=each.sex,
        reading=each.reading, maths=each.maths, gps=each.gps, status=each.status, former_upn=each.former_upn,
        date_left=each.date_left, moderated_writing=each.moderated_writing, is_expected=each.is_expected,
    )  # fmt: skip
