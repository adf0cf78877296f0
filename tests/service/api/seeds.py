"""What servers in tests of programs are filled with: many schools that take part, each with a token and a file."""

from base64 import b64encode
from datetime import date, timedelta
from io import BytesIO
from typing import Any

from keystage.ctf.reader import read
from keystage.ctf.to_return import to_return
from keystage.pupils.upn import check_letter
from keystage.returns.fingerprint import fingerprint
from keystage.service.accounts.models import Organisation, Person, Scope
from keystage.service.accounts.roles import OrganisationKind, Role
from keystage.service.accounts.services.tokens import make_token
from keystage.service.gateway.models import Collection, GatewayReturn, RegisteredPupil
from keystage.service.gateway.services.collections import take_part
from keystage.years import load
from service.at_gateway import SchoolThere, a_file, a_gateway, a_pupil
from service.made import YEAR, a_person


def schools(count: int, pupils: int = 3, first: int = 1) -> list[dict[str, Any]]:
    """Make schools that take part, each with pupils who are expected; return of each a token, a name and its files."""
    collection = Collection.objects.filter(year=YEAR).first() or a_gateway().collection
    made = [_a_school(collection, number, pupils) for number in range(first, first + count)]
    return [_said(*each) for each in made]


def _a_school(collection: Collection, serial: int, pupils: int) -> tuple[SchoolThere, str]:
    number = f"999{serial:04}"
    organisation = Organisation.objects.create(kind=OrganisationKind.SCHOOL, name=f"School {serial}", number=number)
    take_part(collection, [organisation])
    found = GatewayReturn.objects.get(collection=collection, school=organisation)
    head = a_person(organisation, Role.HEAD, f"Head {serial}")
    there = SchoolThere(organisation, found, {Role.HEAD: head})
    there.pupils = [_registered(found, number, each) for each in range(pupils)]
    RegisteredPupil.objects.bulk_create(there.pupils)
    return there, _a_token(organisation, head)


def _a_token(organisation: Organisation, head: Person) -> str:
    return make_token(organisation, "A program", list(Scope), lasts=timedelta(days=1), by=head)[1]


def _registered(found: GatewayReturn, number: str, serial: int) -> RegisteredPupil:
    body = f"{number}11{serial:03}"
    letters = "abcdefghij"
    return RegisteredPupil(
        gateway_return=found, upn=check_letter(body) + body, surname=f"Example{letters[serial % 10]}",
        forename=f"Pupil{letters[serial // 10 % 10]}{letters[serial // 100]}",
        birth_date=date(2015, 3, 1) + timedelta(days=serial), sex="F",
    )  # fmt: skip


def _said(there: SchoolThere, token: str) -> dict[str, Any]:
    name, content = a_file(there)
    _, short = a_file(there, [a_pupil(each) for each in there.pupils[:-1]])
    key = fingerprint(to_return(read(BytesIO(content)), load(YEAR)))
    return {
        "number": there.gateway_return.number, "token": token, "name": name, "key": key,
        "content": b64encode(content).decode(), "short": b64encode(short).decode(),
    }  # fmt: skip
