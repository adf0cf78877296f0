"""What becomes of a file, and that it is kept: downloaded, uploaded by hand, sent, and the receipt."""

import os
from datetime import timedelta

import pytest
from django.utils import timezone

from keystage.service.accounts.roles import Role
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Event
from keystage.service.school.models import Export, SchoolReturn, Stage
from keystage.service.school.services.files import content_of, path_of
from keystage.service.school.services.returns import move
from keystage.service.school.services.sent import (
    ReceiptFile,
    downloaded,
    keep_receipt,
    send_directly,
    uploaded_by_hand,
)
from service.gateway import TinyGateway, a_gateway
from service.made import MadeSchool
from service.ready import WRITING, fill, judge, make, sign_everything

RECEIPT = ReceiptFile("receipt.pdf", b"%PDF-1.7 made up")


@pytest.fixture(autouse=True)
def files_here(settings, tmp_path):
    settings.FILES_ROOT = tmp_path


@pytest.fixture
def gateway():
    with a_gateway() as running:
        yield running


@pytest.fixture
def export(school: MadeSchool) -> Export:
    fill(school)
    sign_everything(school)
    return make(school)


def stage(school: MadeSchool) -> str:
    return SchoolReturn.objects.get(pk=school.school_return.pk).stage


def head(school: MadeSchool):
    return school.people[Role.HEAD]


def test_that_somebody_took_the_file_is_kept(school, export):
    assert downloaded(export, by=head(school)) == content_of(export.file)
    event = Event.objects.get(kind=Kind.DOWNLOADED)
    assert (event.target, event.person) == (export.key, head(school))


def test_a_file_that_is_gone_is_said(school, export):
    path_of(export.file.sha256).unlink()
    with pytest.raises(NotAllowedNow, match="not in the store any more"):
        downloaded(export, by=head(school))


def test_an_upload_by_hand_is_recorded_with_its_receipt(school, export):
    at = timezone.now()
    uploaded_by_hand(export, at=at, words="Reference 12 ", receipt=RECEIPT, by=head(school))
    assert (export.sent_at, export.sent_by, export.sent_how) == (at, head(school), "by hand")
    assert export.receipt_words == "Reference 12"
    assert content_of(export.receipt) == RECEIPT.content
    assert stage(school) == Stage.SENT
    assert Event.objects.filter(kind=Kind.UPLOADED, target=export.key).exists()
    assert Event.objects.filter(kind=Kind.RECEIPT_KEPT, target=export.key).exists()


def test_it_is_recorded_once(school, export):
    uploaded_by_hand(export, at=timezone.now(), by=head(school))
    with pytest.raises(NotAllowedNow, match="recorded already"):
        uploaded_by_hand(export, at=timezone.now(), by=head(school))


@pytest.mark.parametrize(("ago", "why"), [(timedelta(minutes=-5), "in the past"), (timedelta(1), "before the file")])
def test_a_time_that_cannot_be_is_refused(school, export, ago, why):
    with pytest.raises(NotAllowedNow, match=why):
        uploaded_by_hand(export, at=timezone.now() - ago, by=head(school))
    assert stage(school) == Stage.OPEN


def test_a_receipt_may_come_later_but_once_and_not_before(school, export):
    with pytest.raises(NotAllowedNow, match="Record first"):
        keep_receipt(export, RECEIPT, by=head(school))
    uploaded_by_hand(export, at=timezone.now(), by=head(school))
    keep_receipt(export, RECEIPT, by=head(school))
    assert content_of(export.receipt) == RECEIPT.content
    with pytest.raises(NotAllowedNow, match="already"):
        keep_receipt(export, RECEIPT, by=head(school))


def test_a_closed_year_records_nothing(school, export):
    move(school.school_return, Stage.CLOSED, by=None)
    with pytest.raises(NotAllowedNow, match="is closed"):
        uploaded_by_hand(export, at=timezone.now(), by=head(school))


