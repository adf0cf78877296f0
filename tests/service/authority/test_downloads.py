"""What an authority takes away: a Common Transfer File for each school, and a layout that a data warehouse loads."""

import csv
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client
from django.utils import timezone

from keystage.ctf.reader import read
from keystage.ctf.to_return import to_return
from keystage.service.accounts.models import Person
from keystage.service.accounts.roles import Role
from keystage.service.authority.ctf_zip import Member, zipped
from keystage.service.authority.warehouse import columns
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Event
from keystage.service.gateway.models import GatewayReturn, HeldPupil
from keystage.sheets.guard import is_injection
from keystage.years import load
from keystage.years.subjects import Subject
from service.at_gateway import Gateway, SchoolThere, a_gateway, a_school_there, send
from service.at_results import a_trust, national, released
from service.made import YEAR


@pytest.fixture
def gateway(db: None) -> Gateway:
    return a_gateway()


@pytest.fixture
def one(gateway: Gateway) -> SchoolThere:
    made = a_school_there(gateway, pupils=2)
    send(made)
    return made


@pytest.fixture
def two(gateway: Gateway) -> SchoolThere:
    made = a_school_there(gateway, number="9992002", name="Ashbrook Primary School", pupils=1)
    send(made)
    return made


@pytest.fixture
def far(gateway: Gateway) -> SchoolThere:
    """A school of another authority."""
    made = a_school_there(gateway, number="9982001", name="Farbridge Primary School", pupils=1)
    send(made)
    return made


@pytest.fixture
def base(gateway: Gateway) -> str:
    return f"/authority/{gateway.authority.key}/{YEAR}/downloads/"


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def officer(gateway: Gateway) -> Client:
    return client_of(gateway.people[Role.DATA_OFFICER])


def taken(client: Client, path: str) -> bytes:
    response: Any = client.get(path)
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def rows(client: Client, base: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(taken(client, f"{base}warehouse.csv").decode())))


def test_the_zip_has_a_file_for_each_of_ones_own_schools_that_reads_as_what_counts(
    one: SchoolThere, two: SchoolThere, far: SchoolThere, officer: Client, base: str
) -> None:
    with ZipFile(BytesIO(taken(officer, f"{base}ctfs.zip"))) as archive:
        assert archive.namelist() == ["9992001_KS2_9992001_001.xml", "9992002_KS2_9992002_001.xml"]
        assert archive.testzip() is None
        content = archive.read("9992001_KS2_9992001_001.xml")
    found = to_return(read(content), load(YEAR))
    assert found.school == "9992001"
    assert [(each.upn, each.code(Subject.WRITING)) for each in found.pupils] == [
        (each.upn, "EXS") for each in sorted(one.pupils, key=lambda each: each.upn)
    ]
    assert Event.objects.get(kind=Kind.FILE_TAKEN).data["file"].startswith("ctfs-2026-")


def test_two_schools_with_one_number_have_files_with_two_names(
    one: SchoolThere, two: SchoolThere, officer: Client, base: str
) -> None:
    GatewayReturn.objects.filter(pk=two.gateway_return.pk).update(number="9992001")
    with ZipFile(BytesIO(taken(officer, f"{base}ctfs.zip"))) as archive:
        assert archive.namelist() == ["9992001_KS2_9992001_001.xml", "9992001_KS2_9992001_002.xml"]


def test_a_name_with_a_character_that_no_xml_holds_spoils_no_file(one: SchoolThere, officer: Client, base: str) -> None:
    HeldPupil.objects.filter(upn=one.pupils[0].upn).update(surname="Exa\x07mple & <Co>")
    with ZipFile(BytesIO(taken(officer, f"{base}ctfs.zip"))) as archive:
        found = to_return(read(archive.read(archive.namelist()[0])), load(YEAR))
    assert "Example & <Co>" in {each.surname for each in found.pupils}


def test_a_zip_is_made_piece_by_piece() -> None:
    made: list[str] = []

    def members() -> Any:
        for name in ("a.xml", "b.xml"):
            made.append(name)
            yield Member(name, b"x" * 1000)

    pieces = zipped(members(), timezone.now())
    first = next(pieces)
    assert made == ["a.xml"]
    with ZipFile(BytesIO(first + b"".join(pieces))) as archive:
        assert archive.read("b.xml") == b"x" * 1000


def test_where_nothing_counts_there_is_no_zip_and_it_is_said(gateway: Gateway, officer: Client, base: str) -> None:
    a_school_there(gateway)
    answer = officer.get(f"{base}ctfs.zip", follow=True)
    assert "No judgement of your schools counts yet" in answer.content.decode()
    assert "No judgement of your schools counts yet" in officer.get(base).content.decode()


