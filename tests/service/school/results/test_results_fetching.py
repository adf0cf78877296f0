"""Fetching results from a gateway by HTTP: what is asked, and what each answer comes to."""

import hashlib
import json
from collections.abc import Iterator

import pytest
from django.test import Client
from pytest_django import Settings

from keystage.service.accounts.roles import Role
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.school.models import Incoming
from keystage.service.school.services.results_fetching import Fetched, fetch, results_address
from service.gateway import TinyGateway, a_gateway
from service.made import MadeSchool
from service.school.pupil_pages import get, post
from service.school.results.result_files import a_class, file, row

RESULTS = "/api/v1/returns/2026/results"


@pytest.fixture
def gateway() -> Iterator[TinyGateway]:
    with a_gateway() as running:
        yield running


def lists(gateway: TinyGateway, *files: tuple[str, str, int, bytes]) -> None:
    """Let the gateway list files: key, kind, release and content."""
    listed = [
        {"key": key, "name": f"{key}.{kind[:3]}", "kind": kind, "release": release,
         "sha256": hashlib.sha256(content).hexdigest()}
        for key, kind, release, content in files
    ]  # fmt: skip
    gateway.files[RESULTS] = json.dumps({"year": 2026, "files": listed}).encode()
    gateway.files |= {f"{RESULTS}/{key}": content for key, _, _, content in files}


def root(gateway: TinyGateway) -> str:
    return gateway.address.removesuffix("/returns")


def fetched(gateway: TinyGateway) -> Fetched:
    return fetch(f"{root(gateway)}{RESULTS}", token="a-token", seconds=5)  # noqa: S106 - made up


def test_the_list_of_results_lies_beside_the_address_for_files() -> None:
    assert results_address("https://g.example/api/v1/returns/2026/files") == (
        "https://g.example/api/v1/returns/2026/results"
    )
    assert results_address("https://g.example/send") == ""
    assert results_address("") == ""


def test_the_latest_release_is_taken_best_with_the_teacher_assessments(gateway: TinyGateway) -> None:
    lists(
        gateway, ("a", "ctf-ta", 1, b"old"), ("b", "csv", 2, b"csv"), ("c", "ctf-ta", 2, b"new"),
        ("d", "letters", 2, b"pdf"), ("e", "ctf", 2, b"tests"),
    )  # fmt: skip
    assert fetched(gateway) == Fetched("c.ctf", b"new")
    assert gateway.asked == [(RESULTS, "Bearer a-token"), (f"{RESULTS}/c", "Bearer a-token")]


def test_nothing_released_is_said(gateway: TinyGateway) -> None:
    lists(gateway, ("d", "letters", 1, b"pdf"))
    with pytest.raises(NotAllowedNow, match="has no results for this school yet"):
        fetched(gateway)


def test_a_file_that_came_otherwise_than_it_was_listed_is_not_taken(gateway: TinyGateway) -> None:
    lists(gateway, ("c", "csv", 1, b"whole"))
    gateway.files[f"{RESULTS}/c"] = b"who"
    with pytest.raises(NotAllowedNow, match="did not arrive as the gateway has it"):
        fetched(gateway)


def test_a_refusal_carries_the_gateways_words(gateway: TinyGateway) -> None:
    gateway.says(403, message="This token may not read results.")
    with pytest.raises(NotAllowedNow, match="This token may not read results"):
        fetched(gateway)


@pytest.mark.parametrize("answer", [b"<html>", b"[]", b'{"files": 3}', b'{"files": [1, {"kind": "csv"}]}'])
def test_a_list_that_is_none_is_no_results(gateway: TinyGateway, answer: bytes) -> None:
    gateway.files[RESULTS] = answer
    with pytest.raises(NotAllowedNow, match="has no results"):
        fetched(gateway)


def test_a_key_that_leads_elsewhere_is_not_followed(gateway: TinyGateway) -> None:
    lists(gateway, ("../../x", "csv", 1, b""))
    with pytest.raises(NotAllowedNow, match="cannot be understood"):
        fetched(gateway)


def test_the_token_does_not_follow_to_another_address(gateway: TinyGateway) -> None:
    gateway.says(302)
    gateway.headers["Location"] = f"{root(gateway)}/elsewhere"
    with pytest.raises(NotAllowedNow, match="302"):
        fetched(gateway)
    assert [path for path, _ in gateway.asked] == [RESULTS]


def test_pupils_data_comes_by_https_alone() -> None:
    with pytest.raises(NotAllowedNow, match="No gateway is set up here"):
        fetch("http://g.example/api/v1/returns/2026/results")


def test_a_gateway_that_is_not_there_is_said_to_be_out_of_reach() -> None:
    with pytest.raises(NotAllowedNow, match="could not be reached"):
        fetch("http://127.0.0.1:9/returns/2026/results", seconds=1)


def test_the_button_fetches_the_file_and_leads_to_what_it_says(
    client: Client, school: MadeSchool, settings: Settings, gateway: TinyGateway
) -> None:
    a_class(school)
    at = {"gateway": f"{root(gateway)}/api/v1/returns/{{year}}/files"}
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update=at)
    assert "Fetch the results from the gateway" in get(client, school, "results/import/")
    assert "no results for this school yet" in _after_failing(client, school, gateway)
    lists(gateway, ("c", "csv", 1, file(row(1, "Ada"))))
    location = post(client, school, "results/fetch/").headers["Location"]
    assert location.endswith(f"{Incoming.objects.latest('pk').key}/")
    assert "Example, Ada" in get(client, school, location)


def _after_failing(client: Client, school: MadeSchool, gateway: TinyGateway) -> str:
    lists(gateway)
    return get(client, school, post(client, school, "results/fetch/").headers["Location"])


def test_without_a_gateway_there_is_no_button_and_a_practice_school_never_asks(
    client: Client, school: MadeSchool, settings: Settings, gateway: TinyGateway
) -> None:
    assert "Fetch the results" not in get(client, school, "results/import/")
    at = {"gateway": f"{root(gateway)}/api/v1/returns/{{year}}/files"}
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update=at)
    school.organisation.is_practice = True
    school.organisation.save()
    assert "Fetch the results" not in get(client, school, "results/import/")
    post(client, school, "results/fetch/")
    assert gateway.asked == []
    assert school.people[Role.DATA_MANAGER]
