"""An authority's zip: every file has its line, none stops another, none of another authority's school gets in."""

import contextlib
import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from django.core import mail
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from keystage.service.accounts.models import Organisation
from keystage.service.accounts.roles import OrganisationKind, Role
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Event
from keystage.service.gateway.models import AuthorityUpload, Route, Stage, State, Submission, UploadMember
from keystage.service.gateway.services import upload_members, uploads
from keystage.service.gateway.services.upload_members import look_into
from keystage.service.gateway.services.uploads import receive_zip, work_through
from keystage.years.subjects import Subject
from service.at_gateway import GOOD, Gateway, SchoolThere, a_file, a_gateway, a_pupil, a_school_there, send
from service.made import YEAR
from service.zips import a_zip, csv_of, zip_of


@pytest.fixture
def gateway(db: None) -> Gateway:
    return a_gateway()


@pytest.fixture
def first(gateway: Gateway) -> SchoolThere:
    return a_school_there(gateway)


@pytest.fixture
def second(gateway: Gateway) -> SchoolThere:
    return a_school_there(gateway, number="9992002", name="Ottermere Primary School")


def sent(gateway: Gateway, content: bytes) -> AuthorityUpload:
    """Send a zip as the authority's data officer; it is worked through at once."""
    made = receive_zip(
        gateway.collection, gateway.authority, "schools.zip", content, by=gateway.people[Role.DATA_OFFICER]
    )
    made.refresh_from_db()
    return made


def lines(upload: AuthorityUpload) -> list[tuple[str, str | None]]:
    return [
        (each.name, each.submission.stage if each.submission else None)
        for each in UploadMember.objects.filter(upload=upload).order_by("position").select_related("submission")
    ]


def words(upload: AuthorityUpload) -> list[str]:
    return list(UploadMember.objects.filter(upload=upload).order_by("position").values_list("words", flat=True))


def test_files_and_templates_of_many_schools_count_each_at_its_school(
    gateway: Gateway, first: SchoolThere, second: SchoolThere
) -> None:
    template = ("from schools/9992002 judgements.csv", csv_of([a_pupil(each) for each in second.pupils]))
    upload = sent(gateway, a_zip(a_file(first), template))
    assert [stage for _, stage in lines(upload)] == [Stage.APPLIED, Stage.APPLIED], words(upload)
    assert (first.now().state, second.now().state) == (State.ACCEPTED, State.ACCEPTED)
    assert set(Submission.objects.values_list("route", flat=True)) == {Route.AUTHORITY}
    assert (upload.total, upload.fault) == (2, "")
    assert upload.started_at
    assert upload.finished_at


def test_one_bad_file_stops_no_other_and_every_file_has_its_line(
    gateway: Gateway, first: SchoolThere, second: SchoolThere
) -> None:
    wrong = [a_pupil(each, {**GOOD, Subject.WRITING: "2B"}) for each in second.pupils]
    upload = sent(
        gateway,
        a_zip(
            ("9992001_KS2_NAALLLL_001.xml", a_file(first)[1]),
            ("9992002_KS2_NAALLLL_001.xml", a_file(second, wrong)[1]),
            ("broken.xml", b"<CTfile><unfinished"),
            ("inner.zip", a_zip(a_file(first))),
            ("read me.txt", b"Hello"),
            ("../../9992001.xml", b"<CTfile/>"),
        ),
    )
    held = dict(zip((name for name, _ in lines(upload)), words(upload), strict=True))
    assert dict(lines(upload)) == {
        "../../9992001.xml": None,
        "9992001_KS2_NAALLLL_001.xml": Stage.APPLIED,
        "9992002_KS2_NAALLLL_001.xml": Stage.IN_ERROR,
        "broken.xml": None,
        "inner.zip": None,
        "read me.txt": None,
    }
    assert "leads out of the zip" in held["../../9992001.xml"]
    assert "does not say which school" in held["broken.xml"]
    assert "a zip within the zip" in held["inner.zip"]
    assert "cannot be a return" in held["read me.txt"]


def test_a_file_that_cannot_be_read_is_kept_for_the_school_that_its_name_says(
    gateway: Gateway, first: SchoolThere
) -> None:
    upload = sent(gateway, a_zip(("9992001_KS2_NAALLLL_001.xml", b"<CTfile><unfinished")))
    assert lines(upload) == [("9992001_KS2_NAALLLL_001.xml", Stage.UNREADABLE)]
    assert first.now().state == State.IN_ERROR


def test_a_file_with_a_password_is_refused_in_words(gateway: Gateway, first: SchoolThere) -> None:
    content = bytearray(zip_of(first))
    local, central = content.index(b"PK\3\4"), content.index(b"PK\1\2")
    content[local + 6] |= 1  # the flag that says so, in both places
    content[central + 8] |= 1
    upload = sent(gateway, bytes(content))
    assert [stage for _, stage in lines(upload)] == [None]
    assert "password" in words(upload)[0]


