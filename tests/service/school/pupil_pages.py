"""What the tests of the pages about pupils share: visiting a page as somebody, and making files."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from keystage.service.accounts.roles import Role
from keystage.service.school.models import Expected, Incoming, Pupil
from service.made import MadeSchool, upn


def csv(*rows: Sequence[str]) -> bytes:
    """Return a CSV file; cells with a comma or a quotation mark are quoted."""
    return "".join(",".join(map(_quoted, row)) + "\r\n" for row in rows).encode()


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if any(sign in text for sign in ',"\n') else text


def get(client: Client, school: MadeSchool, path: str, *, role: Role = Role.DATA_MANAGER, status: int = 200) -> str:
    """Return a page of the school's year."""
    client.force_login(school.people[role])
    response = client.get(path if path.startswith("/") else school.base + path)
    assert response.status_code == status
    return response.content.decode()


def post(
    client: Client, school: MadeSchool, path: str, data: Mapping[str, object] | None = None, *, status: int = 302
) -> HttpResponse:
    """Send a form as the data manager."""
    client.force_login(school.people[Role.DATA_MANAGER])
    response = client.post(path if path.startswith("/") else school.base + path, data or {})
    assert response.status_code == status, response.content.decode()[:3000]
    return response


def bring_in(client: Client, school: MadeSchool, path: str, content: bytes, name: str = "file.csv") -> str:
    """Bring a file in through the real form, and return the address of its preview."""
    response = post(client, school, path, {"file": SimpleUploadedFile(name, content)})
    assert response.headers["Location"].endswith(f"{Incoming.objects.latest('pk').key}/")
    return response.headers["Location"]


def value_of(page: str, name: str) -> str:
    """Return the value of a hidden field."""
    _, _, after = page.partition(f'name="{name}" value="')
    assert after, f"{name} is not on the page"
    return after.partition('"')[0]


def many(school: MadeSchool, count: int) -> None:
    """Put many pupils on the roll and the register, in eight classes."""
    identities = [
        {
            "school_return": school.school_return,
            "upn": upn(number),
            "surname": "Example",
            "forename": f"Pupil{number}",
            "birth_date": date(2014, 9, 1) + timedelta(days=number % 360),
            "sex": "F",
        }
        for number in range(1, count + 1)
    ]
    Expected.objects.bulk_create(Expected(**each) for each in identities)
    Pupil.objects.bulk_create(
        Pupil(**each, class_name=f"Class {number % 8}", year_group="6") for number, each in enumerate(identities)
    )
