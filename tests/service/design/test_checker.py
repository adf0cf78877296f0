"""The page that checks files, as Keystage serves it."""

import gzip
from contextlib import closing

import pytest
from django.test import Client

from keystage.service.accounts.roles import Role
from keystage.service.design.checker import PARTS
from service.made import MadeSchool

pytestmark = pytest.mark.django_db
PARTS_SERVED = ("page.js", "worker.js", "sw.js", "pyodide.asm.mjs", "python.bin", "keystage.zip")


def policy(response) -> dict[str, list[str]]:
    return {name: values for name, *values in map(str.split, response.headers["Content-Security-Policy"].split("; "))}


def test_only_this_page_may_run_webassembly(client: Client) -> None:
    assert policy(client.get("/check/"))["script-src"] == ["'self'", "'wasm-unsafe-eval'"]
    assert "'wasm-unsafe-eval'" not in client.get("/account/sign-in/").headers["Content-Security-Policy"]


@pytest.mark.parametrize("name", PARTS_SERVED)
def test_every_part_has_the_policy_of_the_page(client: Client, name: str) -> None:
    with closing(client.get(f"/check/{name}")) as response:
        served = policy(response)
    assert served["default-src"] == ["'none'"]
    assert served["connect-src"] == ["'self'"]
    assert served["frame-ancestors"] == ["'none'"]


def test_the_page_is_the_same_for_everybody_as_the_browser_keeps_it(client: Client, school: MadeSchool) -> None:
    stranger = client.get("/check/")
    client.force_login(school.people[Role.HEAD])
    assert client.get("/check/").content == stranger.content
    assert stranger.cookies == {}


def test_the_address_without_its_slash_leads_there(client: Client) -> None:
    assert client.get("/check").headers["Location"] == "/check/"


@pytest.mark.parametrize("name", ["sw.js", "pyodide.mjs"])
def test_scripts_are_sent_as_scripts_and_packed_where_the_browser_takes_it(client: Client, name: str) -> None:
    plain, packed = client.get(f"/check/{name}"), client.get(f"/check/{name}", headers={"Accept-Encoding": "gzip"})
    assert plain.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert plain.content == gzip.decompress(packed.content) == (PARTS / name).read_bytes()
    assert "Accept-Encoding" in packed.headers["Vary"]


def test_a_part_is_not_sent_again_where_the_browser_has_it(client: Client) -> None:
    with closing(client.get("/check/python.bin")) as first:
        tag = first.headers["ETag"]
    assert client.get("/check/python.bin", headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("name", ["nothing.js", "..", "...", ".", "%2e%2e%2fkeystage.css", "..%2fkeystage.css"])
def test_nothing_but_the_parts_is_there(client: Client, name: str) -> None:
    assert client.get(f"/check/{name}").status_code == 404


def test_the_page_takes_nothing(client: Client) -> None:
    assert client.post("/check/", {"file": "x"}).status_code == 405
    assert client.post("/check/page.js").status_code == 405


def test_it_is_linked_from_the_sign_in_page_and_from_the_foot_of_every_page(client: Client) -> None:
    page = client.get("/account/sign-in/").content.decode()
    main, foot = page.split("<footer")
    assert 'href="/check/"' in main
    assert 'href="/check/"' in foot