def test_a_row_for_the_warehouse_is_a_pupil_and_a_subject(one: SchoolThere, officer: Client, base: str) -> None:
    HeldPupil.objects.update(accepted_at="2026-06-18T09:30:00Z")
    found = rows(officer, base)
    assert len(found) == 4
    first, file = min(one.pupils, key=lambda each: each.upn), one.now().counting.file  # type: ignore[union-attr]
    assert found[0] == {
        "collection_year": "2026", "authority_number": "999", "school_number": "9992001",
        "school_name": "Quellbridge Primary School", "upn": first.upn, "surname": first.surname,
        "forename": first.forename, "birth_date": "2015-03-02", "sex": "F", "kind": "ta", "subject": "writing",
        "code": "EXS", "raw": "", "scaled": "", "outcome": "", "accepted_at": "2026-06-18T09:30:00Z",
        "source_file": file.name, "source_sha256": file.sha256,
    }  # fmt: skip


def test_results_are_in_the_warehouse_once_they_are_released(
    gateway: Gateway, one: SchoolThere, two: SchoolThere, far: SchoolThere, officer: Client, base: str
) -> None:
    release = released(gateway, national(one, two, far))
    found = rows(officer, base)
    assert "9982001" not in {each["school_number"] for each in found}
    tests = [each for each in found if each["kind"] == "test"]
    assert len(tests) == 9
    assert [(each["subject"], each["raw"], each["scaled"], each["outcome"], each["code"]) for each in tests[:3]] == [
        ("reading", "25", "100", "AS", ""), ("maths", "56", "100", "AS", ""), ("gps", "34", "100", "AS", ""),
    ]  # fmt: skip
    assert {each["source_sha256"] for each in tests} == {release.file.sha256}


def test_the_order_is_the_same_each_time_whatever_the_database_gives(
    gateway: Gateway, one: SchoolThere, two: SchoolThere, officer: Client, base: str
) -> None:
    released(gateway, national(one, two))
    first = taken(officer, f"{base}warehouse.csv")
    keys = [(each["school_number"], each["upn"], each["kind"]) for each in rows(officer, base)]
    assert keys == sorted(keys)
    for each in HeldPupil.objects.order_by("-pk"):
        each.save()
    assert taken(officer, f"{base}warehouse.csv") == first


def test_no_cell_is_run_as_a_formula(one: SchoolThere, officer: Client, base: str) -> None:
    HeldPupil.objects.update(surname="=1+1", forename="@x")
    found = rows(officer, base)
    assert {each["surname"] for each in found} == {"'=1+1"}
    assert not [cell for each in found for cell in each.values() if is_injection(cell)]


def test_the_dictionary_has_every_column_of_the_file_in_its_order(one: SchoolThere, officer: Client, base: str) -> None:
    head = taken(officer, f"{base}warehouse.csv").decode().splitlines()[0].split(",")
    said = list(csv.reader(StringIO(officer.get(f"{base}columns.csv").content.decode("utf-8-sig"))))
    assert [each[0] for each in said[1:]] == head == [each.name for each in columns(load(YEAR))]
    page = officer.get(f"{base}columns/").content.decode()
    assert all(name in page for name in head)
    assert "writing: GDS EXS WTS" in page


def test_every_value_is_what_the_dictionary_allows(
    gateway: Gateway, one: SchoolThere, officer: Client, base: str
) -> None:
    released(gateway, national(one))
    found, year = rows(officer, base), load(YEAR)
    for each in found:
        for column in columns(year):
            value = each[column.name]
            assert value or column.may_be_empty, column.name
            assert column.type != "integer" or not value or value.isdigit(), column.name
        assert each["code"] in ("", *year.codes(Subject(each["subject"]))) if each["kind"] == "ta" else True
        assert each["outcome"] in ("", *year.outcomes)


@pytest.mark.parametrize(
    ("role", "page", "status"),
    [
        (Role.DATA_OFFICER, "", 200),
        (Role.MODERATION_MANAGER, "", 200),
        (Role.ACCOUNT_MANAGER, "", 403),
        (Role.MODERATION_MANAGER, "ctfs.zip", 200),
        (Role.MODERATION_MANAGER, "warehouse.csv", 403),
        (Role.ACCOUNT_MANAGER, "ctfs.zip", 403),
    ],
)
def test_who_takes_what(gateway: Gateway, one: SchoolThere, base: str, role: Role, page: str, status: int) -> None:
    person = next(
        each.person
        for each in gateway.authority.memberships.filter(role=role)  # type: ignore[attr-defined]
    )
    assert client_of(person).get(f"{base}{page}").status_code == status


def test_a_trust_takes_its_own_schools_and_no_others(
    gateway: Gateway, one: SchoolThere, two: SchoolThere, far: SchoolThere
) -> None:
    trust, analyst = a_trust([two, far])
    base = f"/authority/{trust.key}/{YEAR}/downloads/"
    with ZipFile(BytesIO(taken(client_of(analyst), f"{base}ctfs.zip"))) as archive:
        assert sorted(name[:7] for name in archive.namelist()) == ["9982001", "9992002"]
    assert {each["school_number"] for each in rows(client_of(analyst), base)} == {"9982001", "9992002"}
