"""The operator's pages of results, as the operator walks through them."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from keystage.service.accounts.roles import Role
from keystage.service.gateway.models import Release, ReleaseStage, SchoolResults
from service.at_gateway import Gateway, SchoolThere, a_gateway, a_school_there
from service.at_results import GOOD, a_trust, fresh, loaded, national, operator, prepared
from service.made import YEAR


@pytest.fixture
def gateway(db: None) -> Gateway:
    return a_gateway()


@pytest.fixture
def there(gateway: Gateway) -> SchoolThere:
    return a_school_there(gateway)


@pytest.fixture
def agency(gateway: Gateway) -> Client:
    client = Client()
    client.force_login(operator(gateway))
    return client


@pytest.fixture
def base(gateway: Gateway) -> str:
    return f"/agency/{gateway.agency.key}/{YEAR}/results/"


def html(client: Client, path: str) -> str:
    response = client.get(path, follow=True)
    assert response.status_code == 200, response.status_code
    return " ".join(response.content.decode().split())


def test_loading_preparing_and_setting_the_time(
    gateway: Gateway, there: SchoolThere, agency: Client, base: str
) -> None:
    assert "No results have been loaded yet." in html(agency, base)
    sent = SimpleUploadedFile("ks2 results.csv", national(there))
    response = agency.post(base, {"file": sent})
    release = Release.objects.get()
    assert response["Location"] == f"{base}{release.key}/"
    page = html(agency, f"{base}{release.key}/")
    assert "Next: look at what the checks found" in page
    agency.post(f"{base}{release.key}/", {"do": "prepare", "seen": "0"})
    page = html(agency, f"{base}{release.key}/")
    assert "The files are being prepared." in page
    assert "Next: set the time of the release." in page
    response = agency.post(f"{base}{release.key}/time/", {"on": "16/7/2099", "at": "7.30am"}, follow=True)
    assert "The results will be released on 16 July 2099 at 7:30am." in response.content.decode()
    assert "Everything is ready." in html(agency, f"{base}{release.key}/")
    assert "ks2 results.csv" in html(agency, base)


def test_without_a_file_the_form_says_so(agency: Client, base: str) -> None:
    assert "Select a file" in agency.post(base).content.decode()


def test_the_time_offered_is_the_years_and_later_the_one_that_was_set(
    gateway: Gateway, there: SchoolThere, agency: Client, base: str
) -> None:
    release = loaded(gateway, national(there))
    page = html(agency, f"{base}{release.key}/time/")
    assert 'value="16/07/2026"' in page
    assert 'value="07:30"' in page
    agency.post(f"{base}{release.key}/time/", {"on": "12/1/2099", "at": "18:05"})
    page = html(agency, f"{base}{release.key}/time/")
    assert 'value="12/01/2099"' in page
    assert 'value="18:05"' in page


def test_a_time_that_has_passed_is_said_above_the_form_and_what_was_typed_stays(
    gateway: Gateway, there: SchoolThere, agency: Client, base: str
) -> None:
    release = loaded(gateway, national(there))
    page = agency.post(f"{base}{release.key}/time/", {"on": "16/7/2020", "at": "7:30"}).content.decode()
    assert "16 July 2020 at 7:30am has passed." in page
    assert 'value="16/7/2020"' in page


def test_errors_must_be_ticked_before_the_files_are_prepared(
    gateway: Gateway, there: SchoolThere, agency: Client, base: str
) -> None:
    release = loaded(gateway, national(there, results=GOOD.replace("25,100", "25,130")))
    path = f"{base}{release.key}/"
    page = html(agency, path)
    assert "3 errors in 1 school" in page
    assert "Prepare the files with these errors in them" in page
    response = agency.post(path, {"do": "prepare", "seen": "3"}, follow=True)
    assert "There are errors in the results." in response.content.decode()
    agency.post(path, {"do": "prepare", "seen": "3", "go_on": "on"})
    assert fresh(release).stage == ReleaseStage.READY


def test_a_refused_file_shows_its_lines(gateway: Gateway, there: SchoolThere, agency: Client, base: str) -> None:
    release = loaded(gateway, national(there) + b",,X,No,School,,F,,,,,,,,,,,\n")
    page = html(agency, f"{base}{release.key}/")
    assert "1 row cannot be used, so nothing of the file was." in page
    assert "The row names no school." in page
    assert "Load another file" in page
    assert "Withdraw" not in page


def test_the_lists_of_schools_hold_whom_they_say(
    gateway: Gateway, there: SchoolThere, agency: Client, base: str
) -> None:
    awaited = a_school_there(gateway, number="9982001", name="Awaited Primary School", pupils=0)
    awaited.gateway_return.expected = 4
    awaited.gateway_return.save()
    wrong = national(there, results=GOOD.replace("25,100", "25,130")) + b"123,4567,Z1,Un,Known,,F,,,,,,,,,,,\n"
    release = loaded(gateway, wrong)
    path = f"{base}{release.key}/schools/"
    assert "Quellbridge Primary School" in html(agency, f"{path}?show=errors")
    assert "1234567" not in html(agency, f"{path}?show=queries"), "the score that cannot be is a query of its school"
    unknown = html(agency, f"{path}?show=unknown")
    assert "1234567" in unknown
    assert "Quellbridge" not in unknown
    assert "Awaited Primary School" in html(agency, f"{path}?show=without")
    every = html(agency, f"{path}?show=nonsense")
    assert "Quellbridge" in every
    assert "1234567" in every
    page = html(agency, f"{base}{release.key}/")
    assert "Results of schools that are not known here are given to nobody." in page


def test_many_schools_come_in_pages(gateway: Gateway, there: SchoolThere, agency: Client, base: str) -> None:
    release = loaded(gateway, national(there))
    SchoolResults.objects.bulk_create(
        SchoolResults(release=release, number=f"123{number}", sha256="0" * 64, pupils=1) for number in range(2000, 2120)
    )
    page = html(agency, f"{base}{release.key}/schools/?show=unknown&page=3")
    assert "1232119" in page
    assert "1232000" not in page
    assert "?show=unknown&amp;page=2" in page


def test_what_the_checks_say_of_a_school_is_shown_in_whole(
    gateway: Gateway, there: SchoolThere, agency: Client, base: str
) -> None:
    release = loaded(gateway, national(there, results=GOOD.replace("25,100", "25,130")))
    page = html(agency, f"{base}{release.key}/schools/9992001/")
    assert "which is not a score from 80 to 120" in page
    assert "R06" in page, "it is said which check could not be run"
    assert agency.get(f"{base}{release.key}/schools/9990000/").status_code == 404


def test_withdrawing_needs_a_reason_and_shows_it(
    gateway: Gateway, there: SchoolThere, agency: Client, base: str
) -> None:
    release = prepared(gateway, national(there))
    path = f"{base}{release.key}/withdraw/"
    assert "nobody has seen them" in html(agency, path)
    assert "Answer the question: Why are these results withdrawn?" in agency.post(path).content.decode()
    agency.post(path, {"reason": "The wrong file."})
    page = html(agency, f"{base}{release.key}/")
    assert "The wrong file." in page
    assert "Prepare the files" not in page
    response = agency.post(path, {"reason": "Again"}, follow=True)
    assert "withdrawn already" in response.content.decode()


def test_work_that_has_stopped_can_be_started_again(
    gateway: Gateway, there: SchoolThere, agency: Client, base: str
) -> None:
    release = loaded(gateway, national(there))
    SchoolResults.objects.update(checked_at=None)
    Release.objects.update(stage=ReleaseStage.LOADING, done=0)
    page = html(agency, f"{base}{release.key}/")
    assert "0 of 1 school checked." in page
    agency.post(f"{base}{release.key}/", {"do": "again"})
    assert fresh(release).stage == ReleaseStage.CHECKED
    response = agency.post(f"{base}{release.key}/", {"do": "again"}, follow=True)
    assert "Nothing is under way" in response.content.decode()


def test_once_released_it_can_only_be_withdrawn(
    gateway: Gateway, there: SchoolThere, agency: Client, base: str
) -> None:
    release = prepared(gateway, national(there))
    Release.objects.update(release_at=timezone.now() - timedelta(seconds=1))
    page = html(agency, f"{base}{release.key}/")
    assert "Released on" in page
    assert "Prepare the files" not in page
    assert "/time/" not in page
    assert "everybody who could is told" in html(agency, f"{base}{release.key}/withdraw/")


def test_a_release_of_another_collection_is_not_there(gateway: Gateway, there: SchoolThere, agency: Client) -> None:
    other = a_gateway(is_practice=True)
    school = a_school_there(other, number="9992077")
    release = loaded(other, national(school))
    assert agency.get(f"/agency/{gateway.agency.key}/{YEAR}/results/{release.key}/").status_code == 404


def test_a_trust_finds_its_results_from_its_list_of_collections(gateway: Gateway, there: SchoolThere) -> None:
    trust, analyst = a_trust([there])
    client = Client()
    client.force_login(analyst)
    assert f"/results/{trust.key}/{YEAR}/" in html(client, f"/results/{trust.key}/")
    assert "16 July 2026 at 7:30am" in html(client, f"/results/{trust.key}/{YEAR}/")


def test_the_navigation_leads_nobody_to_results_they_may_not_see(gateway: Gateway) -> None:
    agency, authority = (f"/{part}/{{}}/{YEAR}/" for part in ("agency", "authority"))
    for role, path, may in (
        (Role.OPERATOR, agency.format(gateway.agency.key), True),
        (Role.HELPDESK, agency.format(gateway.agency.key), False),
        (Role.DATA_OFFICER, authority.format(gateway.authority.key), True),
        (Role.MODERATION_MANAGER, authority.format(gateway.authority.key), False),
    ):
        client = Client()
        client.force_login(gateway.people[role])
        assert (f"{path}results/" in html(client, path)) is may, role
