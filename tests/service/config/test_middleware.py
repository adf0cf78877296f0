"""What holds for every request."""

import pytest
from django.test import Client

from keystage.service.accounts.roles import Role
from service.made import MadeSchool
from service.ready import fill


@pytest.mark.parametrize("path", ["/schools/a%00b/2026/", "/account/sign-in/?next=%00", "/account/sign-in/?a%00=b"])
def test_nul_in_an_address_is_a_bad_request(client: Client, db: None, path: str) -> None:
    assert client.get(path).status_code == 400


def test_nul_in_a_cookie_is_a_bad_request(client: Client, db: None) -> None:
    assert client.get("/account/sign-in/", headers={"cookie": r'keystage_session="aaaaaaaa\000"'}).status_code == 400


@pytest.mark.parametrize("page", ["", "pupils/", "marksheet/", "checks/", "checks/findings.csv", "sign/", "send/"])
def test_no_page_about_pupils_is_kept_by_a_browser(client: Client, school: MadeSchool, page: str) -> None:
    fill(school)
    client.force_login(school.people[Role.HEAD])
    kept = client.get(f"{school.base}{page}").headers["Cache-Control"]
    assert "no-store" in kept
    assert "private" in kept


def test_the_record_is_not_kept_by_a_browser(client: Client, school: MadeSchool) -> None:
    client.force_login(school.people[Role.HEAD])
    found = client.get(f"/organisations/{school.organisation.key}/record/download/")
    assert found.headers["Cache-Control"] == "private, no-store"
