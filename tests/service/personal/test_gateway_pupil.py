"""Everything that the gateway holds about a pupil can be given out and erased, and nothing of anybody else."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from keystage.service.accounts.roles import Role
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Erasure, Event
from keystage.service.files.store import get
from keystage.service.gateway.models import (
    Collection,
    CorrectionRequest,
    FileKind,
    GatewayReturn,
    HeldPupil,
    ModeratedPupil,
    PreparedFile,
    QueryAnswer,
    Receipt,
    ReceivedFile,
    RegisteredPupil,
    SchoolResults,
    Submission,
)
from keystage.service.gateway.personal.finding import find
from keystage.service.gateway.services.helping import write
from keystage.service.gateway.services.personal import copy_for, erase_pupil, preview
from keystage.service.personal import doomed
from keystage.service.personal.holds import set_hold
from service.at_gateway import Gateway, SchoolThere, a_gateway, a_pupil, a_school_there, expect, send
from service.at_results import national, released
from service.made import upn
from service.personal.everything import everything_said, unpacked

FIRST, SECOND = upn(1), upn(2)


@pytest.fixture
def gateway(db: None) -> Gateway:
    return a_gateway()


@pytest.fixture
def there(gateway: Gateway) -> SchoolThere:
    """A school with three pupils: a file that counts, one that does not, words about them, and results."""
    there = a_school_there(gateway)
    send(there)
    send(there, [a_pupil(there.pupils[0], birth_date=None, birth_text=""), a_pupil(there.pupils[1])], serial=2)
    for each in there.pupils:
        about = {"gateway_return": there.gateway_return, "upn": each.upn}
        QueryAnswer.objects.create(**about, code="P01", found="f" * 64, text="It is right", person=there.manager)
        CorrectionRequest.objects.create(
            **about, name=str(each), what="pupil", says="It is wrong", opened_by=there.manager, opened_at=timezone.now()
        )
        ModeratedPupil.objects.create(
            gateway_return=there.gateway_return, registered=each, chosen_by=there.manager, chosen_at=timezone.now()
        )
    for text in (f"{FIRST} has two dates of birth", f"{FIRST} or {SECOND}?", "When do you close?"):
        write(there.now(), text, by=there.manager, is_helpdesk=False, base="https://gateway.example")
    released(gateway, national(there))
    return there


@pytest.fixture
def over(gateway: Gateway, there: SchoolThere) -> SchoolThere:
    """The same when the collection is over."""
    Collection.objects.update(closes_at=timezone.now() - timedelta(days=1))
    return there


def about() -> RegisteredPupil | HeldPupil:
    found = find(FIRST, is_practice=False)
    assert found is not None
    return found


def erase(gateway: Gateway) -> Erasure:
    return erase_pupil(about(), "Asked for", by=gateway.people[Role.OPERATOR], organisation=gateway.agency)


def copied() -> dict[str, object]:
    content = unpacked(copy_for(about(), by=None, organisation=None))
    found: dict[str, object] = json.loads(content["data.json"])
    return found


def test_the_copy_holds_what_is_kept_of_the_pupil(over: SchoolThere) -> None:
    data = copied()
    held = data["held"]
    assert isinstance(held, dict)
    assert held.keys() >= {
        *("gateway.RegisteredPupil", "gateway.HeldPupil", "gateway.QueryAnswer", "gateway.CorrectionRequest"),
        *("gateway.ModeratedPupil", "gateway.Submission", "gateway.Receipt", "gateway.Message"),
    }
    assert [each["text"] for each in held["gateway.Message"]] == [f"{FIRST} has two dates of birth"]
    files = [each["file"] for each in data["files_with_others"]]  # type: ignore[attr-defined]
    assert len([each for each in files if each.endswith(".xml")]) >= 2
    assert "national.csv" in files


def test_the_copy_holds_nothing_of_another_pupil(over: SchoolThere) -> None:
    content = unpacked(copy_for(about(), by=None, organisation=None))
    for name, found in content.items():
        text = found.decode()
        assert FIRST in text
        for another in (SECOND, "Examplec", "Exampled"):
            assert another not in text, name


def test_an_erased_pupil_is_nowhere_and_the_others_are_where_they_were(gateway: Gateway, over: SchoolThere) -> None:
    plan = preview(about())
    assert erase(gateway).counts == plan.counts
    doomed.take_away(grace=timedelta(0))
    said = everything_said()
    assert FIRST not in said
    assert "Exampleb" not in said
    assert said.count(SECOND) > 8
    assert HeldPupil.objects.count() == RegisteredPupil.objects.count() == 2
    first = Submission.objects.get(serial=1).file
    assert get(first.sha256).count(b"<UPN>") == 2
    assert len(Receipt.objects.order_by("pk")[0].content["pupils"]) == 2
    assert get(SchoolResults.objects.get().sha256).count(b"\n") == 3
    assert PreparedFile.objects.get(kind=FileKind.LETTERS).sha256 == ""


def test_counts_and_fingerprints_stay(gateway: Gateway, over: SchoolThere) -> None:
    before = list(Submission.objects.values("fingerprint", "pupils", "errors", "stage"))
    states = list(GatewayReturn.objects.values("state", "expected", "accepted"))
    numbers = list(Receipt.objects.values("number", "fingerprint"))
    erase(gateway)
    assert list(Submission.objects.values("fingerprint", "pupils", "errors", "stage")) == before
    assert list(GatewayReturn.objects.values("state", "expected", "accepted")) == states
    assert list(Receipt.objects.values("number", "fingerprint")) == numbers


def test_nothing_is_erased_before_the_collection_is_over(gateway: Gateway, there: SchoolThere) -> None:
    with pytest.raises(NotAllowedNow, match="the collection 2026 of Quellbridge Primary School, which is not closed"):
        erase(gateway)
    Collection.objects.update(closed_at=timezone.now())
    GatewayReturn.objects.update(extended_until=timezone.now() + timedelta(days=90))
    with pytest.raises(NotAllowedNow, match="not closed"):
        erase(gateway)
    assert RegisteredPupil.objects.count() == 3


def test_a_hold_of_the_school_keeps_the_pupil_at_the_gateway_too(gateway: Gateway, over: SchoolThere) -> None:
    set_hold(over.organisation, "Inquiry 3", by=None)
    with pytest.raises(NotAllowedNow, match="Inquiry 3"):
        erase(gateway)


def test_a_pupil_is_erased_at_every_school(gateway: Gateway, over: SchoolThere) -> None:
    other = a_school_there(gateway, number="9992002", name="Ottermere Primary School", pupils=0)
    expect(other, 1, former_upn="", surname="Otherwise")
    expect(other, 5)
    erase(gateway)
    assert list(RegisteredPupil.objects.filter(gateway_return=other.gateway_return).values_list("upn", flat=True)) == [
        upn(5)
    ]


def test_the_erasure_is_on_the_agencys_record(gateway: Gateway, over: SchoolThere) -> None:
    erasure = erase(gateway)
    event = Event.objects.get(kind=Kind.PUPIL_ERASED)
    assert (event.organisation, event.target) == (gateway.agency, erasure.key)


def test_the_whole_national_file_is_mended_line_by_line(gateway: Gateway, over: SchoolThere) -> None:
    erase(gateway)
    content = get(ReceivedFile.objects.get(name="national.csv").sha256)
    assert content.count(b"\n") == 3
    assert FIRST.encode() not in content