def test_a_zip_that_unpacks_to_far_too_much_is_refused_in_words(gateway: Gateway, first: SchoolThere) -> None:
    content = bytearray(zip_of(first))
    central = content.index(b"PK\1\2")
    content[central + 24 : central + 28] = (3_000_000_000).to_bytes(4, "little")
    upload = sent(gateway, bytes(content))
    assert "GB unpacked" in upload.fault
    assert lines(upload) == []
    assert upload.finished_at


def test_what_is_no_zip_is_kept_and_refused_in_words(gateway: Gateway) -> None:
    upload = sent(gateway, b"not a zip at all")
    assert "This is no zip" in upload.fault
    assert upload.finished_at


def test_a_zip_of_too_many_files_is_refused_in_words(gateway: Gateway) -> None:
    upload = sent(gateway, a_zip(*((f"{serial}.xml", b"") for serial in range(5_001))))
    assert "5,000 is the most" in upload.fault


def test_two_files_of_one_school_are_said_and_neither_wins(
    gateway: Gateway, first: SchoolThere, second: SchoolThere
) -> None:
    other = a_file(first, [a_pupil(each, {**GOOD, Subject.WRITING: "GDS"}) for each in first.pupils], serial=2)
    upload = sent(gateway, a_zip(a_file(first), other, a_file(second)))
    assert [stage for _, stage in lines(upload)] == [None, None, Stage.APPLIED]
    assert all(each.startswith("F09") and "_001.xml" in each and "_002.xml" in each for each in words(upload)[:2])
    assert first.now().state == State.NOT_STARTED
    assert first.now().latest is None


def test_of_hundreds_of_files_of_one_school_some_are_named(gateway: Gateway, first: SchoolThere) -> None:
    """What is said stands at each of them: all names at all of them would fill the database."""
    name, content = a_file(first)
    upload = sent(gateway, a_zip(*((f"{'x' * 200}{serial}_{name}", content + b" " * serial) for serial in range(100))))
    assert len(words(upload)) == 100
    assert {len(each) for each in words(upload)} == {len(words(upload)[0])}
    assert len(words(upload)[0]) < 800
    assert "and 95 more. None of them was received" in words(upload)[0]


def test_two_copies_of_one_file_are_one(gateway: Gateway, first: SchoolThere) -> None:
    name, content = a_file(first)
    upload = sent(gateway, a_zip((name, content), (f"copy/{name}", content)))
    assert [stage for _, stage in lines(upload)] == [Stage.APPLIED, Stage.APPLIED]
    assert Submission.objects.count() == 1


def test_a_school_of_another_authority_is_never_reached(gateway: Gateway) -> None:
    Organisation.objects.create(kind=OrganisationKind.AUTHORITY, name="Farshire", number="998")
    foreign = a_school_there(gateway, number="9982001", name="Farbridge Primary School")
    upload = sent(gateway, zip_of(foreign))
    assert lines(upload) == [("9982001_KS2_NAALLLL_001.xml", None)]
    assert "not one of Quellshire" in words(upload)[0]
    assert foreign.now().latest is None


def test_a_school_that_does_not_take_part_is_said(gateway: Gateway) -> None:
    upload = sent(gateway, a_zip(("9992999.csv", csv_of([]))))
    assert "No school with the number 9992999 takes part" in words(upload)[0]


def test_after_the_collection_is_closed_a_file_is_refused_in_words(gateway: Gateway, first: SchoolThere) -> None:
    gateway.collection.closes_at = gateway.collection.opens_at
    gateway.collection.save()
    upload = sent(gateway, zip_of(first))
    assert lines(upload) == [("9992001_KS2_NAALLLL_001.xml", None)]
    assert "closed" in words(upload)[0]


