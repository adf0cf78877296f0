"""What is prepared beforehand: for each school, for its authority and trust, for its pupils' next school."""

import csv
import io
import zipfile

import pytest
from pypdf import PdfReader

from keystage import ctf
from keystage.ctf.results import to_results
from keystage.service.accounts.models import Organisation
from keystage.service.accounts.roles import OrganisationKind
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Event
from keystage.service.files.store import get, path_of
from keystage.service.gateway.models import FileKind, PreparedFile, Release, ReleaseStage, SchoolResults
from keystage.service.gateway.results_files import Naming
from keystage.service.gateway.services import results_collecting, results_preparing
from keystage.service.gateway.services.results_preparing import prepare
from keystage.service.gateway.services.results_releasing import start_again
from keystage.years import Subject, Test, load
from keystage.years.headings import RESULTS_FIELDS
from service.at_gateway import Gateway, SchoolThere, a_gateway, a_school_there, expect
from service.at_results import GOOD, HEAD, a_secondary, a_trust, fresh, loaded, national, operator, prepared, row
from service.made import upn

YEAR = load(2026)


@pytest.fixture
def gateway(db: None) -> Gateway:
    return a_gateway()


@pytest.fixture
def there(gateway: Gateway) -> SchoolThere:
    return a_school_there(gateway)


@pytest.fixture
def other(gateway: Gateway) -> SchoolThere:
    """A school of the same authority, with two pupils of its own."""
    made = a_school_there(gateway, number="9992002", name="Ottermere Primary School", pupils=0)
    for serial in (21, 22):
        expect(made, serial, surname=f"Otter{'abc'[serial - 20]}")
    return made


def files(release: Release, organisation: Organisation) -> dict[str, PreparedFile]:
    return {each.kind: each for each in PreparedFile.objects.filter(release=release, organisation=organisation)}


def rows(file: PreparedFile) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(get(file.sha256).decode(), newline="")))


def in_zip(file: PreparedFile) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(get(file.sha256))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_school_gets_a_csv_two_ctfs_and_letters(gateway: Gateway, there: SchoolThere) -> None:
    release = prepared(gateway, national(there))
    assert release.stage == ReleaseStage.READY
    found = files(release, there.organisation)
    assert {kind: each.name for kind, each in found.items()} == {
        "csv": "9992001_KS2_results_2026.csv",
        "ctf": "9992001_KS2_9992001_001.xml",
        "ctf-ta": "9992001_KS2_9992001_002.xml",
        "letters": "9992001_KS2_letters_2026.pdf",
    }
    assert {each.pupils for each in found.values()} == {3}
    assert all(each.size == len(get(each.sha256)) for each in found.values())


def test_the_csv_has_just_the_columns_that_are_documented(gateway: Gateway, there: SchoolThere) -> None:
    release = prepared(gateway, national(there))
    found = rows(files(release, there.organisation)[FileKind.CSV])
    assert list(found[0]) == [YEAR.results_headings.written[field] for field in RESULTS_FIELDS]
    assert [(each["LEA"], each["ESTAB"], each["READSCORE"], each["WRITTAOUTCOME"]) for each in found] == [
        ("999", "2001", "100", "EXS")
    ] * 3


def test_the_ctfs_say_what_the_results_say(gateway: Gateway, there: SchoolThere) -> None:
    found = files(prepared(gateway, national(there)), there.organisation)
    tests, both = (
        to_results(ctf.read(get(found[kind].sha256)), YEAR).pupils for kind in (FileKind.CTF, FileKind.CTF_TA)
    )
    assert [each.upn for each in tests] == [each.upn for each in there.pupils]
    assert tests[0].tests[Test.MATHS].scaled == both[0].tests[Test.MATHS].scaled == 100
    assert not tests[0].ta
    assert both[0].ta[Subject.WRITING] == "EXS"


def test_where_no_teacher_assessment_came_back_there_is_no_file_that_would_hold_it(
    gateway: Gateway, there: SchoolThere
) -> None:
    release = prepared(gateway, national(there, results=GOOD.replace("EXS,EXS", ",")))
    assert set(files(release, there.organisation)) == {"csv", "ctf", "letters"}


def test_the_letters_have_a_page_for_each_pupil(gateway: Gateway, there: SchoolThere) -> None:
    release = prepared(gateway, national(there))
    pdf = PdfReader(io.BytesIO(get(files(release, there.organisation)[FileKind.LETTERS].sha256)))
    assert [each.forename in page.extract_text() for each, page in zip(there.pupils, pdf.pages, strict=True)] == [
        True
    ] * 3


