"""The guides: open to everybody, whole, and true to what the program does."""

import re
from html import unescape

import pytest
from django.test import Client

from keystage.checks import CATALOGUE
from keystage.service.accounts.roles import ALLOWED, ROLES, OrganisationKind
from keystage.service.config.years import held
from keystage.service.guides.permissions import MEANT_AT, tables
from keystage.service.guides.troubleshooting import FAMILIES, IN_GENERAL, families
from keystage.service.guides.views import GUIDES
from service.addresses import addresses
from service.made import MadeSchool


@pytest.fixture
def anybody(db: None) -> Client:
    return Client()


def page(client: Client, slug: str) -> str:
    response = client.get(f"/guides/{slug}/")
    assert response.status_code == 200
    return unescape(response.content.decode())


def test_the_list_names_every_guide(anybody: Client) -> None:
    shown = anybody.get("/guides/").content.decode()
    assert re.findall(r'href="/guides/([\w-]+)/"', shown) == list(GUIDES)


def test_every_page_leads_to_the_guides_from_its_foot(anybody: Client) -> None:
    foot = anybody.get("/account/sign-in/").content.decode().partition("<footer")[2]
    assert 'href="/guides/"' in foot


@pytest.mark.parametrize("slug", GUIDES)
def test_what_the_list_of_parts_names_is_there(anybody: Client, slug: str) -> None:
    shown = page(anybody, slug)
    parts = re.findall(r'<li><a class="govuk-link" href="#([\w-]+)"', shown)
    assert len(parts) > 2
    for each in parts:
        assert f'<h2 class="govuk-heading-m" id="{each}">' in shown


@pytest.mark.parametrize("slug", GUIDES)
def test_nothing_is_left_to_be_filled_in(anybody: Client, slug: str) -> None:
    assert not re.findall(r"\{\w*\}|\{\{|None\b", page(anybody, slug))


def test_a_guide_that_is_not_there_is_not_found(anybody: Client) -> None:
    assert anybody.get("/guides/nothing/").status_code == 404


def test_who_is_signed_in_reads_them_too(school: MadeSchool) -> None:
    client = Client()
    client.force_login(next(iter(school.people.values())))
    assert client.get("/guides/about/").status_code == 200


# -- permissions ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", OrganisationKind)
def test_the_tables_on_the_page_are_the_one_that_the_service_goes_by(anybody: Client, kind: OrganisationKind) -> None:
    shown = page(anybody, "permissions")
    table = shown.partition(f'id="{kind.replace(" ", "-")}"')[2].partition("</table>")[0]
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", table, re.DOTALL)[1:]
    said = {}
    for row in rows:
        what = re.search(r"<th[^>]*>([^<]+)</th>", row)
        assert what
        said[what[1]] = ["Yes" in cell for cell in re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)]
    wanted = {str(each): [each in ALLOWED[role] for role in ROLES[kind]] for each in MEANT_AT[kind]}
    assert said == wanted


def test_whatever_a_page_asks_for_stands_in_the_table_of_its_kind_of_organisation() -> None:
    for each in addresses():
        for kind in each.kinds if each.permission else ():
            assert each.permission in MEANT_AT[kind], f"{each.name} is for a {kind}: say so in guides/permissions.py"


def test_no_row_says_no_to_everybody() -> None:
    assert [row[0] for table in tables() for row in table.rows if not any(row[1])] == []


# -- troubleshooting --------------------------------------------------------------------------------------------------


def test_every_check_has_a_place_that_can_be_linked_to(anybody: Client) -> None:
    shown = page(anybody, "troubleshooting")
    for code, check in CATALOGUE.items():
        assert f'id="{code}">{code}: {check.summary}</h3>' in shown


def test_every_family_of_checks_is_there() -> None:
    assert {check.stage for check in CATALOGUE.values()} == set(FAMILIES)


def test_every_way_out_can_be_read_without_a_file() -> None:
    for _, _, checks in families():
        for each in checks:
            assert "{" not in each.way_out, f"{each.code} needs words of its own in IN_GENERAL"


def test_there_are_no_words_for_a_check_that_needs_none() -> None:
    assert [code for code in IN_GENERAL if "{" not in CATALOGUE[code].fix] == []


# -- dates ------------------------------------------------------------------------------------------------------------


def test_the_dates_are_those_of_the_years_data_with_how_sure_they_are(anybody: Client) -> None:
    shown = page(anybody, "dates")
    for year in held():
        assert f'id="year-{year}"' in shown
    row = re.search(r"Deadline for teacher assessment</th>(.*?)</tr>", shown.partition('id="year-2026"')[2], re.DOTALL)
    assert row
    assert "26 June 2026" in row[1]
    assert "Official" in row[1]
    assert "Submitting key stage 2 teacher assessment data in 2026" in row[1]


def test_a_year_without_dates_says_so(anybody: Client) -> None:
    assert "No date of this year is known here yet." in page(anybody, "dates").partition('id="year-2027"')[2][:400]


def test_it_says_that_it_was_never_tried(anybody: Client) -> None:
    assert "has not been tried against the real national portal" in page(anybody, "not-tried").partition("<main")[2]