def test_a_zip_that_came_in_time_counts_though_it_is_worked_through_after_the_end(
    gateway: Gateway, first: SchoolThere, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(uploads, "look_into", _fails)
        with contextlib.suppress(uploads.OperationalError):
            sent(gateway, zip_of(first))
    upload = AuthorityUpload.objects.get()
    gateway.collection.closes_at = upload.at + timedelta(microseconds=1)
    gateway.collection.save()
    work_through.call(upload.key)
    assert [stage for _, stage in lines(upload)] == [Stage.APPLIED]


def _fails(*_: object) -> None:
    raise uploads.OperationalError("the machine lost its power")


def test_the_work_goes_on_where_it_was_left(
    gateway: Gateway, first: SchoolThere, second: SchoolThere, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies_at_the_second(upload, position, found, content):
        if position == 1:
            raise uploads.OperationalError("the machine lost its power")
        upload_members.take(upload, position, found, content)

    with monkeypatch.context() as patched:
        patched.setattr(uploads, "take", dies_at_the_second)
        upload = sent(gateway, zip_of(first, second))
    assert [stage for _, stage in lines(upload)] == [Stage.APPLIED]
    assert upload.finished_at is None
    work_through.call(upload.key)
    upload.refresh_from_db()
    assert [stage for _, stage in lines(upload)] == [Stage.APPLIED, Stage.APPLIED]
    assert upload.finished_at
    assert Submission.objects.count() == 2


def test_running_it_again_changes_nothing(gateway: Gateway, first: SchoolThere) -> None:
    upload = sent(gateway, zip_of(first))
    AuthorityUpload.objects.update(finished_at=None)
    before = Event.objects.exclude(kind=Kind.ZIP_FINISHED).count()
    work_through.call(upload.key)
    work_through.call(upload.key)
    assert UploadMember.objects.count() == 1
    assert Submission.objects.count() == 1
    assert Event.objects.exclude(kind=Kind.ZIP_FINISHED).count() == before


def test_a_fault_of_ours_in_one_file_is_said_and_stops_no_other(
    gateway: Gateway, first: SchoolThere, second: SchoolThere, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails_at_the_first(upload, position, found, content):
        if position == 0:
            raise ZeroDivisionError
        upload_members.take(upload, position, found, content)

    monkeypatch.setattr(uploads, "take", fails_at_the_first)
    upload = sent(gateway, zip_of(first, second))
    assert [stage for _, stage in lines(upload)] == [None, Stage.APPLIED]
    assert "Keystage failed on this file" in words(upload)[0]


def test_the_same_zip_again_while_it_is_worked_through_is_the_same_upload(
    gateway: Gateway, first: SchoolThere, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "look_into", lambda *_: 1 / 0)
    made = sent(gateway, zip_of(first))
    assert made.finished_at is None
    assert sent(gateway, zip_of(first)).pk == made.pk
    assert AuthorityUpload.objects.count() == 1


def test_a_file_that_the_school_sent_itself_before_is_the_same_submission(gateway: Gateway, first: SchoolThere) -> None:
    send(first)
    upload = sent(gateway, zip_of(first))
    assert [stage for _, stage in lines(upload)] == [Stage.APPLIED]
    assert Submission.objects.get().route == Route.BROWSER


def test_a_difference_from_what_counts_waits_for_the_school(gateway: Gateway, first: SchoolThere) -> None:
    send(first)
    changed = [a_pupil(each, {**GOOD, Subject.WRITING: "GDS"}) for each in first.pupils]
    upload = sent(gateway, a_zip(a_file(first, changed, serial=2)))
    assert [stage for _, stage in lines(upload)] == [Stage.TO_CONFIRM]


def test_the_school_is_told_what_came_of_the_authoritys_file(
    gateway: Gateway, first: SchoolThere, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        sent(gateway, a_zip(a_file(first, [a_pupil(each) for each in first.pupils[:2]])))
    told = {each.to[0]: each for each in mail.outbox}
    officer = gateway.people[Role.DATA_OFFICER].email
    assert set(told) == {first.manager.email, first.people[Role.HEAD].email, officer}
    assert told[first.manager.email].subject == f"Quellshire sent a file for your {YEAR} return"
    assert "It has 1 error and was not accepted" in told[first.manager.email].body
    assert "Received, and something is to be done: 1" in told[officer].body


def test_who_sends_a_zip_is_told_once_and_not_of_each_receipt(
    gateway: Gateway, first: SchoolThere, second: SchoolThere, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        sent(gateway, zip_of(first, second))
    told = [each.subject for each in mail.outbox if each.to == [gateway.people[Role.DATA_OFFICER].email]]
    assert told == [f"Your zip for {YEAR} has been worked through"]


@pytest.fixture(scope="module")
def sound_zip() -> bytes:
    return a_zip(*((f"999200{serial}.csv", b"UPN,Surname\nA,B\n") for serial in range(3)))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_zip_however_spoilt_breaks_the_reading(sound_zip: bytes, data: st.DataObject) -> None:
    spoilt = bytearray(sound_zip)
    for at in data.draw(st.lists(st.integers(0, len(spoilt) - 1), max_size=6)):
        spoilt[at] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(spoilt)))
    found, fault = look_into(bytes(spoilt[:cut] if data.draw(st.booleans()) else spoilt), YEAR)
    assert all(each.words or each.number for each in found)
    assert found or fault


@pytest.mark.filterwarnings("ignore:Duplicate name")
@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=40), st.binary(max_size=60)), max_size=6))
def test_no_name_and_no_content_breaks_the_reading(files: list[tuple[str, bytes]]) -> None:
    sink = BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        for name, content in files:
            try:
                archive.writestr(f"{name}.xml", content)
            except (UnicodeEncodeError, ValueError, IndexError):  # the last: nothing is left of a name before its NUL
                continue
    found, fault = look_into(sink.getvalue(), YEAR)
    assert all(each.words or each.number for each in found)
    assert found or fault
