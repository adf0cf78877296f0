"""A program that asks, as the tests do."""

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from keystage.service.accounts.models import Organisation, Person, Scope
from keystage.service.accounts.services.tokens import make_token
from service.at_gateway import SchoolThere, a_file
from service.made import YEAR

BASE = f"/api/v1/returns/{YEAR}/"


class Program:
    """A program with a token."""

    def __init__(self, organisation: Organisation, by: Person, *scopes: Scope) -> None:
        self.token, self.text = make_token(
            organisation, "A program", scopes or (Scope.SEND,), lasts=timedelta(days=30), by=by
        )
        self.client = Client(headers={"authorization": f"Bearer {self.text}"})

    def get(self, path: str, **query: str) -> Any:
        return self.client.get(BASE + path, query)

    def post(self, path: str, body: Any) -> Any:
        return self.client.post(BASE + path, body, content_type="application/json")

    def send(self, there: SchoolThere, pupils: Any = None, *, serial: int = 1, key: str = "") -> Any:
        name, content = a_file(there, pupils, serial=serial)
        return self.send_bytes(name, content, key=key)

    def send_bytes(self, name: str, content: bytes, *, key: str = "") -> Any:
        headers = {"idempotency-key": key} if key else {}
        return self.client.post(f"{BASE}files", {"file": SimpleUploadedFile(name, content)}, headers=headers)