# -- directly --------------------------------------------------------------------------------------------------------


def sent(export: Export, gateway: TinyGateway, school: MadeSchool, seconds: float = 5):
    return send_directly(export, gateway.address, by=head(school), seconds=seconds)


def test_a_file_that_was_sent_has_its_receipt(school, export, gateway):
    sent(export, gateway, school)
    assert gateway.keys == [export.fingerprint]
    assert content_of(export.file) in gateway.bodies[0]
    assert export.sent_how == "directly"
    assert export.receipt_words == "R-2026-000123. Received: 3 pupils."
    assert content_of(export.receipt) == gateway.answer
    assert stage(school) == Stage.SENT
    assert Event.objects.get(kind=Kind.SENT).data["receipt"] == "R-2026-000123"


def test_what_the_gateway_accepted_is_accepted(school, export, gateway):
    gateway.says(200, receipt="R-1", status="accepted", message="Accepted.")
    sent(export, gateway, school)
    assert stage(school) == Stage.ACCEPTED


def test_a_refusal_is_said_and_nothing_counts_as_sent(school, export, gateway):
    gateway.says(422, message="The collection is not open.")
    with pytest.raises(NotAllowedNow, match=r"did not take the file\. It said: The collection is not open"):
        sent(export, gateway, school)
    export.refresh_from_db()
    assert export.sent_at is None
    assert stage(school) == Stage.OPEN
    assert Event.objects.get(kind=Kind.SEND_FAILED).data == {"outcome": "refused"}


def test_where_it_is_not_known_it_is_sent_again_under_the_same_key(school, export, gateway):
    gateway.says(503)
    with pytest.raises(NotAllowedNow, match="not known whether the gateway has the file"):
        sent(export, gateway, school)
    gateway.says(200, receipt="R-1", message="Received.")
    sent(export, gateway, school)
    assert gateway.keys == [export.fingerprint] * 2
    assert export.sent_at is not None


def test_a_receipt_is_kept_even_where_the_year_was_closed_meanwhile(school, export, gateway, monkeypatch):
    from keystage.service.school.services import sent as module

    posted = module.send

    def post_while_closing(*args, **kwargs):
        receipt = posted(*args, **kwargs)
        move(school.school_return, Stage.CLOSED, by=None)
        return receipt

    monkeypatch.setattr(module, "send", post_while_closing)
    sent(export, gateway, school)
    assert export.receipt_words.startswith("R-2026-000123")
    assert stage(school) == Stage.CLOSED


def test_a_practice_school_never_sends(school, export, gateway):
    school.organisation.is_practice = True
    school.organisation.save()
    export = Export.objects.get(pk=export.pk)
    with pytest.raises(NotAllowedNow, match="practice school"):
        sent(export, gateway, school)
    assert gateway.bodies == []


def test_an_outdated_file_is_not_sent(school, export, gateway):
    judge(school, "Ada", WRITING, "GDS")
    with pytest.raises(NotAllowedNow, match="changed after this file was made"):
        sent(export, gateway, school)


def test_an_earlier_file_is_not_sent(school, export, gateway):
    make(school)
    with pytest.raises(NotAllowedNow, match="There is a later file"):
        sent(export, gateway, school)
    assert gateway.bodies == []


def test_without_an_address_nothing_is_sent(school, export):
    with pytest.raises(NotAllowedNow, match="No gateway is set up"):
        send_directly(export, "", by=head(school))


def test_a_receipt_that_the_disk_does_not_take_leaves_the_file_sent(school, export, gateway, monkeypatch):
    def refuse(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", refuse)
    gateway.says(201, receipt="R-7", message="Received: 3 pupils.")
    send_directly(export, gateway.address, by=head(school))
    found = Export.objects.get(pk=export.pk)
    assert (found.sent_how, found.receipt, found.receipt_words) == ("directly", None, "R-7. Received: 3 pupils.")
    assert stage(school) == Stage.SENT
