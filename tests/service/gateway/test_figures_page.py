"""The agency's page of figures, and the file in the layout of the official statistics."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.test import Client
from django.utils import timezone

from keystage.measures import official
from keystage.service.accounts.roles import Role
from keystage.service.gateway.models import Release
from keystage.service.gateway.services.results_releasing import withdraw
from service.at_gateway import Gateway, SchoolThere, a_gateway, a_school_there
from service.at_results import GOOD, HEAD, fresh, loaded, national, operator, released, row
from service.made import YEAR

ABSENT = ",,A,,,A,,,A,WTS,HNM"


@pytest.fixture
def gateway(db: None) -> Gateway:
    return a_gateway()


@pytest.fixture
def there(gateway: Gateway) -> SchoolThere:
    """Three pupils of authority 999, which is Quellshire."""
    return a_school_there(gateway)


@pytest.fixture
def far(gateway: Gateway) -> SchoolThere:
    """Ten pupils of authority 998, which has no name here."""
    return a_school_there(gateway, number="9982001", name="Ottermere Primary School", pupils=10)


@pytest.fixture
def base(gateway: Gateway) -> str:
    return f"/agency/{gateway.agency.key}/{YEAR}/figures/"


def _client(gateway: Gateway, role: Role) -> Client:
    client = Client()
    client.force_login(gateway.people[role])
    return client


@pytest.fixture
def agency(gateway: Gateway) -> Client:
    return _client(gateway, Role.OPERATOR)


@pytest.fixture
def helpdesk(gateway: Gateway) -> Client:
    return _client(gateway, Role.HELPDESK)


def _html(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, response.status_code
    return " ".join(response.content.decode().split())


def _two_of_three(there: SchoolThere) -> bytes:
    rows = (row("9992001", pupil, said) for pupil, said in zip(there.pupils, (GOOD, GOOD, ABSENT), strict=True))
    return (HEAD + "".join(rows)).encode()


def _cells(page: str, text: str) -> list[str]:
    """Return the figures of the first row of a table that has a text."""
    rest = page[page.index(text) :]
    cells = rest[: rest.index("</tr>")].split("<td")[1:]
    return [cell.partition(">")[2].partition("</td>")[0].strip() for cell in cells]


def test_with_no_results_it_says_what_will_be_there(gateway: Gateway, agency: Client, base: str) -> None:
    assert "There are no figures yet" in _html(agency, base)


def test_each_measure_stands_with_what_it_is_made_of_and_its_rule(
    gateway: Gateway, there: SchoolThere, agency: Client, base: str
) -> None:
    released(gateway, _two_of_three(there))
    page = _html(agency, base)
    assert _cells(page, "Reading, writing and maths: expected standard") == ["2", "3", "67%"]
    assert _cells(page, "Reading: average scaled score") == ["200", "2", "100.0"]
    assert "Pupils who reach the expected standard in the reading test, the maths test and writing, of all" in page
    assert "The official figures of 2026 are not in the year’s data." in page
    assert _cells(page, ">Absent<") == ["1", "1", "1"]


def test_before_the_release_the_operator_sees_them_and_is_told_so_and_the_helpdesk_does_not(
    gateway: Gateway, there: SchoolThere, agency: Client, helpdesk: Client, base: str
) -> None:
    release = loaded(gateway, national(there))
    assert "These results are not released. You see their figures because you prepare the release" in _html(
        agency, base
    )
    assert agency.get(f"{base}{release.key}.csv").status_code == 200
    assert "There are no figures yet" in _html(helpdesk, f"{base}?release={release.key}")
    assert helpdesk.get(f"{base}{release.key}.csv").status_code == 404


def test_after_the_release_the_helpdesk_sees_them_too(
    gateway: Gateway, there: SchoolThere, helpdesk: Client, base: str
) -> None:
    release = released(gateway, national(there))
    assert _cells(_html(helpdesk, base), "Writing: greater depth") == ["0", "3", "0%"]
    assert helpdesk.get(f"{base}{release.key}.csv").status_code == 200
    Release.objects.update(release_at=timezone.now() + timedelta(minutes=1))
    assert "There are no figures yet" in _html(helpdesk, base)


def test_what_is_released_is_shown_first_and_what_is_prepared_is_a_link_away(
    gateway: Gateway, there: SchoolThere, agency: Client, base: str
) -> None:
    released(gateway, national(there))
    revised = loaded(gateway, national(there, results=ABSENT))
    page = _html(agency, base)
    assert _cells(page, "Maths: expected standard") == ["3", "3", "100%"]
    assert f'href="?release={revised.key}">Revised results, not released yet' in page
    assert _cells(_html(agency, f"{base}?release={revised.key}"), "Maths: expected standard") == ["0", "3", "0%"]


def test_figures_of_results_that_were_withdrawn_are_gone(
    gateway: Gateway, there: SchoolThere, agency: Client, base: str
) -> None:
    release = released(gateway, national(there))
    withdraw(fresh(release), gateway.agency, "The wrong file.", by=operator(gateway))
    assert "There are no figures yet" in _html(agency, f"{base}?release={release.key}")
    assert agency.get(f"{base}{release.key}.csv").status_code == 404


def test_authorities_can_be_sorted_by_each_figure(
    gateway: Gateway, there: SchoolThere, far: SchoolThere, agency: Client, base: str
) -> None:
    rows = [row("9992001", each) for each in there.pupils] + [row("9982001", each, ABSENT) for each in far.pupils]
    released(gateway, (HEAD + "".join(rows)).encode())

    def order(sort: str) -> list[str]:
        page = _html(agency, f"{base}?sort={sort}")
        table = page[page.index('id="authorities"') :]
        return sorted(("Quellshire", "Authority 998"), key=table.index)

    assert order("name") == order("pupils") == order("nonsense") == ["Authority 998", "Quellshire"]
    assert order("rwm.expected") == order("reading.average") == ["Quellshire", "Authority 998"]


def test_groups_stand_with_the_gap_between_them_and_what_the_file_says_nothing_of_is_said(
    gateway: Gateway, there: SchoolThere, agency: Client, base: str
) -> None:
    there.pupils[2].sex = "M"
    released(gateway, _two_of_three(there))
    page = _html(agency, base)
    assert _cells(page, ">Girls<")[:2] == ["2", "100%"]
    assert _cells(page, ">Boys<")[:2] == ["1", "0%"]
    assert _cells(page, "Gap (Girls less Boys)")[:2] == ["", "+100"]
    assert "says nothing of: disadvantage, special educational needs, first language." in page


def test_schools_that_the_gateway_does_not_know_are_said_not_to_be_counted(
    gateway: Gateway, there: SchoolThere, agency: Client, base: str
) -> None:
    loaded(gateway, national(there) + f"999,4567,Z1,Nobody,Known,,F,{GOOD}\n".encode())
    page = _html(agency, base)
    assert "1 school in the file is not known at the gateway, and not counted here." in page
    assert "1 school with 3 pupils" in page


def test_a_file_of_nothing_but_unknown_schools_comes_to_nothing(gateway: Gateway, agency: Client, base: str) -> None:
    loaded(gateway, f"{HEAD}999,4567,Z1,Nobody,Known,,F,{GOOD}\n".encode())
    assert "None of these results can be counted" in _html(agency, base)


def test_the_file_has_the_official_layout_and_hides_small_numbers(
    gateway: Gateway, there: SchoolThere, far: SchoolThere, agency: Client, base: str
) -> None:
    release = released(gateway, national(there, far))
    response = agency.get(f"{base}{release.key}.csv")
    assert response["Content-Disposition"] == 'attachment; filename="key_stage_2_202526_release_1.csv"'
    rows = list(csv.DictReader(StringIO(response.content.decode(), newline="")))
    assert tuple(rows[0]) == official.columns()
    found = {(each["geographic_level"], each["old_la_code"]): each["t_read_eligible_pupils"]
             for each in rows if each["breakdown"] == "Total"}  # fmt: skip
    # three are hidden, and the ten would give them away
    assert found == {("National", ""): "13", ("Local authority", "998"): "SUPP", ("Local authority", "999"): "SUPP"}


def test_the_page_of_a_release_leads_to_its_figures(gateway: Gateway, there: SchoolThere, agency: Client) -> None:
    release = loaded(gateway, national(there))
    page = _html(agency, f"/agency/{gateway.agency.key}/{YEAR}/results/{release.key}/")
    assert f'href="/agency/{gateway.agency.key}/{YEAR}/figures/?release={release.key}"' in page


def test_the_page_asks_few_questions_of_the_database(
    gateway: Gateway, there: SchoolThere, far: SchoolThere, agency: Client, base: str,
    django_assert_max_num_queries: object,
) -> None:  # fmt: skip
    released(gateway, national(there, far))
    agency.get(base)
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        agency.get(base)
