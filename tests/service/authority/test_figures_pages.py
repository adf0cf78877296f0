"""The figures of an authority and of a trust: who sees them when, what is hidden, and what is in their files."""

import csv
from datetime import timedelta
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from keystage.service.accounts.models import Organisation, Person
from keystage.service.accounts.roles import Role
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Event
from keystage.service.gateway.early import Early
from keystage.service.gateway.models import AuthoritySettings, GatewayReturn, HeldPupil, Release
from keystage.service.gateway.services.authorities import set_authority_figures
from keystage.years.subjects import Subject
from service.at_gateway import Gateway, SchoolThere, a_gateway, a_pupil, a_school_there, send
from service.at_results import GOOD, HEAD, a_trust, prepared, released, row
from service.made import YEAR

HIGH = "35,112,AS,60,112,AS,95,112,AS,GDS,EXS"


@pytest.fixture
def gateway(db: None) -> Gateway:
    return a_gateway()


@pytest.fixture
def large(gateway: Gateway) -> SchoolThere:
    """Eight pupils, of whom six reach the standard in writing and two greater depth."""
    made = a_school_there(gateway, pupils=8)
    codes = ["GDS", "GDS", *["EXS"] * 4, "WTS", "WTS"]
    send(made, [a_pupil(each, {Subject.WRITING: code, Subject.SCIENCE: "EXS"})
                for each, code in zip(made.pupils, codes, strict=True)])  # fmt: skip
    return made


@pytest.fixture
def small(gateway: Gateway) -> SchoolThere:
    """Two pupils."""
    made = a_school_there(gateway, number="9992002", name="Ashbrook Primary School", pupils=2)
    send(made)
    return made


@pytest.fixture
def base(gateway: Gateway) -> str:
    return f"/authority/{gateway.authority.key}/{YEAR}/"


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def officer(gateway: Gateway) -> Client:
    return client_of(gateway.people[Role.DATA_OFFICER])


def text(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, (path, response.status_code)
    return " ".join(response.content.decode().split())


def early(gateway: Gateway, who: Early, below: int = 6) -> None:
    set_authority_figures(gateway.collection, gateway.authority, who, below, by=gateway.people[Role.DATA_OFFICER])


def rows_of(client: Client, path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(client.get(path).content.decode("utf-8-sig"))))


def national(there: SchoolThere, *more: SchoolThere, results: str = GOOD) -> bytes:
    rows = (row(each.gateway_return.number, pupil, results) for each in (there, *more) for pupil in each.pupils)
    return (HEAD + "".join(rows)).encode()


def test_provisional_figures_are_of_writing_and_science_and_say_so(
    large: SchoolThere, small: SchoolThere, gateway: Gateway, officer: Client, base: str
) -> None:
    a_school_there(gateway, number="9992003", name="Silent Primary School")
    page = text(officer, f"{base}figures/")
    assert "Provisional, as on" in page
    assert "From 2 of 3 schools" in page
    assert "8 of 10 pupils" in page, "six of eight and two of two"
    assert "Reading: expected standard" not in page
    assert "not published" in page


