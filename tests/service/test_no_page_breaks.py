"""Whatever is sent to any address of the service, by somebody who may do everything there or by a stranger, it answers.

Not everything can be sent: each run sends something hostile to every address, as path, query, form and JSON, the same
on every run. What PostgreSQL refuses and SQLite takes, SQLite is made to refuse here: a text with the character NUL,
and one longer than its column.
"""

import re
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import unescape
from random import Random
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signals import got_request_exception
from django.db import connection, models, transaction
from django.db.models.signals import pre_save
from django.test import Client

from keystage.service.accounts.models import Membership
from keystage.service.accounts.roles import Role
from keystage.service.accounts.services.invitations import invite
from keystage.service.school.models import Export, Signature
from keystage.service.school.models.files import IncomingKind
from keystage.service.school.services.incoming import bring_in
from keystage.service.school.services.signing import delegate
from keystage.years.subjects import Subject
from service.addresses import Address, addresses
from service.made import YEAR, MadeSchool
from service.ready import fill, make, sign_everything

HOSTILE = (
    "",
    "\0",
    "a\0b",
    "\ud800",
    "\u202egnp.exe",
    "../../../etc/passwd",
    "-1",
    "0",
    "٣",
    "９９",
    "1e9",
    "NaN",
    str(2**31),
    str(2**63),
    "9" * 5_000,
    "01/01/0001",
    "31/12/9999",
    "0001-01-01T00:00:00Z",
    "25:61",
    "{{7*7}}${7*7}{% x %}%s%(x)s",
    "=cmd|'/c calc'!A1",
    "\r\nSet-Cookie: a=b",
    "'\"><script>alert(1)</script>",
    "x" * 40_000,
    "😀" * 61,
    "a@" + "b" * 300 + ".example",
    "[]",
    "null",
    "ask-|",
    "|take",
    "1:|:",
)
DEEP = b'{"changes":' + b"[" * 100_000 + b"]" * 100_000 + b"}"
BODIES: tuple[bytes, ...] = (
    b"",
    b"null",
    b"[]",
    b"\xff\xfe\0",
    DEEP,
    b'{"changes": [{}], "how": {}, "person": []}',
    b'{"changes": [], "person": "\\ud800"}',
    b'{"changes": [], "person": "\\u0000"}',
    b'{"changes": [], "how": ["typed"]}',
    b'{"changes": ' + b"9" * 6_000 + b"}",
)
FILES = (
    b"",
    b"\0" * 50,
    b"PK\x03\x04" + b"\xff" * 300,
    b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY a 'b'>]><a>&a;</a>",
)
_NAMES = re.compile(r'name="([^"]+)"')
_OFTEN = (
    "next",
    "class",
    "q",
    "show",
    "since",
    "page",
    "person",
    "about",
    "leave",
    "same",
    "value",
    "verdict",
    "name",
    "class_name",
    "kind",
    "codes",
    "year",
    "which",
    "code",
    "found",
    "cannot",
    "seen",
    "doubts",
    "take",
    "back",
    "accept",
    "other_school",
    "ask-0",
    "entry",
    "login",
    "email",
    "password",
    "roles",
    "classes",
    "credential",
)


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def strict(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    for each in (each for row in (params if many else [params]) for each in row or ()):
        if isinstance(each, str) and "\0" in each:
            raise ValueError("PostgreSQL takes no text with the character NUL")
    return execute(sql, params, many, context)


def no_longer_than_its_column(sender: type[models.Model], instance: models.Model, **_: object) -> None:
    for each in sender._meta.concrete_fields:
        value = getattr(instance, each.attname)
        if isinstance(value, str) and each.max_length and len(value) > each.max_length:
            raise ValueError(f"PostgreSQL takes at most {each.max_length} characters in {sender.__name__}.{each.name}")


class Attacked:
    """The service as somebody attacks it, and what broke."""

    def __init__(self, client: Client, known: dict[str, list[str]], seed: str) -> None:
        self.client = client
        self.known = known
        self.random = Random(seed)
        self.broken: list[str] = []
        self.client.raise_request_exception = False
        self.cookies = dict(client.cookies)

    def attack(self, address: Address) -> None:
        """Ask for an address in every way, each undone."""
        path = self.path(address)
        names = [*dict.fromkeys([*self.fields(path), *self.random.sample(_OFTEN, 12)])]
        self.ask("get", f"{path}?{self.query()}")
        self.ask("get", self.hostile_path(address))
        self.ask("get", self.path(address, hostile=True))
        self.ask("post", self.path(address, hostile=True), self.some(names))
        self.ask("post", f"{path}?{self.query()}", self.some(names))
        self.ask("post", path, {**self.some(names), **self.files(names)})
        for body in BODIES if address.name.endswith("cells") else self.random.sample(BODIES, 1):
            self.ask("post", path, body, content_type="application/json")
        self.ask("put", path, b"\0", content_type="application/octet-stream")

    def path(self, address: Address, *, hostile: bool = False) -> str:
        """Return an address of something that is there, or whose keys could be anything."""
        known = {name: self.random.choice(values) for name, values in self.known.items()}
        if hostile:
            wild = lambda: quote(self.one().encode("utf-8", "surrogatepass")[:300] or b"-", safe="")  # noqa: E731
            known = {name: wild() if name not in ("organisation", "year") else known[name] for name in known}
            known |= {
                "year": self.random.choice([known["year"], "9" * 30, str(2**63)]),
                "pk": "9" * 30,
                "note": "9" * 30,
            }
        return address.path(**known)

    def hostile_path(self, address: Address) -> str:
        """Return an address of which anything is wrong, the organisation first."""
        wild = quote(self.one().encode("utf-8", "surrogatepass")[:300] or b"-", safe="")
        return address.path(**{**{name: values[0] for name, values in self.known.items()}, "organisation": wild})

    def fields(self, path: str) -> list[str]:
        """Return the names of the fields of a page."""
        with undone():
            response = self.client.get(path)
        html = b"" if response.streaming else response.content
        return [unescape(name) for name in _NAMES.findall(html.decode("utf-8", "replace"))]

    def one(self) -> str:
        return self.random.choice(HOSTILE)

    def some(self, names: list[str]) -> dict[str, Any]:
        """Return hostile values for most of the fields."""
        chosen = (name for name in names if self.random.random() < 0.8)
        return {
            name: [self.one().encode("utf-8", "surrogatepass") for _ in range(self.random.randint(1, 2))]
            for name in chosen
        }

    def query(self) -> str:
        names = self.random.sample(_OFTEN, 10)
        return urlencode([(name, self.one()[:1_000].encode("utf-8", "surrogatepass")) for name in names])

    def files(self, names: list[str]) -> dict[str, Any]:
        """Return hostile files, some under names that are no file's."""
        wanted = ["file", *self.random.sample(names, 1)]
        return {
            name: SimpleUploadedFile(self.one()[:400].replace("\ud800", "") or "x", self.random.choice(FILES))
            for name in wanted
        }

    def ask(self, method: str, path: str, data: Any = None, **more: Any) -> None:
        """Ask, undo what it did, and note it where it broke."""
        caught: list[BaseException] = []

        def catch(**_: object) -> None:
            caught.append(sys.exc_info()[1] or RuntimeError("unknown"))

        got_request_exception.connect(catch)
        self.client.cookies.load(self.cookies)
        try:
            with undone():
                status = getattr(self.client, method)(path, data, **more).status_code
        finally:
            got_request_exception.disconnect(catch)
        if status >= 500 or caught:
            where = (
                [each.name for each in traceback.extract_tb(caught[0].__traceback__) if "keystage" in each.filename]
                if caught
                else []
            )
            self.broken.append(f"{method} {path[:150]} {str(data)[:300]}: {status} {caught!r} in {where[-3:]}")


@pytest.fixture
def attacked(school: MadeSchool) -> Iterator[Attacked]:
    """A school that has one of everything, and somebody who may do everything there."""
    cache.clear()
    fill(school)
    sign_everything(school)
    make(school)
    school.pupil("Dee", "Doubt", "Elm", sex="X")
    person = school.people[Role.DATA_MANAGER]
    incoming = [
        bring_in(school.school_return, kind, f"{kind}.csv", b"UPN,Surname\nA,B\n", by=person) for kind in IncomingKind
    ]
    deputy, head = school.people[Role.TEACHER], school.people[Role.HEAD]
    delegation = delegate(school.organisation, deputy, "Deputy", by=head)
    invited = invite(
        school.organisation, "somebody@school.example", [Role.TEACHER], [], by=head, link=lambda token: token
    )
    for role in Role:
        Membership.objects.get_or_create(person=person, organisation=school.organisation, role=role, ended_at=None)
    signatures = Signature.objects.filter(school_return=school.school_return)
    exports = Export.objects.filter(school_return=school.school_return)
    of_all = [*school.pupils.values(), *incoming, *signatures, *exports]
    known = {
        "organisation": [school.organisation.key],
        "year": [str(YEAR)],
        "key": [each.key for each in of_all],
        "pupil": [each.key for each in school.pupils.values()],
        "subject": [*Subject],
        "person": [deputy.key, person.key],
        "invitation": [invited.key],
        "delegation": [str(delegation.pk)],
        "note": ["1"],
        "pk": ["1"],
        "token": ["zzzz"],
        "provider_id": ["school"],
        "uidb36": ["1"],
    }
    client = Client()
    client.force_login(person)
    receiver = no_longer_than_its_column
    pre_save.connect(receiver)
    with connection.execute_wrapper(strict):
        yield Attacked(client, known, "whatever")
    pre_save.disconnect(receiver)


def test_nothing_that_is_sent_breaks_a_page(attacked: Attacked) -> None:
    for address in addresses():
        attacked.attack(address)
    assert not attacked.broken, "\n".join(attacked.broken)


def test_a_stranger_breaks_no_page(attacked: Attacked) -> None:
    attacked.client.logout()
    attacked.cookies = {}
    for address in addresses():
        if address.permission is None:
            attacked.attack(address)
    assert not attacked.broken, "\n".join(attacked.broken)