def test_an_authority_gets_its_schools_in_one_csv_and_their_ctfs_in_zips(
    gateway: Gateway, there: SchoolThere, other: SchoolThere
) -> None:
    elsewhere = a_school_there(gateway, number="9982001", name="Elsewhere Primary School", pupils=0)
    expect(elsewhere, 31)
    release = prepared(gateway, national(there, other, elsewhere))
    found = files(release, gateway.authority)
    assert [each["ESTAB"] for each in rows(found["csv"])] == ["2001"] * 3 + ["2002"] * 2
    assert list(in_zip(found["zip"])) == ["9992001_KS2_9992001_001.xml", "9992002_KS2_9992002_001.xml"]
    assert list(in_zip(found["zip-ta"])) == ["9992001_KS2_9992001_002.xml", "9992002_KS2_9992002_002.xml"]
    assert found["csv"].pupils == 5


def test_a_trust_gets_its_own_schools_alone(gateway: Gateway, there: SchoolThere, other: SchoolThere) -> None:
    trust, _ = a_trust([other])
    found = files(prepared(gateway, national(there, other)), trust)
    assert {each["ESTAB"] for each in rows(found["csv"])} == {"2002"}
    assert found["csv"].name == "Made-up-Trust_KS2_results_2026.csv"


def test_a_secondary_school_gets_the_pupils_who_come_to_it_alone(
    gateway: Gateway, there: SchoolThere, other: SchoolThere
) -> None:
    secondary, _ = a_secondary([there.pupils[1], other.pupils[0]])
    there.pupils[2].next_school = "9994002"
    there.pupils[2].save()
    found = files(prepared(gateway, national(there, other)), secondary)
    assert [each["UPN"] for each in rows(found["csv"])] == [there.pupils[1].upn, other.pupils[0].upn]
    (first, second) = in_zip(found["zip"]).items()
    assert (first[0], second[0]) == ("9992001_KS2_9994001_001.xml", "9992002_KS2_9994001_001.xml")
    assert [each.upn for each in ctf.read(first[1]).pupils] == [there.pupils[1].upn]


def test_a_pupil_with_another_upn_in_the_results_still_comes_to_their_next_school(
    gateway: Gateway, there: SchoolThere
) -> None:
    secondary, _ = a_secondary([there.pupils[0]])
    content = national(there)
    there.pupils[0].former_upn, there.pupils[0].upn = there.pupils[0].upn, upn(77)
    there.pupils[0].save()
    (found,) = rows(files(prepared(gateway, content), secondary)["csv"])
    assert found["FORENAME"] == there.pupils[0].forename


def test_somebody_who_is_not_on_the_register_any_more_comes_to_nobody(gateway: Gateway, there: SchoolThere) -> None:
    secondary, _ = a_secondary([there.pupils[0]])
    there.pupils[0].status = "unregistered"
    there.pupils[0].save()
    assert set(files(prepared(gateway, national(there)), secondary)) == {FileKind.NONE}


def test_whoever_has_no_results_has_no_file(gateway: Gateway, there: SchoolThere) -> None:
    empty = Organisation.objects.create(kind=OrganisationKind.AUTHORITY, name="Nowhere", number="998")
    secondary = Organisation.objects.create(kind=OrganisationKind.SECONDARY, name="Without a number")
    release = prepared(gateway, national(there))
    for organisation in (empty, secondary):
        assert set(files(release, organisation)) == {FileKind.NONE}


def test_a_school_that_the_gateway_does_not_know_is_in_nobodys_file(gateway: Gateway, there: SchoolThere) -> None:
    stranger = b"999,7777,Z1,Stranger,Sue,,F,25,100,AS,,,,,,,,\n"
    release = prepared(gateway, national(there) + stranger)
    everything = b"".join(get(each.sha256) for each in PreparedFile.objects.filter(release=release, kind="csv"))
    assert b"Stranger" not in everything


def test_practice_stays_among_itself(gateway: Gateway, there: SchoolThere) -> None:
    trust = Organisation.objects.create(kind=OrganisationKind.TRUST, name="Practice Trust", is_practice=True)
    assert files(prepared(gateway, national(there)), trust) == {}


def test_preparing_again_writes_nothing_twice(gateway: Gateway, there: SchoolThere, other: SchoolThere) -> None:
    trust, _ = a_trust([there])
    release = prepared(gateway, national(there, other))
    mine = files(release, there.organisation)
    keep = {each.sha256 for each in PreparedFile.objects.filter(release=release)}
    stored = {sha256: path_of(sha256).stat().st_ino for sha256 in keep if sha256}
    prepare(release, by=operator(gateway))
    assert {each.sha256 for each in PreparedFile.objects.filter(release=release)} == keep
    assert files(release, there.organisation) == mine, "the addresses of a school's files stay"
    assert {sha256: path_of(sha256).stat().st_ino for sha256 in stored} == stored, "no file is written anew"
    assert files(release, trust)


