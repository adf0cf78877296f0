"""Where the return stands, sending, the numbers by name, and the corrections."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from keystage.ctf.reader import read
from keystage.ctf.to_return import to_return
from keystage.service.accounts.roles import Role
from keystage.service.gateway.asked import asked, queries_in
from keystage.service.gateway.models import (
    Correction,
    GatewayReturn,
    HeldPupil,
    RegisteredPupil,
    ResendRequest,
    Stage,
    State,
    Submission,
)
from keystage.service.gateway.services.answering import answer
from keystage.service.gateway.services.deciding import confirm
from keystage.service.gateway.services.settling import settle
from keystage.sheets import read_template
from keystage.years import load
from keystage.years.subjects import Subject
from service.at_gateway import GOOD, Gateway, SchoolThere, a_file, a_pupil, a_school_there, expect, send, send_sheet
from service.made import YEAR


def text(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


# -- where the return stands


def test_before_anything_came_the_one_thing_to_do_is_to_send(manager: Client, there: SchoolThere) -> None:
    shown = text(manager, there.base)
    assert "Nothing has come that could count." in shown
    assert "Send your file" in shown


def test_after_a_faulty_file_it_leads_to_what_is_wrong(manager: Client, there: SchoolThere) -> None:
    sent = send(there, [])
    assert f'href="{there.base}files/{sent.key}/"' in text(manager, there.base)
    assert "See what is wrong" in text(manager, there.base)


def test_once_accepted_the_file_needs_nothing_more(manager: Client, there: SchoolThere) -> None:
    send(there)
    shown = text(manager, there.base)
    assert "Your file needs nothing more. Keep the receipt." in shown


def test_a_pupil_registered_late_leads_to_who_is_missing(manager: Client, there: SchoolThere) -> None:
    send(there)
    expect(there, 4)
    settle(there.now())
    shown = text(manager, there.base)
    assert "What you sent counts, but 1 expected pupil is missing from it." in shown
    assert "See who is missing" in shown


def test_an_open_request_to_send_again_is_shown_until_a_file_counts(
    manager: Client, gateway: Gateway, there: SchoolThere
) -> None:
    ResendRequest.objects.create(
        gateway_return=there.gateway_return, reason="Two pupils are missing", asked_for=gateway.agency,
        asked_by=gateway.people[Role.OPERATOR],
    )  # fmt: skip
    assert "Two pupils are missing" in text(manager, there.base)
    send(there)
    assert "Two pupils are missing" not in text(manager, there.base)


def test_once_closed_it_says_so_and_offers_no_sending(manager: Client, there: SchoolThere) -> None:
    collection = there.gateway_return.collection
    collection.closes_at = timezone.now() - timedelta(minutes=1)
    collection.save()
    shown = text(manager, there.base)
    assert "The collection is closed for your school." in shown
    assert "files/send/" not in shown


# -- sending


def posted(client: Client, there: SchoolThere, content: bytes, *, name: str = "file.xml", **more: str):
    file = SimpleUploadedFile(name, content)
    return client.post(f"{there.base}files/send/", {"file": file}, **more)


def test_a_file_is_sent_without_a_script_and_its_result_is_shown(manager: Client, there: SchoolThere) -> None:
    name, content = a_file(there)
    response = posted(manager, there, content, name=name)
    sent = Submission.objects.get()
    assert (response.status_code, response["Location"]) == (302, f"{there.base}files/{sent.key}/")
    assert sent.stage == Stage.APPLIED


def test_a_script_is_told_where_the_result_is(manager: Client, there: SchoolThere) -> None:
    name, content = a_file(there)
    response = posted(manager, there, content, name=name, HTTP_ACCEPT="application/json")
    assert response.json() == {"href": f"{there.base}files/{Submission.objects.get().key}/"}


def test_a_script_is_told_why_an_empty_file_is_not_taken(manager: Client, there: SchoolThere) -> None:
    response = posted(manager, there, b"", HTTP_ACCEPT="application/json")
    assert response.status_code == 422
    assert response.json()["why"] == [
        "The file is empty. Export it again, and send it once it has something in it"
    ]  # fmt: skip
    assert Submission.objects.count() == 0


def test_a_file_after_the_deadline_is_refused_in_words_on_the_page(manager: Client, there: SchoolThere) -> None:
    collection = there.gateway_return.collection
    collection.closes_at = timezone.now() - timedelta(minutes=1)
    collection.save()
    shown = posted(manager, there, a_file(there)[1]).content.decode()
    assert "The collection is closed: this file was not received." in shown
    assert Submission.objects.count() == 0


def test_far_too_large_a_request_is_refused_before_it_is_read(manager: Client, there: SchoolThere) -> None:
    response = manager.post(f"{there.base}files/send/", b"x", content_type="text/plain", CONTENT_LENGTH=str(10**9))
    assert response.status_code == 413
    assert "The file is too large" in response.content.decode()


def test_the_template_has_the_expected_pupils_in_it(manager: Client, there: SchoolThere) -> None:
    for kind in ("xlsx", "csv"):
        content = manager.get(f"{there.base}files/template.{kind}").content
        read_back = read_template(content, load(YEAR))
        assert [pupil.upn for pupil in read_back.pupils] == [each.upn for each in there.pupils]


def test_the_list_of_files_says_what_came_of_each(manager: Client, there: SchoolThere) -> None:
    assert "No file has come from your school" in text(manager, f"{there.base}files/")
    send(there, [])
    send(there, serial=2)
    shown = text(manager, f"{there.base}files/")
    assert shown.index("_002.xml") < shown.index("_001.xml")
    assert "set aside" in shown


# -- numbers


def test_the_numbers_name_who_is_missing_with_what_to_do(manager: Client, there: SchoolThere) -> None:
    send(there, [a_pupil(each) for each in there.pupils[:2]])
    shown = text(manager, f"{there.base}numbers/")
    assert "Missing (3)" in shown
    assert shown.count("In your latest file, which does not count yet") == 2
    assert shown.count("Not in your latest file") == 1
    assert "Include in a file" in shown


def test_one_who_has_left_is_not_said_to_be_in_a_file_that_has_them_not(manager: Client, there: SchoolThere) -> None:
    RegisteredPupil.objects.filter(pk=there.pupils[2].pk).update(status="left")
    send(there, [a_pupil(each) for each in there.pupils[:2]])
    page = text(manager, f"{there.base}numbers/")
    assert (page.count("Not in your latest file"), page.count("In your latest file")) == (1, 2)


def test_a_return_without_one_who_has_left_counts_once_that_is_answered(manager: Client, there: SchoolThere) -> None:
    RegisteredPupil.objects.filter(pk=there.pupils[2].pk).update(status="left")
    sent = send(there, [a_pupil(each) for each in there.pupils[:2]])
    answer(sent, [asked(each) for each in queries_in(sent.report)], "They moved away in May", by=there.manager)
    found = there.now()
    assert (found.state, found.missing) == (State.ACCEPTED_WITH_QUERIES, 1)
    assert "Has left, and is not in what counts" in text(manager, f"{there.base}numbers/")


def test_one_who_has_left_and_is_registered_late_is_not_said_to_be_in_the_return(
    manager: Client, there: SchoolThere
) -> None:
    send(there)
    expect(there, 9, status="left")
    settle(there.now())
    assert there.now().state == State.ACCEPTED
    assert "1 pupil who has left is on the register and not in it" in text(manager, there.base)


def test_the_numbers_name_who_counts_and_is_not_expected(manager: Client, there: SchoolThere) -> None:
    send(there)
    there.pupils[0].status = "unregistered"
    there.pupils[0].save()
    shown = text(manager, f"{there.base}numbers/")
    assert "Not expected (1)" in shown
    assert "Counts, though unregistered" in shown


def test_an_open_page_is_sent_the_numbers_only_where_they_changed(manager: Client, there: SchoolThere) -> None:
    send(there)
    stamp = text(manager, f"{there.base}numbers/").partition('data-numbers-stamp="')[2].partition('"')[0]
    assert manager.get(f"{there.base}numbers/now/", {"since": stamp}).status_code == 204
    expect(there, 4)
    settle(there.now())
    changed = manager.get(f"{there.base}numbers/now/", {"since": stamp})
    assert (changed.status_code, "Missing (1)" in changed.content.decode()) == (200, True)


def test_a_pupil_is_removed_on_a_page_that_says_when_that_is_allowed(manager: Client, there: SchoolThere) -> None:
    send(there)
    held = HeldPupil.objects.latest("pk")
    path = f"{there.base}numbers/{held.key}/remove/"
    assert "The guidance of 2016 allowed it only" in text(manager, path)
    assert "Select why the pupil is removed" in manager.post(path, {}).content.decode()
    manager.post(path, {"ground": "not at the end of key stage 2", "reason": "Year 5"})
    held.refresh_from_db()
    assert held.removed_reason == "not at the end of key stage 2: Year 5"
    assert "was removed already" in text(manager, path)


def test_a_teacher_is_offered_no_removal(teacher: Client, there: SchoolThere) -> None:
    send(there)
    assert "Remove" not in text(teacher, f"{there.base}numbers/")


# -- corrections


def corrected(there: SchoolThere) -> None:
    send(there)
    first, *others = there.pupils
    sent = send_sheet(there, [a_pupil(first, {**GOOD, Subject.WRITING: "GDS"}), *map(a_pupil, others)])
    confirm(sent, sent.held_version, by=there.manager)


def test_corrections_are_listed_and_marked_as_done(manager: Client, there: SchoolThere) -> None:
    corrected(there)
    assert "Change the writing judgement from EXS to GDS" in text(manager, f"{there.base}corrections/")
    key = Correction.objects.get().key
    done = manager.post(f"{there.base}corrections/done/", {"correction": key}, follow=True).content.decode()
    assert "1 correction marked as done in your records." in done
    assert "marked as done by Dana Marsh" in done


def test_all_corrections_are_marked_at_once(manager: Client, there: SchoolThere) -> None:
    corrected(there)
    manager.post(f"{there.base}corrections/done/", {"all": "yes"})
    assert Correction.objects.filter(done_at=None).count() == 0


def test_a_correction_of_another_school_cannot_be_marked(manager: Client, gateway: Gateway, there: SchoolThere) -> None:
    corrected(there)
    Correction.objects.update(gateway_return=another(gateway).gateway_return)
    manager.post(f"{there.base}corrections/done/", {"correction": Correction.objects.get().key})
    assert Correction.objects.get().done_at is None


def another(gateway: Gateway) -> SchoolThere:
    return a_school_there(gateway, number="9992002", name="Ottermere", pupils=0)


def test_a_transfer_file_of_just_these_pupils_is_made_for_the_schools_records(
    manager: Client, there: SchoolThere
) -> None:
    corrected(there)
    response = manager.get(f"{there.base}corrections/file/")
    assert response["Content-Disposition"] == 'attachment; filename="9992001_KS2_9992001_001.xml"'
    made = to_return(read(BytesIO(response.content).read(), name="x.xml"), load(YEAR))
    assert [(pupil.upn, pupil.code(Subject.WRITING)) for pupil in made.pupils] == [(there.pupils[0].upn, "GDS")]
    assert "_002.xml" in manager.get(f"{there.base}corrections/file/")["Content-Disposition"]


def test_where_there_is_nothing_to_correct_no_file_is_made(manager: Client, there: SchoolThere) -> None:
    shown = manager.get(f"{there.base}corrections/file/", follow=True).content.decode()
    assert "There is nobody to put right" in shown


def test_keys_that_no_database_takes_are_told_that_there_is_no_such_thing(manager: Client, there: SchoolThere) -> None:
    sent = send(there, [])
    for path, values in (
        (f"files/{sent.key}/take-back/", {"found": "\0"}),
        (f"files/{sent.key}/answer/", {"code": "\0", "found": "\0", "\0-note": "x"}),
        ("corrections/done/", {"correction": "\0"}),
    ):
        assert "There is a problem" in manager.post(f"{there.base}{path}", values, follow=True).content.decode(), path


# -- what a newcomer has to find without asking


def test_once_accepted_it_still_says_what_else_the_school_owes(manager: Client, there: SchoolThere) -> None:
    send(there)
    shown = text(manager, there.base)
    assert "Submit the registration" in shown
    assert "Submit 3 attendance registers" in shown
    assert "The headteacher’s declaration" in shown


def test_nothing_else_is_owed_for_a_nil_return_or_once_the_registers_are_closed(
    manager: Client, there: SchoolThere
) -> None:
    GatewayReturn.objects.filter(pk=there.gateway_return.pk).update(nil_at=timezone.now())
    assert "Submit the registration" not in text(manager, there.base)
    GatewayReturn.objects.filter(pk=there.gateway_return.pk).update(nil_at=None)
    collection = there.gateway_return.collection
    collection.closes_at = timezone.now() - timedelta(minutes=1)
    collection.save()
    assert "Submit the registration" not in text(manager, there.base)


def test_a_deadline_at_midnight_is_the_end_of_the_day_before(manager: Client, there: SchoolThere) -> None:
    collection = there.gateway_return.collection
    collection.closes_at = datetime(2099, 6, 26, 23, tzinfo=UTC)
    collection.save()
    assert "Files are taken until the end of 26 June 2099." in text(manager, f"{there.base}files/send/")


def test_a_collection_that_opens_at_midnight_opens_on_that_day(manager: Client, there: SchoolThere) -> None:
    collection = there.gateway_return.collection
    collection.opens_at = datetime(2026, 5, 17, 23, tzinfo=UTC)
    collection.save()
    shown = text(manager, there.base)
    assert "18 May 2026 <" in shown
    assert "midnight" not in shown
