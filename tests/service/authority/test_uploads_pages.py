"""Sending a zip from the browser, and its page: how far it is, a line for every file, a report to take away."""

from datetime import timedelta
from io import BytesIO

import pytest
import python_calamine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from keystage.service.accounts.rates import FILES, slow_down
from keystage.service.gateway.models import AuthorityUpload, UploadMember
from service.counties import County, a_county
from service.zips import zip_of


@pytest.fixture
def county(db: None) -> County:
    return a_county()


@pytest.fixture
def officer(county: County) -> Client:
    client = Client()
    client.force_login(county.officer)
    return client


def test_a_zip_that_was_sent_has_its_page(county: County, officer: Client) -> None:
    content = zip_of(county.schools["Larkhollow"], county.foreign)
    answer = officer.post(f"{county.base}uploads/", {"file": SimpleUploadedFile("two.zip", content)}, follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain[0][0].startswith(f"{county.base}uploads/")
    assert "Larkhollow Primary School" in page
    assert "not one of Quellshire" in page
    assert "two.zip" in officer.get(f"{county.base}uploads/").content.decode()


def test_no_zip_and_an_empty_one_are_said_beside_the_field(county: County, officer: Client) -> None:
    before = AuthorityUpload.objects.count()
    assert "Select a zip" in officer.post(f"{county.base}uploads/").content.decode()
    empty = officer.post(f"{county.base}uploads/", {"file": SimpleUploadedFile("two.zip", b"")})
    assert "The selected zip is empty" in empty.content.decode()
    assert AuthorityUpload.objects.count() == before


def test_whoever_sends_zips_without_end_is_slowed_down(county: County, officer: Client) -> None:
    for _ in range(FILES.times):
        slow_down(county.officer, "sent", "file", FILES)
    before = AuthorityUpload.objects.count()
    page = officer.post(f"{county.base}uploads/", {"file": SimpleUploadedFile("a.zip", b"x")}, follow=True)
    assert "which is as many as are taken" in page.content.decode()
    assert AuthorityUpload.objects.count() == before


def test_far_too_large_a_zip_is_refused_before_it_is_read(county: County, officer: Client) -> None:
    sent = officer.post(f"{county.base}uploads/", b"x", content_type="text/plain", CONTENT_LENGTH=str(10**9))
    assert sent.status_code == 413
    assert "The file is too large" in sent.content.decode()


def test_a_zip_that_is_none_is_said_on_its_page(county: County, officer: Client) -> None:
    file = SimpleUploadedFile("two.zip", b"nothing of the kind")
    page = officer.post(f"{county.base}uploads/", {"file": file}, follow=True).content.decode()
    assert "This is no zip, or it is damaged or cut short" in page
    assert "Send another zip" in page


def test_while_it_is_worked_through_the_page_says_how_far_it_is(county: County, officer: Client) -> None:
    AuthorityUpload.objects.update(finished_at=None)
    UploadMember.objects.filter(position__gt=0).delete()
    page = officer.get(f"{county.base}uploads/{county.upload.key}/").content.decode()
    assert "1 of 3 files worked through" in page
    assert "progress.js" in page
    assert "See how far it is now" in page
    assert "Go on with it" not in page


def test_work_that_has_stopped_can_be_gone_on_with(county: County, officer: Client) -> None:
    long_ago = timezone.now() - timedelta(minutes=3)
    AuthorityUpload.objects.update(finished_at=None, at=long_ago)
    UploadMember.objects.filter(position__gt=0).delete()
    UploadMember.objects.update(at=long_ago)
    path = f"{county.base}uploads/{county.upload.key}/"
    assert "Go on with it" in officer.get(path).content.decode()
    page = officer.post(f"{path}go-on/", follow=True).content.decode()
    assert "The work goes on where it was left" in page
    assert UploadMember.objects.count() == 3


def test_the_report_on_every_file_can_be_taken_away(county: County, officer: Client) -> None:
    answer = officer.get(f"{county.base}uploads/{county.upload.key}/report.xlsx")
    book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(answer.content))
    rows = book.get_sheet_by_name("Files").to_python()
    assert [(row[0], row[4]) for row in rows[1:]] == [
        ("9992003_KS2_NAALLLL_007.xml", "unreadable"),
        ("9992005_KS2_NAALLLL_001.xml", "clean"),
        ("notes.txt", "not opened"),
    ]
    assert "cannot be a return" in rows[3][7]
    assert book.get_sheet_by_name("Errors").to_python()[1][10] == "9992003_KS2_NAALLLL_007.xml"
