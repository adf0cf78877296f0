"""Receipts: what they prove, that they stay, and that they are told; worked by hand."""

from io import BytesIO

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from pypdf import PdfReader

from keystage.returns.fingerprint import fingerprint
from keystage.returns.value import Return
from keystage.service.accounts.roles import Role
from keystage.service.gateway.asked import asked, queries_in
from keystage.service.gateway.models import Receipt, Stage
from keystage.service.gateway.presenters.receipts import receipt_paper, receipt_shown
from keystage.service.gateway.services.answering import answer
from keystage.service.gateway.services.deciding import confirm
from keystage.service.gateway.services.removing import Ground, remove_pupil
from keystage.service.gateway.tasks.receipts import email_receipt
from keystage.years.subjects import Subject
from service.at_gateway import GOOD, SchoolThere, a_pupil, expect, send
from service.made import YEAR


class Broken(BaseEmailBackend):
    """A mail server that takes nothing."""

    def send_messages(self, email_messages: object) -> int:
        raise OSError(f"no mail server for {email_messages}")


def test_the_fingerprint_is_that_of_the_schools_own_return(there: SchoolThere) -> None:
    send(there)
    own = Return(there.gateway_return.number, YEAR, tuple(map(a_pupil, there.pupils)))
    assert Receipt.objects.get().fingerprint == fingerprint(own)


def test_it_says_of_each_pupil_whether_they_were_in_the_file(there: SchoolThere) -> None:
    send(there)
    there.pupils[2].status = "unregistered"
    there.pupils[2].save()
    first, second, _ = there.pupils
    sent = send(there, [a_pupil(first, {**GOOD, Subject.WRITING: "GDS"}), a_pupil(second)], serial=2)
    sent = answer(sent, list(map(asked, queries_in(sent.report))), "Not ours", by=there.manager)
    confirm(sent, sent.held_version, by=there.manager)
    shown = receipt_shown(Receipt.objects.get(submission=sent))
    assert [each.state for each in shown.pupils] == [
        "accepted", "accepted", "accepted before, not in this file; not expected",
    ]  # fmt: skip


def test_it_stays_as_it_was_given_whatever_comes_later(there: SchoolThere) -> None:
    sent = send(there)
    before = Receipt.objects.values().get(submission=sent)
    remove_pupil(there.now(), there.now().held.latest("pk").key, Ground.OTHER, "Moved", by=there.manager)
    expect(there, 4)
    assert Receipt.objects.values().get(submission=sent) == before
    assert len(receipt_shown(Receipt.objects.get(submission=sent)).pupils) == 3


def test_it_is_emailed_to_who_sent_the_file_and_to_the_head_without_names_of_pupils(there: SchoolThere) -> None:
    send(there)
    assert [to for each in mail.outbox for to in each.to] == [there.manager.email, there.people[Role.HEAD].email]
    number = Receipt.objects.get().number
    assert all(number in each.subject and there.pupils[0].surname not in each.body for each in mail.outbox)


def test_a_head_who_sends_is_told_once(there: SchoolThere) -> None:
    send(there)
    receipt = Receipt.objects.get()
    receipt.submission.by = receipt.by = there.people[Role.HEAD]  # type: ignore[union-attr]
    receipt.submission.save()  # type: ignore[union-attr]
    receipt.save()
    assert email_receipt.call(receipt.number) == 1


def test_a_mail_server_that_fails_undoes_no_acceptance(there: SchoolThere, settings: pytest.FixtureRequest) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Broken"  # type: ignore[attr-defined]
    assert send(there).stage == Stage.APPLIED
    assert Receipt.objects.count() == 1
    assert email_receipt.call(Receipt.objects.get().number) == 0


def test_the_paper_says_number_school_time_person_counts_and_pupils(there: SchoolThere) -> None:
    send(there)
    receipt = Receipt.objects.get()
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(receipt_paper(receipt))).pages)
    wanted = (receipt.number, "Quellbridge Primary School", "999/2001", "Dana Marsh", there.pupils[0].upn, "EXS")
    assert [each for each in wanted if each not in text] == []
    assert receipt.fingerprint in text.replace(" ", "")


def test_the_paper_of_a_return_in_which_somebody_is_missing_says_who(there: SchoolThere) -> None:
    send(there)
    receipt = Receipt.objects.get()
    receipt.content["missing"] = [{"upn": "X1", "name": "Missing, Cy"}]
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(receipt_paper(receipt))).pages)
    assert "Not everybody who is expected counts" in text
    assert "Missing, Cy (X1)" in text


def test_the_receipt_of_a_nil_return_says_the_reason(there: SchoolThere) -> None:
    send(there)
    receipt = Receipt.objects.get()
    receipt.content |= {"file": "", "sha256": "", "pupils": [], "nil_reason": "No Year 6 this year."}
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(receipt_paper(receipt))).pages)
    assert "A nil return" in text
    assert "No Year 6 this year." in text
    assert "There is nobody to report." in text
