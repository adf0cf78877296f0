"""The page of a file: everything that was found, and what is done about it."""

import json
from io import BytesIO

from django.test import Client

from keystage.service.events.kinds import Kind
from keystage.service.events.models import Event
from keystage.service.gateway.asked import asked, queries_in
from keystage.service.gateway.models import Receipt, Stage, State, Submission
from keystage.sheets import read_template
from keystage.years import load
from keystage.years.subjects import Subject
from service.at_gateway import GOOD, SchoolThere, a_file, a_pupil, send, send_content, send_sheet
from service.made import YEAR

BAD = {**GOOD, Subject.WRITING: "2B"}
ASKED = {**GOOD, Subject.READING: "PK4"}


def page(client: Client, there: SchoolThere, sent: Submission, more: str = "") -> str:
    response = client.get(f"{there.base}files/{sent.key}/{more}")
    assert response.status_code == 200
    return response.content.decode()


def post(client: Client, there: SchoolThere, sent: Submission, what: str, **values: object) -> str:
    response = client.post(f"{there.base}files/{sent.key}/{what}/", values, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def all_bad(there: SchoolThere) -> Submission:
    return send(there, [a_pupil(each, BAD) for each in there.pupils])


def all_asked(there: SchoolThere) -> Submission:
    return send(there, [a_pupil(each, ASKED) for each in there.pupils])


def changed(there: SchoolThere) -> Submission:
    send(there)
    first, *others = there.pupils
    return send(there, [a_pupil(first, {**GOOD, Subject.WRITING: "GDS"}), *map(a_pupil, others)], serial=2)


def test_one_fault_on_many_pupils_is_one_line_with_a_count(manager: Client, there: SchoolThere) -> None:
    shown = page(manager, there, all_bad(there))
    assert shown.count("A code that is not valid") == 1
    assert "3 errors</strong>" in shown
    assert all(each.surname in shown for each in there.pupils)


def test_each_fault_leads_to_what_it_means(manager: Client, there: SchoolThere) -> None:
    sent = all_bad(there)
    for more in ("", "?by=pupil"):
        assert 'href="/guides/troubleshooting/#J03">What J03 means</a>' in page(manager, there, sent, more)


def test_a_file_of_a_system_that_is_known_says_how_it_is_put_right_there(manager: Client, there: SchoolThere) -> None:
    name, content = a_file(there, [a_pupil(each, BAD) for each in there.pupils])
    said = content.replace(b"</SupplierID>", b" in SIMS</SupplierID>")
    assert said != content
    shown = page(manager, there, send_content(there, name, said))
    assert "How this is put right in SIMS" in shown
    assert "Right-click the cell in the marksheet" in shown
    other = page(manager, there, send(there, [a_pupil(each, BAD) for each in there.pupils], serial=2))
    assert "How this is put right in" not in other


def test_it_is_shown_by_pupil_too(manager: Client, there: SchoolThere) -> None:
    shown = page(manager, there, all_bad(there), "?by=pupil")
    assert shown.count('<h3 class="govuk-heading-s" id="pupil-') == 3
    assert "A code that is not valid" not in shown


def test_it_says_that_a_file_in_error_does_not_count_and_what_counted_before_stays(
    manager: Client, there: SchoolThere
) -> None:
    send(there)
    first, *others = there.pupils
    shown = page(manager, there, send(there, [a_pupil(first, BAD), *map(a_pupil, others)], serial=2))
    assert "1 error to put right" in shown
    assert "What counted before stays as it is." in shown


def test_a_file_that_cannot_be_read_says_why(manager: Client, there: SchoolThere) -> None:
    shown = page(manager, there, send_content(there, "photo.xml", b"\x89PNG and so on"))
    assert "The file could not be read" in shown
    assert "What to do:" in shown
    assert "marked.xlsx" not in shown


def test_queries_are_answered_on_the_page_and_the_file_counts(manager: Client, there: SchoolThere) -> None:
    sent = all_asked(there)
    hashes = list(map(asked, queries_in(sent.report)))
    shown = post(manager, there, sent, "answer", code="C08", found=hashes, **{"C08-note": "They sat it last year"})
    assert "3 queries answered." in shown
    assert "Accepted" in shown
    assert there.now().state == State.ACCEPTED_WITH_QUERIES


def test_an_answer_without_words_is_asked_for_and_keeps_what_was_chosen(manager: Client, there: SchoolThere) -> None:
    sent = all_asked(there)
    first = asked(queries_in(sent.report)[0])
    shown = post(manager, there, sent, "answer", code="C08", found=[first], **{"C08-note": ""})
    assert "Say why it is right" in shown
    assert shown.count(" checked>") == 1


def test_an_answer_is_taken_back_on_the_page(manager: Client, there: SchoolThere) -> None:
    sent = all_asked(there)
    first = asked(queries_in(sent.report)[0])
    post(manager, there, sent, "answer", code="C08", found=[first], **{"C08-note": "So it is"})
    assert "2 queries to answer" in page(manager, there, sent)
    assert "3 queries to answer" in post(manager, there, sent, "take-back", found=first)


def test_a_difference_is_shown_in_words_and_confirmed(manager: Client, there: SchoolThere) -> None:
    sent = changed(there)
    shown = page(manager, there, sent)
    assert "writing judgement" in shown
    assert "1 change<" in shown
    assert "Accepted" in post(manager, there, sent, "confirm", version=sent.held_version)
    assert there.now().counting_id == sent.pk


def test_a_confirmation_of_something_else_confirms_nothing(manager: Client, there: SchoolThere) -> None:
    sent = changed(there)
    shown = post(manager, there, sent, "confirm", version="0" * 64)
    assert "What counts has changed since you looked" in shown
    sent.refresh_from_db()
    assert sent.stage == Stage.TO_CONFIRM


def test_a_file_is_set_aside_with_a_reason_that_is_shown(manager: Client, there: SchoolThere) -> None:
    sent = all_bad(there)
    assert "Say why the file should not count" in post(manager, there, sent, "set-aside", reason="")
    shown = post(manager, there, sent, "set-aside", reason="The wrong class")
    assert "“The wrong class”" in shown


def test_after_the_register_has_changed_it_offers_to_check_again(manager: Client, there: SchoolThere) -> None:
    sent = send(there, [a_pupil(each) for each in there.pupils[:2]])
    there.pupils[2].status = "unregistered"
    there.pupils[2].save()
    there.gateway_return.register_version = 1
    there.gateway_return.save(update_fields=["register_version"])
    assert "The register has changed since this file was checked." in page(manager, there, sent)
    assert "Accepted" in post(manager, there, sent, "again")


def test_a_teacher_sees_the_file_and_can_do_nothing(teacher: Client, there: SchoolThere) -> None:
    sent = all_asked(there)
    assert "<form" not in page(teacher, there, sent).partition("<main")[2].partition("</main")[0]
    assert teacher.post(f"{there.base}files/{sent.key}/answer/").status_code == 403


def test_the_file_comes_back_marked_is_corrected_and_counts(manager: Client, there: SchoolThere) -> None:
    sent = send(there, [a_pupil(each, BAD) for each in there.pupils[:2]])
    response = manager.get(f"{there.base}files/{sent.key}/marked.xlsx")
    assert "001 with errors marked.xlsx" in response["Content-Disposition"]
    back = send_content(there, "marked.xlsx", response.content)
    assert {each["code"] for each in back.report["findings"] if each["severity"] == "error"} == {"J01", "J03"}
    read = read_template(response.content, load(YEAR))
    assert [pupil.upn for pupil in read.pupils] == [each.upn for each in there.pupils]
    assert send_sheet(there, list(map(a_pupil, there.pupils))).stage == Stage.APPLIED


def test_a_sound_marked_file_counts_as_it_is(manager: Client, there: SchoolThere) -> None:
    send_sheet(there, [a_pupil(each, ASKED) for each in there.pupils])
    sent = Submission.objects.get()
    content = manager.get(f"{there.base}files/{sent.key}/marked.xlsx").content
    again = send_content(there, "marked.xlsx", content)
    assert (again.stage, again.fingerprint) == (Stage.TO_ANSWER, sent.fingerprint)


def test_what_was_found_can_be_had_as_workbook_csv_and_json(manager: Client, there: SchoolThere) -> None:
    sent = all_bad(there)
    base = f"{there.base}files/{sent.key}/findings."
    assert manager.get(base + "xlsx").content.startswith(b"PK")
    assert manager.get(base + "csv").content.decode("utf-8-sig").count("J03") == 3
    said = json.loads(manager.get(base + "json").content)
    assert said["files"][0]["findings"] == sent.report["findings"]


def test_the_file_as_it_came_is_given_back_and_the_record_says_so(manager: Client, there: SchoolThere) -> None:
    _, content = a_file(there)
    sent = send_content(there, "own.xml", content)
    response = manager.get(f"{there.base}files/{sent.key}/download/")
    assert response.content == content
    assert response["Content-Disposition"] == 'attachment; filename="own.xml"'
    assert Event.objects.filter(kind=Kind.FILE_TAKEN, target=sent.key).count() == 1


def test_a_print_shows_everything_open_and_nothing_to_press(manager: Client, there: SchoolThere) -> None:
    main = page(manager, there, all_bad(there), "print/").partition("<main")[2].partition("</main")[0]
    assert "<details" not in main
    assert "<form" not in main
    assert all(each.surname in main for each in there.pupils)


def test_a_receipt_is_shown_and_given_as_pdf(manager: Client, there: SchoolThere) -> None:
    send(there)
    number = Receipt.objects.get().number
    assert number in manager.get(f"{there.base}receipts/{number}/").content.decode()
    response = manager.get(f"{there.base}receipts/{number}/pdf/")
    assert BytesIO(response.content).read(5) == b"%PDF-"
    assert Event.objects.filter(kind=Kind.RECEIPT_TAKEN).count() == 1


def test_a_missing_pupil_leads_to_their_registration_and_to_the_register_for_the_schools_records(
    manager: Client, there: SchoolThere
) -> None:
    missing, *others = there.pupils
    shown = page(manager, there, send(there, list(map(a_pupil, others))))
    assert f'href="{there.base}register/{missing.key}/"' in shown
    assert f'href="{there.base}register/register.csv"' in shown
    assert all(f'href="{there.base}register/{each.key}/"' not in shown for each in others)


def test_by_pupil_a_missing_pupil_leads_to_their_registration_too(manager: Client, there: SchoolThere) -> None:
    missing, *others = there.pupils
    sent = send(there, list(map(a_pupil, others)))
    assert f'href="{there.base}register/{missing.key}/"' in page(manager, there, sent, "?by=pupil")
