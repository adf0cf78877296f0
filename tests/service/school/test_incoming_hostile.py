"""Files made to break us, or made badly by a system: refused with words, or taken over as far as it goes."""

import re
import zipfile
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from keystage.service.accounts.roles import Role
from keystage.service.school.models import Expected, Incoming, Pupil
from service.made import MadeSchool, upn
from service.ready import fill

LONG = "x" * 5_000
PAGES = ("roll/", "register/", "")
ROLL = "UPN,Surname,Forename,DOB,Sex,Class,Year group,Former UPN,Joined,Left\n"
REGISTER = "UPN,Surname,Forename,DOB,Sex,Reading,Maths,GPS\n"


def bomb(entry: str, size: int) -> bytes:
    """Return a workbook of which one part is enormous once unpacked."""
    sink = BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml", "<Types/>")
        book.writestr(entry, b"0" * size)
    return sink.getvalue()


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]><CTfile>&j;</CTfile>"
)
FILES = {
    "bomb.xlsx": bomb("xl/sharedStrings.xml", 150_000_000),
    "laughs.xml": LAUGHS,
    "outside.xml": b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><CTfile>&b;</CTfile>',
    "deep.xml": b"<CTfile>" + b"<a>" * 200_000,
    "nul.csv": b"UPN,Surname\0,Forename\nA\0,B\0,C\n",
    "nul.xml": b"<CTfile>\0</CTfile>",
    "surrogate.csv": b"UPN,Surname,Forename\nA,\xed\xa0\x80,C\n",
    "quotes.csv": b'UPN,Surname\n"' + b"a," * 500_000,
    "columns.csv": b"UPN," * 50_000 + b"\n1",
    "binary.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 5_000,
    "empty.ods": b"PK\x05\x06" + b"\0" * 18,
    "a/../../x\u202e\x07.csv": b"UPN,Surname\nA,B\n",
}


@pytest.fixture
def manager(client: Client, school: MadeSchool) -> Client:
    fill(school)
    client.force_login(school.people[Role.DATA_MANAGER])
    return client


def bring(manager: Client, school: MadeSchool, page: str, name: str, content: bytes) -> HttpResponse:
    return manager.post(f"{school.base}pupils/import/{page}", {"file": SimpleUploadedFile(name, content)}, follow=True)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_is_answered_with_words(manager: Client, school: MadeSchool, page: str, name: str) -> None:
    found = bring(manager, school, page, name, FILES[name])
    assert found.status_code in (200, 422)
    assert all(each.file.name.isprintable() and "/" not in each.file.name for each in Incoming.objects.all())


@pytest.mark.parametrize("what", [LONG, "a\0b", "\x1b[31m"], ids=["long", "nul", "control"])
def test_a_roll_with_what_no_column_takes_is_answered_with_words(
    manager: Client, school: MadeSchool, what: str
) -> None:
    for column in range(10):
        cells = [upn(900 + column), "Long", "Name", "09/03/2015", "F", "Oak", "6", "", "", ""]
        cells[column] = what
        page = bring(manager, school, "roll/", "roll.csv", f"{ROLL}{','.join(cells)}\n".encode())
        assert page.status_code in (200, 422), column
        made = Incoming.objects.latest("pk")
        ticked = [each for each in page.content.decode().split('name="take" ') if 'value="' in each][1:]
        tokens = [each.split('value="')[1].split('"')[0] for each in ticked]
        taken = manager.post(f"{school.base}pupils/import/roll/{made.key}/", {"take": tokens or "1:x"}, follow=True)
        assert taken.status_code in (200, 422), column
    assert_columns_hold(Pupil)


@pytest.mark.parametrize("what", [LONG, "a\0b", "\x1b[31m"], ids=["long", "nul", "control"])
def test_a_register_with_what_no_column_takes_is_answered_with_words(
    manager: Client, school: MadeSchool, what: str
) -> None:
    for column in range(8):
        cells = [upn(900 + column), "Long", "Name", "09/03/2015", "F", "Registered", "Registered", "Registered"]
        cells[column] = what
        page = bring(manager, school, "register/", "register.csv", f"{REGISTER}{','.join(cells)}\n".encode())
        assert page.status_code in (200, 422), column
        made = Incoming.objects.latest("pk")
        taken = manager.post(f"{school.base}pupils/import/register/{made.key}/", {"seen": seen_on(page)}, follow=True)
        assert taken.status_code in (200, 422), column
    assert_columns_hold(Expected)


def seen_on(page: HttpResponse) -> str:
    found = re.search(r'name="seen" value="([^"]+)"', page.content.decode())
    return found[1] if found else ""


def assert_columns_hold(model: type[Pupil] | type[Expected]) -> None:
    """Make sure of what SQLite would not."""
    for each in model.objects.all():
        for field in model._meta.concrete_fields:
            value = getattr(each, field.attname)
            if isinstance(value, str) and field.max_length:
                assert len(value) <= field.max_length, field.name
                assert "\0" not in value, field.name


def test_a_value_that_is_too_long_is_held_with_the_reason_and_the_others_are_taken(
    manager: Client, school: MadeSchool
) -> None:
    ada = school.pupils["Ada"]
    lines = (
        f"{upn(901)},Sound,Sam,09/03/2015,F,{'Oak' * 21},6,,,\n"
        f"{ada.upn},Example,{'A' * 151},01/03/2015,F,Oak,6,,,\n"
        f"{upn(902)},Sound,Sue,09/03/2015,F,Oak,6,,,\n"
    )
    page = bring(manager, school, "roll/", "roll.csv", f"{ROLL}{lines}".encode())
    assert "The name of the class is 63 characters long. There is room for 60." in page.content.decode()
    assert "The forename is 151 characters long" in page.content.decode()
    made = Incoming.objects.latest("pk")
    accepted = {"accept": "everything", "seen": seen_on(page)}
    manager.post(f"{school.base}pupils/import/roll/{made.key}/", accepted, follow=True)
    assert {pupil.forename for pupil in Pupil.objects.all()} == {"Ada", "Bea", "Cal", "Sue"}


def test_a_register_with_a_value_that_is_too_long_is_refused_with_the_place(
    manager: Client, school: MadeSchool
) -> None:
    lines = f"{upn(901)},{'S' * 151},Sam,09/03/2015,F,Registered,Registered,Registered\n"
    page = bring(manager, school, "register/", "register.csv", f"{REGISTER}{lines}".encode())
    assert page.status_code == 422
    assert "Pupil 1: The surname is 151 characters long. Allowed: at most 150 characters." in page.content.decode()
