"""A program that has run wild is slowed; nobody else is."""

import pytest
import time_machine
from django.test import Client

from keystage.service.api import limits
from service.api.asking import BASE, Program
from service.at_gateway import SchoolThere


@pytest.fixture(autouse=True)
def _few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FOR_A_TOKEN", 20)
    monkeypatch.setattr(limits, "FAILURES_OF_AN_ADDRESS", 20)


def until_refused(client: Client, most: int) -> tuple[int, dict[str, str]]:
    """Ask until it is too often; return how many were answered, and the refusal's headers and words."""
    for answered in range(most):
        answer = client.get(f"{BASE}files")
        if answer.status_code == 429:
            return answered, {"wait": answer.headers["Retry-After"], **answer.json()}
    raise AssertionError("nothing was refused")


def test_a_token_that_asks_too_often_is_told_to_wait(there: SchoolThere, program: Program) -> None:
    answered, said = until_refused(program.client, 60)
    assert 20 <= answered <= 30
    assert 1 <= int(said["wait"]) <= 61
    assert said["message"] == "Too many requests. Wait a little, then go on."


def test_the_next_minute_it_may_again(there: SchoolThere, program: Program) -> None:
    with time_machine.travel("2026-06-01T12:00:10Z", tick=False) as clock:
        until_refused(program.client, 60)
        clock.shift(60)
        assert program.get("files").status_code != 429


def test_several_processes_share_the_count(there: SchoolThere, program: Program) -> None:
    total = 0
    with time_machine.travel("2026-06-01T12:00:10Z", tick=False):
        for _ in range(6):
            limits.forget()  # another process
            total += sum(program.get("files").status_code != 429 for _ in range(20))
    assert total <= 20 + 6 * 10, "the limit, and a step for each process"


def test_an_address_with_wrong_tokens_is_slowed_and_who_has_a_right_one_there_is_not(
    there: SchoolThere, program: Program
) -> None:
    answered, _ = until_refused(Client(headers={"authorization": "Bearer ks_wrong"}), 60)
    assert 20 <= answered <= 30
    assert program.get("files").status_code == 200
