"""What is said where a request could not be answered."""

import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client

from keystage.service.accounts.roles import Role
from service.made import MadeSchool


def unreachable(_execute: Callable[..., Any], *_: object) -> None:
    raise OperationalError("server closed the connection: secret details")


def broken(_execute: Callable[..., Any], *_: object) -> None:
    raise RuntimeError("secret details")


@pytest.fixture
def visitor(client: Client, school: MadeSchool) -> Iterator[Client]:
    client.force_login(school.people[Role.TEACHER])
    client.raise_request_exception = False
    logging.disable(logging.ERROR)
    yield client
    logging.disable(logging.NOTSET)


def test_a_database_that_does_not_answer_is_said_on_a_page(visitor: Client, school: MadeSchool) -> None:
    with connection.execute_wrapper(unreachable):
        found = visitor.get(school.base)
    assert found.status_code == 503
    assert "What was saved is safe" in found.content.decode()
    assert "secret" not in found.content.decode()
    assert found.headers["Retry-After"] == "30"


def test_a_script_that_saves_is_told_in_json_and_tries_again(visitor: Client, school: MadeSchool) -> None:
    with connection.execute_wrapper(unreachable):
        found = visitor.post(f"{school.base}marksheet/cells", {"changes": []}, content_type="application/json")
    assert found.status_code == 503
    assert "What was saved is safe" in found.json()["why"]


def test_what_is_wrong_otherwise_is_said_without_details(visitor: Client, school: MadeSchool) -> None:
    with connection.execute_wrapper(broken):
        page = visitor.get(school.base)
        script = visitor.get(f"{school.base}marksheet/cells?since=0", headers={"accept": "application/json"})
    assert (page.status_code, script.status_code) == (500, 500)
    assert "Sorry, something has gone wrong" in page.content.decode()
    assert "secret" not in page.content.decode() + script.content.decode()
    assert "Try again" in script.json()["why"]