def test_a_school_that_changed_its_trust_is_in_the_other_trusts_files_once_they_are_prepared_again(
    gateway: Gateway, there: SchoolThere, other: SchoolThere
) -> None:
    left, _ = a_trust([there])
    release = prepared(gateway, national(there, other))
    joined, _ = a_trust([there], "Other Trust")
    prepare(release, by=operator(gateway))
    assert set(files(release, left)) == {FileKind.NONE}
    assert rows(files(release, joined)["csv"])[0]["ESTAB"] == "2001"


def test_with_errors_whoever_prepares_must_have_seen_them(gateway: Gateway, there: SchoolThere) -> None:
    release = loaded(gateway, national(there, results=GOOD.replace("25,100", "25,130")))
    with pytest.raises(NotAllowedNow, match="errors"):
        prepare(release, by=operator(gateway))
    assert fresh(release).stage == ReleaseStage.CHECKED
    prepare(release, by=operator(gateway), errors_seen=3)
    assert fresh(release).stage == ReleaseStage.READY


def test_a_file_of_schools_that_are_all_unknown_is_not_prepared(gateway: Gateway) -> None:
    release = loaded(gateway, (HEAD + "123,4567,Z1,No,Body,,F,,,,,,,,,,,\n").encode())
    with pytest.raises(NotAllowedNow, match="knows no school"):
        prepare(release, by=operator(gateway))
    assert fresh(release).stage == ReleaseStage.CHECKED


def test_work_that_was_lost_with_its_worker_is_started_again(
    gateway: Gateway, there: SchoolThere, other: SchoolThere
) -> None:
    release = prepared(gateway, national(there, other))
    before = set(PreparedFile.objects.values_list("organisation", "kind", "sha256"))
    Release.objects.update(stage=ReleaseStage.PREPARING, done=0, total=2)
    SchoolResults.objects.filter(number="9992002").update(prepared_at=None)
    PreparedFile.objects.filter(organisation=gateway.authority).delete()
    start_again(fresh(release))
    assert fresh(release).stage == ReleaseStage.READY
    assert set(PreparedFile.objects.values_list("organisation", "kind", "sha256")) == before
    Release.objects.update(stage=ReleaseStage.PREPARING)
    PreparedFile.objects.filter(organisation=gateway.authority).delete()
    start_again(fresh(release))
    assert fresh(release).stage == ReleaseStage.READY
    assert set(PreparedFile.objects.values_list("organisation", "kind", "sha256")) == before


def test_that_everything_is_ready_is_written_down_once(gateway: Gateway, there: SchoolThere) -> None:
    release = prepared(gateway, national(there))
    assert Event.objects.get(kind=Kind.RESULTS_PREPARED).data == {"files": 4 + 3}
    asked = Event.objects.get(kind=Kind.PREPARING_ASKED)
    assert (asked.person, asked.organisation, asked.target) == (operator(gateway), gateway.agency, release.key)


def test_a_control_character_in_a_name_does_not_stop_a_school(gateway: Gateway, there: SchoolThere) -> None:
    odd = row("9992001", there.pupils[0]).replace(there.pupils[0].surname, "Exa\x01mple")
    release = prepared(gateway, (HEAD + odd).encode())
    assert ctf.read(get(files(release, there.organisation)["ctf"].sha256)).pupils[0].surname == "Example"


def test_a_worker_that_was_taken_for_dead_changes_nothing_once_everything_is_ready(
    gateway: Gateway, there: SchoolThere, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two workers prepare the same; when the slower one comes to write, the other has ended."""
    release = prepared(gateway, national(there))
    before = list(PreparedFile.objects.order_by("pk").values())
    slow = Release.objects.get(pk=release.pk)
    slow.stage = ReleaseStage.PREPARING
    results_collecting._keep(slow, gateway.authority, [])
    part = SchoolResults.objects.select_related("gateway_return__school").get()
    results_preparing._prepare(part, Naming(slow, YEAR, 1))
    assert list(PreparedFile.objects.order_by("pk").values()) == before


def test_work_of_an_earlier_preparation_does_not_end_the_next_one(
    gateway: Gateway, there: SchoolThere, other: SchoolThere
) -> None:
    release = prepared(gateway, national(there, other))
    Release.objects.update(stage=ReleaseStage.PREPARING, done=0, total=2)
    SchoolResults.objects.filter(number="9992002").update(prepared_at=None)
    results_collecting.collect_for.call(release.key, [gateway.authority.key])
    assert fresh(release).stage == ReleaseStage.PREPARING
    start_again(fresh(release))
    assert fresh(release).stage == ReleaseStage.READY
