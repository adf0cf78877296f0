"""The pages on which the file is made, taken, and recorded as sent."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

import keystage
from keystage.checks.london import london_time
from keystage.service.accounts.roles import Role
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Event
from keystage.service.school.models import Export, Stage
from keystage.service.school.services.exports import Made
from keystage.service.school.services.files import content_of, path_of
from keystage.service.school.services.returns import declare_nil, move
from keystage.service.school.services.sent import uploaded_by_hand
from keystage.service.school.views import exports as views
from service.gateway import a_gateway
from service.made import MadeSchool
from service.ready import SCIENCE, WRITING, fill, judge, judged, make, records_of, sign_everything

WHY = "On the roll of another school since Easter."


@pytest.fixture(autouse=True)
def files_here(settings, tmp_path):
    settings.FILES_ROOT = tmp_path


@pytest.fixture
def signed(school: MadeSchool, client) -> MadeSchool:
    fill(school)
    sign_everything(school)
    client.force_login(school.people[Role.DATA_MANAGER])
    return school


def words(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def page(client, school: MadeSchool, where: str = "") -> str:
    response = client.get(f"{school.base}send/{where}")
    assert response.status_code == 200
    return words(response)


def wanted(school: MadeSchool, **more: str) -> dict[str, str]:
    return {"seen": records_of(school).fingerprint, "serial": str(Export.objects.count() + 1), **more}


def test_from_a_signed_return_to_a_file_that_is_called_clean(client, signed, tmp_path):
    assert "The return is complete, checked and signed." in page(client, signed)
    assert "9992001_KS2_NAALLLL_001.xml" in page(client, signed, "make/").replace("<wbr>", "")
    shown = words(client.post(f"{signed.base}send/make/", wanted(signed), follow=True))
    assert "9992001_KS2_NAALLLL_001.xml is made, checked and kept." in shown
    assert "0, as it should be" in shown
    assert "National Curriculum Assessments Portal (NCA Portal)" in shown
    assert "This file contains sensitive information." in shown
    response = client.get(f"{signed.base}send/{Export.objects.get().key}/file.xml")
    assert response["Content-Disposition"] == 'attachment; filename="9992001_KS2_NAALLLL_001.xml"'
    assert response["X-Content-Type-Options"] == "nosniff"
    path = tmp_path / "9992001_KS2_NAALLLL_001.xml"
    path.write_bytes(response.content)
    assert str(keystage.check_file(path).verdict) == "clean"
    assert Event.objects.filter(kind=Kind.DOWNLOADED).count() == 1


def test_what_stands_in_the_way_is_said_with_its_pages(client, school):
    fill(school)
    judge(school, "Ada", SCIENCE, "")
    client.force_login(school.people[Role.DATA_MANAGER])
    shown = page(client, school)
    assert "The file cannot be made yet." in shown
    assert 'marksheet/">1 judgement missing</a>' in shown
    assert 'sign/">The headteacher has not signed the judgements</a>' in shown
    assert "It cannot" not in shown
    shown = words(client.post(f"{school.base}send/make/", wanted(school), follow=True))
    assert "The file cannot be made yet: 1 judgement missing, The teacher of class Elm has not signed" in shown
    assert not Export.objects.exists()


def test_a_teacher_sees_the_files_and_does_not_make_or_take_them(client, signed):
    made = make(signed)
    client.force_login(signed.people[Role.TEACHER])
    assert "Download the file</a>" not in page(client, signed, f"{made.key}/")
    for where in ("make/", f"{made.key}/file.xml", f"{made.key}/uploaded/", f"{made.key}/receipt/"):
        assert client.get(f"{signed.base}send/{where}").status_code == 403


def test_leaving_out_somebody_expected_is_not_offered(client, signed):
    shown = page(client, signed, "make/?leave=yes")
    assert "Every pupil in the return is expected by the gateway" in shown


def test_leaving_somebody_out_asks_for_the_reason(client, school):
    fill(school)
    judged(school, "Dot", "Doubtful", expected=None, decision="report")
    from service.school.test_queries import answered, asked

    answered(school, asked(school), "Joined in May.")
    sign_everything(school)
    client.force_login(school.people[Role.DATA_MANAGER])
    key = school.pupils["Dot"].key
    assert "Leave Doubtful, Dot out" in page(client, school, "make/?leave=yes")
    data = wanted(school, leaving="yes", **{f"leave-{key}": "on"})
    assert "Say why Doubtful, Dot is left out" in words(client.post(f"{school.base}send/make/", data))
    data[f"reason-{key}"] = WHY
    shown = words(client.post(f"{school.base}send/make/", data, follow=True))
    assert "1, left out by choice: see below" in shown
    assert f"“{WHY}”" in shown


def test_the_difference_from_the_last_file_sent_is_shown(client, signed):
    first = make(signed)
    uploaded_by_hand(first, at=first.at, by=signed.people[Role.HEAD])
    judge(signed, "Ada", SCIENCE, "HNM")
    from service.school.test_exports import sign_everything_again

    sign_everything_again(signed)
    assert "Example, Ada, science: was EXS, is now HNM" in page(client, signed, "make/").replace("<wbr>", "")
    second = make(signed)
    shown = page(client, signed, f"{second.key}/")
    assert "Compared with 9992001_KS2_NAALLLL_001.xml" in shown
    assert "Example, Ada, science: was EXS, is now HNM" in shown
    path_of(first.file.sha256).unlink()
    assert "It cannot be compared with" in page(client, signed, f"{second.key}/")


def test_a_fault_of_the_program_is_called_one(client, signed, monkeypatch):
    monkeypatch.setattr(views, "make_file", lambda *_args, **_more: Made(None, records_of(signed).report.findings))
    response = client.post(f"{signed.base}send/make/", wanted(signed))
    assert response.status_code == 500
    assert "This is a fault of Keystage and not yours." in words(response)


def test_the_upload_is_recorded_with_its_receipt_which_can_be_had_again(client, signed):
    made = make(signed)
    now = london_time(timezone.now())
    data = {
        "on": f"{now:%d/%m/%Y}",
        "at": f"{now:%H:%M}",
        "words": "Reference 12",
        "receipt": SimpleUploadedFile("bestätigung.pdf", b"%PDF made up"),
    }
    shown = words(client.post(f"{signed.base}send/{made.key}/uploaded/", data, follow=True))
    assert "The gateway said: “Reference 12”" in shown
    assert "bestätigung.pdf" in shown
    response = client.get(f"{signed.base}send/{made.key}/receipt/")
    assert response.content == b"%PDF made up"
    assert response["Content-Disposition"] == 'attachment; filename="best_tigung.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"on": "31/2/2026"}, "The day must be a real date"),
        ({"at": "noonish"}, "The time must be like 14:05"),
        ({"on": ""}, "Enter the day"),
        ({"receipt": SimpleUploadedFile("empty.pdf", b"")}, "The selected file is empty"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_recorded(client, signed, change, why):
    made = make(signed)
    now = london_time(timezone.now() + timedelta(minutes=-1))
    data = {"on": f"{now:%d/%m/%Y}", "at": f"{now:%H:%M}", **change}
    assert why in words(client.post(f"{signed.base}send/{made.key}/uploaded/", data))
    made.refresh_from_db()
    assert made.sent_at is None


def test_a_receipt_that_came_later_is_kept(client, signed):
    made = make(signed)
    uploaded_by_hand(made, at=made.at, by=signed.people[Role.HEAD])
    data = {"receipt": SimpleUploadedFile("later.pdf", b"%PDF made up")}
    assert "The receipt later.pdf is kept." in words(
        client.post(f"{signed.base}send/{made.key}/receipt/", data, follow=True)
    )
    made.refresh_from_db()
    assert content_of(made.receipt) == b"%PDF made up"
    shown = words(client.post(f"{signed.base}send/{made.key}/receipt/", {}, follow=True))
    assert "Choose the file of the receipt" in shown


def test_it_is_sent_from_the_page_where_a_gateway_is_set_up(client, signed, settings):
    made = make(signed)
    assert "Send it to the gateway" not in page(client, signed, f"{made.key}/")
    with a_gateway() as gateway:
        settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"gateway": gateway.address})
        assert "Send it to the gateway" in page(client, signed, f"{made.key}/")
        gateway.says(503)
        shown = words(client.post(f"{signed.base}send/{made.key}/send/", follow=True))
        assert "It is not known whether the gateway has the file." in shown
        gateway.says(200, receipt="R-1", message="Received.")
        shown = words(client.post(f"{signed.base}send/{made.key}/send/", follow=True))
    assert "Its receipt is R-1." in shown
    assert "directly" in shown


def test_a_practice_school_says_that_nothing_is_sent(client, signed, settings):
    made = make(signed)
    signed.organisation.is_practice = True
    signed.organisation.save()
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"gateway": "https://gateway.example/"})
    shown = page(client, signed, f"{made.key}/")
    assert "This is a practice school, so go to the" in shown
    assert "Send it to the gateway" not in shown


def test_the_record_is_printed(client, signed):
    made = make(signed)
    response = client.get(f"{signed.base}send/{made.key}/record.pdf")
    assert response.content.startswith(b"%PDF")


def test_a_nil_return_has_no_file_and_says_what_to_do(client, school):
    declare_nil(school.school_return, "No Year 6.", by=school.people[Role.DATA_MANAGER])
    client.force_login(school.people[Role.DATA_MANAGER])
    assert "This is a nil return" in page(client, school)


def test_a_closed_year_still_gives_its_files(client, signed):
    made = make(signed)
    move(signed.school_return, Stage.CLOSED, by=None)
    assert "Record that it was uploaded" not in page(client, signed, f"{made.key}/")
    assert client.get(f"{signed.base}send/{made.key}/file.xml").status_code == 200


def test_an_outdated_file_is_called_so(client, signed):
    made = make(signed)
    judge(signed, "Ada", WRITING, "GDS")
    assert "The return was changed after this file was made." in page(client, signed, f"{made.key}/")
    assert "does not hold the latest changes" in page(client, signed)