def test_a_small_school_is_hidden_on_the_page_and_in_the_files(
    large: SchoolThere, small: SchoolThere, officer: Client, base: str
) -> None:
    page = text(officer, f"{base}figures/")
    assert "100%" in page, "science of all ten"
    assert page.count(">hidden<") >= 2
    rows = rows_of(officer, f"{base}figures/figures.csv")
    schools = [each for each in rows if each["level"] == "school"]
    assert len(schools) == 6
    assert {(each["is_hidden"], each["numerator"], each["denominator"], each["value"]) for each in schools} == {
        ("yes", "", "", "")
    }, "the other school would show by taking it from the total"
    book = officer.get(f"{base}figures/figures.xlsx").content
    with ZipFile(BytesIO(book)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<v>0.75</v>" not in sheet
    assert "<v>75</v>" not in sheet


def test_nothing_is_hidden_where_the_authority_hides_nothing(
    gateway: Gateway, large: SchoolThere, small: SchoolThere, officer: Client, base: str
) -> None:
    early(gateway, Early.AUTHORITY, below=0)
    rows = rows_of(officer, f"{base}figures/figures.csv")
    found = {(each["number"], each["measure"]): each for each in rows if each["level"] == "school"}
    assert found["9992001", "writing.expected"]["value"] == "75"
    assert found["9992001", "writing.higher"]["numerator"] == "2"
    assert found["9992002", "writing.expected"]["value"] == "100"
    assert {each["status"] for each in rows} == {"provisional"}


def test_a_pupil_whose_judgement_changes_changes_the_figures_at_once(
    large: SchoolThere, officer: Client, base: str
) -> None:
    assert "6 of 8 pupils" in text(officer, f"{base}figures/")
    HeldPupil.objects.filter(upn=large.pupils[7].upn).update(writing="EXS")
    assert "7 of 8 pupils" in text(officer, f"{base}figures/")


WHO = [Role.DATA_OFFICER, Role.MODERATION_MANAGER, Role.ANALYST, Role.DATA_MANAGER, Role.TEACHER]
BEFORE = {
    Early.NOBODY: set(),
    Early.AUTHORITY: {Role.DATA_OFFICER, Role.MODERATION_MANAGER, Role.ANALYST},
    Early.SCHOOLS: set(WHO),
}
"""Who sees figures before the results are released. A trust sets nothing: what the authority
of a school has set holds for it too."""


@pytest.mark.parametrize("role", WHO)
@pytest.mark.parametrize("who", Early)
@pytest.mark.parametrize("is_released", [False, True])
def test_who_sees_figures_before_the_release_is_a_setting_and_afterwards_everybody_who_may(
    gateway: Gateway, large: SchoolThere, base: str, who: Early, role: Role, is_released: bool
) -> None:
    early(gateway, who)
    trust, analyst = a_trust([large])
    if is_released:
        released(gateway, national(large))
    sees = is_released or role in BEFORE[who]
    key = large.gateway_return.key
    person = analyst if role is Role.ANALYST else large.people.get(role) or gateway.people[role]
    there = f"/authority/{trust.key}/{YEAR}/" if role is Role.ANALYST else base
    paths = [f"{there}figures/", f"{there}school/{key}/report/"]
    if role in large.people:
        paths = [f"{large.base}report/"]
    for path in paths:
        assert ("6 of 8 pupils" in text(client_of(person), path)) is (sees and not is_released), path
        assert ("8 of 8 pupils" in text(client_of(person), path)) is (sees), path
    if role not in large.people:
        for ending in ("csv", "xlsx"):
            status = client_of(person).get(f"{there}figures/figures.{ending}").status_code
            assert status == (200 if sees else 302), ending


def test_of_a_trusts_schools_those_are_left_out_whose_authority_lets_nobody_see(
    gateway: Gateway, large: SchoolThere
) -> None:
    other = a_school_there(gateway, number="9982001", name="Elsewhere Primary School", pupils=8)
    send(other)
    trust, analyst = a_trust([large, other])
    early(gateway, Early.NOBODY)
    base = f"/authority/{trust.key}/{YEAR}/"
    page = text(client_of(analyst), f"{base}figures/")
    assert "8 of 8 pupils" in page
    assert "6 of 8 pupils" not in page
    assert "1 school is left out, because the authority lets nobody see figures yet." in page
    reports = [text(client_of(analyst), f"{base}school/{each.gateway_return.key}/report/") for each in (large, other)]
    assert ["Provisional, as on" in each or "PROVISIONAL, as on" in each for each in reports] == [False, True]


def test_no_figure_of_results_is_shown_a_second_early(
    gateway: Gateway, large: SchoolThere, officer: Client, base: str
) -> None:
    release = prepared(gateway, national(large, results=HIGH))
    Release.objects.filter(pk=release.pk).update(release_at=timezone.now() + timedelta(seconds=30))
    for path in (f"{base}figures/", f"{base}school/{large.gateway_return.key}/report/"):
        page = text(officer, path)
        assert "Reading" not in page.replace("Reading, maths", "").replace("Reading TA", ""), path
        assert "112" not in page, path
    assert {each["status"] for each in rows_of(officer, f"{base}figures/figures.csv")} == {"provisional"}
    assert b",test," not in b"".join(officer.get(f"{base}downloads/warehouse.csv").streaming_content)  # type: ignore[attr-defined]
    Release.objects.filter(pk=release.pk).update(release_at=timezone.now())
    page = text(officer, f"{base}figures/")
    assert "Reading: average scaled score" in page
    assert "112.0" in page


def test_released_figures_add_up_the_schools_and_are_set_beside_the_gateway(
    gateway: Gateway, large: SchoolThere, small: SchoolThere, officer: Client, base: str
) -> None:
    far = a_school_there(gateway, number="9982001", name="Farbridge Primary School", pupils=10)
    content = national(large, small) + national(far, results=",,A,,,A,,,A,WTS,HNM").partition(b"\n")[2]
    released(gateway, content)
    page = text(officer, f"{base}figures/")
    assert "Farbridge" not in page
    assert "10 of 10 pupils" in page
    assert "All schools at this gateway" in page
    assert "3 schools at this gateway, which need not be all" in page
    rows = rows_of(officer, f"{base}figures/figures.csv")
    total = {each["measure"]: each for each in rows if each["level"] == "authority" and each["breakdown"] == "all"}
    assert len(total) == 14
    assert (total["reading.expected"]["numerator"], total["reading.expected"]["denominator"]) == ("10", "10")
    assert (total["reading.average"]["numerator"], total["reading.average"]["value"]) == ("1000", "100.0")


def test_the_figures_of_few_pupils_elsewhere_are_not_told_by_taking_ones_own_from_the_gateways(
    gateway: Gateway, large: SchoolThere, officer: Client, base: str
) -> None:
    far = a_school_there(gateway, number="9982001", name="Farbridge Primary School", pupils=2)
    released(gateway, national(large) + national(far, results=",,A,,,A,,,A,WTS,HNM").partition(b"\n")[2])
    page = text(officer, f"{base}figures/")
    assert "8 of 8 pupils" in page
    assert "80%" not in page, "of ten at the gateway, eight of whom are one's own, two others are absent"
    early(gateway, Early.AUTHORITY, below=2)
    assert "80%" in text(officer, f"{base}figures/")


def test_a_school_that_revised_results_leave_out_keeps_what_was_released_before(
    gateway: Gateway, large: SchoolThere, small: SchoolThere, officer: Client, base: str
) -> None:
    released(gateway, national(large, small))
    released(gateway, national(large, results=HIGH))
    page = text(officer, f"{base}figures/?show=average")
    assert "From 2 of 2 schools" in page
    assert "Ashbrook" in page
    assert "1,096 points over 10 pupils" in page, "eight with 112 and two with 100"


def test_the_tables_show_one_sort_of_figure_at_a_time(
    gateway: Gateway, large: SchoolThere, officer: Client, base: str
) -> None:
    released(gateway, national(large))
    assert "Average scaled score, by school" in text(officer, f"{base}figures/?show=average")
    for other in ("", "nonsense"):
        assert "Reaching the expected standard, by school" in text(officer, f"{base}figures/?show={other}"), other


def test_an_authority_of_which_nothing_counts_is_told_so(officer: Client, base: str) -> None:
    assert "There is nothing to count yet" in text(officer, f"{base}figures/")


def test_the_setting_is_kept_and_recorded(gateway: Gateway, officer: Client, base: str) -> None:
    answer = officer.post(
        f"{base}settings/", {"form": "figures", "early_figures": "schools", "hidden_below": "11"}, follow=True
    )
    assert "Who sees figures early is saved." in answer.content.decode()
    held = AuthoritySettings.objects.get()
    assert (held.early_figures, held.hidden_below, held.emails) == ("schools", 11, "requests")
    assert Event.objects.get(kind=Kind.AUTHORITY_FIGURES_SET).data["after"] == ["schools", 11]


@pytest.mark.parametrize(
    ("early_figures", "below", "said"),
    [
        ("everybody", "6", "choose one of the answers given"),
        ("", "6", "Answer the question: Who sees figures before the results are released?"),
        ("schools", "-1", "must be 0 or more"),
        ("schools", "101", "must be 100 or less"),
        ("schools", "six", "must be a whole number"),
    ],
)
def test_a_setting_that_cannot_be_is_said_beside_the_field(
    gateway: Gateway, officer: Client, base: str, early_figures: str, below: str, said: str
) -> None:
    sent = {"form": "figures", "early_figures": early_figures, "hidden_below": below}
    assert said in officer.post(f"{base}settings/", sent).content.decode()
    assert not AuthoritySettings.objects.exists()


def test_who_only_moderates_does_not_set_who_sees_figures(gateway: Gateway, base: str) -> None:
    client = client_of(gateway.people[Role.MODERATION_MANAGER])
    assert client.post(f"{base}settings/", {"form": "figures", "early_figures": "schools"}).status_code == 403


def test_it_is_recorded_who_took_figures(gateway: Gateway, large: SchoolThere, officer: Client, base: str) -> None:
    name = officer.get(f"{base}figures/figures.csv").headers["Content-Disposition"]
    event = Event.objects.get(kind=Kind.FILE_TAKEN)
    assert event.data["file"] in name
    assert (event.person, event.organisation) == (gateway.people[Role.DATA_OFFICER], gateway.authority)


def more_schools(gateway: Gateway, like: SchoolThere, count: int) -> None:
    """Put more schools into the authority, each with the pupils of one that sent."""
    held = list(HeldPupil.objects.filter(gateway_return=like.gateway_return))
    made = Organisation.objects.bulk_create(
        Organisation(kind="school", name=f"School {serial}", number=f"999{3000 + serial}") for serial in range(count)
    )
    returns = GatewayReturn.objects.bulk_create(
        GatewayReturn(collection=gateway.collection, school=each, number=each.number, authority_number="999",
                      accepted=len(held))
        for each in made
    )  # fmt: skip
    HeldPupil.objects.bulk_create(
        HeldPupil(gateway_return=each, submission=one.submission, accepted_at=one.accepted_at, upn=one.upn,
                  surname=one.surname, forename=one.forename, birth_date=one.birth_date, sex=one.sex,
                  writing=one.writing, science=one.science)
        for each in returns for one in held
    )  # fmt: skip


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        response = client.get(path)
        b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
    assert response.status_code == 200
    return len(captured)


def test_the_number_of_queries_does_not_grow_with_the_schools(
    gateway: Gateway, large: SchoolThere, officer: Client, base: str
) -> None:
    key = large.gateway_return.key
    paths = [f"{base}{each}" for each in ("figures/", "figures/figures.csv", "corrections/", f"school/{key}/report/")]
    paths += [f"{base}downloads/{each}" for each in ("", "ctfs.zip", "warehouse.csv")]
    before = {path: queries(officer, path) for path in paths}
    more_schools(gateway, large, 60)
    for path in paths:
        assert queries(officer, path) <= before[path], path
    assert before[f"{base}figures/"] <= 16
