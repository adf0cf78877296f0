"""Files that somebody made to do harm, on either database: each is kept, and says what is wrong or counts whole."""

import zipfile
from html import escape
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from keystage.returns.value import Return
from keystage.service.gateway.asked import asked, queries_in
from keystage.service.gateway.models import HeldPupil, Submission
from keystage.sheets import write_template
from keystage.years import load
from service.at_gateway import SchoolThere, a_pupil
from service.made import YEAR
from service.zips import csv_of


def workbook(there: SchoolThere, name: str) -> bytes:
    """Return a filled template in which the first pupil's surname is some XML."""
    pupils = [a_pupil(each) for each in there.pupils]
    pupils[0] = pupils[0]._replace(surname="PLACE")
    made, changed = BytesIO(), BytesIO()
    write_template(Return("9992001", YEAR, tuple(pupils)), load(YEAR), made, kind="xlsx")
    with zipfile.ZipFile(made) as before, zipfile.ZipFile(changed, "w") as after:
        for each in before.namelist():
            after.writestr(each, before.read(each).replace(b"PLACE", name.encode()))
    return changed.getvalue()


def table(there: SchoolThere, name: str) -> bytes:
    pupils = [a_pupil(each) for each in there.pupils]
    pupils[0] = pupils[0]._replace(surname=name)
    return csv_of(pupils)


def sent(there: SchoolThere, client: Client, name: str, content: bytes) -> Submission:
    answer = client.post(f"{there.base}files/send/", {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 302, answer.content.decode()
    return Submission.objects.get()


def test_a_cell_with_the_character_nul_is_said_and_the_file_kept(there: SchoolThere, manager: Client) -> None:
    content = workbook(there, "A_x0000_sh")
    found = sent(there, manager, "template.xlsx", content)
    assert found.stage == "unreadable"
    page = manager.get(f"{there.base}files/{found.key}/").content.decode()
    assert "holds a character that stands for nothing (NUL)" in page
    assert manager.get(f"{there.base}files/{found.key}/download/").content == content


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_name_of_any_length_counts_whole_once_it_is_said_to_be_right(
    there: SchoolThere, manager: Client, kind: str
) -> None:
    name = "Examplë & " * 300
    content = table(there, name) if kind == "csv" else workbook(there, escape(name))
    found = sent(there, manager, f"template.{kind}", content)
    (query,) = queries_in(found.report)
    said = {"code": query["code"], f"{query['code']}-note": "It is so.", "found": [asked(query)]}
    assert manager.post(f"{there.base}files/{found.key}/answer/", said).status_code == 302
    found.refresh_from_db()
    assert found.stage == "applied"
    assert max(HeldPupil.objects.values_list("surname", flat=True), key=len) == name.strip()
    number = found.receipt.number
    assert manager.get(f"{there.base}receipts/{number}/pdf/").status_code == 200
