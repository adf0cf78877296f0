"""The marksheet on paper and as a workbook, and the history of a cell."""

from io import BytesIO

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from keystage.service.accounts.roles import Role
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Event
from keystage.service.school.services.files import store
from keystage.service.school.services.judgements import Change, save
from keystage.years.subjects import Subject
from service.made import MadeSchool


@pytest.fixture
def filled(client: Client, school: MadeSchool) -> MadeSchool:
    school.pupil("Ada", "Example", "Oak")
    school.pupil("Ben", "Example", "Elm / 6\r\nX: y")
    changes = [Change(each.key, Subject.WRITING, "EXS", 0) for each in school.pupils.values()]
    save(school.school_return, changes, by=school.people[Role.TEACHER])
    client.force_login(school.people[Role.DATA_MANAGER])
    return school


def words(content: bytes) -> set[str]:
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    return {str(cell) for row in rows for cell in row}


def test_the_page_asks_what_to_print(client: Client, filled: MadeSchool) -> None:
    text = client.get(f"{filled.base}marksheet/print/").content.decode()
    for each in ("A PDF to print", "An Excel workbook", "Oak", "All classes", "blank"):
        assert each in text


def test_a_pdf_is_handed_out_as_a_file(client: Client, filled: MadeSchool) -> None:
    response = client.get(f"{filled.base}marksheet/print/file/?kind=pdf&codes=filled")
    assert response.content.startswith(b"%PDF")
    assert response["Content-Disposition"] == 'attachment; filename="marksheet-2026.pdf"'


def test_a_workbook_of_one_class_holds_that_class(client: Client, filled: MadeSchool) -> None:
    response = client.get(f"{filled.base}marksheet/print/file/?kind=xlsx&class=Oak&codes=filled")
    assert response["Content-Disposition"] == 'attachment; filename="marksheet-2026-oak.xlsx"'
    found = words(response.content)
    assert {"Ada", "EXS"} <= found
    assert "Ben" not in found


def test_a_blank_workbook_holds_no_code(client: Client, filled: MadeSchool) -> None:
    found = words(client.get(f"{filled.base}marksheet/print/file/?kind=xlsx&codes=blank").content)
    assert {"Ada", "Ben"} <= found
    assert "EXS" not in found


def test_the_name_of_a_file_is_safe_whatever_the_class_is_called(client: Client, filled: MadeSchool) -> None:
    query = {"kind": "xlsx", "codes": "blank", "class": "Elm / 6\r\nX: y"}
    response = client.get(f"{filled.base}marksheet/print/file/", query)
    assert response["Content-Disposition"] == 'attachment; filename="marksheet-2026-elm-6-x-y-blank.xlsx"'


def test_who_took_a_file_is_written_down(client: Client, filled: MadeSchool) -> None:
    client.get(f"{filled.base}marksheet/print/file/?kind=xlsx&codes=blank")
    event = Event.objects.get(kind=Kind.DOWNLOADED)
    assert (event.person, event.data["name"]) == (filled.people[Role.DATA_MANAGER], "marksheet-2026-blank.xlsx")


@pytest.mark.parametrize("query", ["", "?kind=doc&codes=blank", "?kind=pdf&codes=blank&class=Nowhere"])
def test_what_is_not_offered_is_asked_again(client: Client, filled: MadeSchool, query: str) -> None:
    response = client.get(f"{filled.base}marksheet/print/file/{query}")
    assert response["Content-Type"].startswith("text/html")
    assert "There is a problem" in response.content.decode()


def test_the_history_of_a_cell_says_who_changed_what_and_how(client: Client, filled: MadeSchool) -> None:
    ada = filled.pupils["Ada"]
    file = store(filled.organisation, "from-a-tracker.csv", b"x", by=None)
    change = Change(ada.key, Subject.WRITING, "GDS", 1)
    save(filled.school_return, [change], by=filled.people[Role.HEAD], how="imported", file=file.key)
    text = client.get(f"{filled.base}marksheet/history/{ada.key}/writing/").content.decode()
    assert "Writing: <strong>GDS</strong>" in text
    first, second = text.index("Hilary Fry</td>"), text.index("Tamsin Ash</td>")
    assert first < second
    assert "Brought in from a file (from-a-tracker.csv)" in text
    whole = client.get(f"{filled.base}marksheet/history/{ada.key}/").content.decode()
    assert "Brought in from a file" in whole
    assert "Nothing has happened" in client.get(f"{filled.base}marksheet/history/{ada.key}/science/").content.decode()


def test_there_is_no_history_of_what_is_not_there(client: Client, filled: MadeSchool) -> None:
    ada = filled.pupils["Ada"]
    for rest in (f"{ada.key}/history/", "nobody/", "nobody/writing/"):
        assert client.get(f"{filled.base}marksheet/history/{rest}").status_code == 404


def test_the_pages_need_few_queries(client: Client, filled: MadeSchool, django_assert_max_num_queries: object) -> None:
    for rest in ("print/", f"history/{filled.pupils['Ada'].key}/"):
        with django_assert_max_num_queries(12):  # type: ignore[operator]
            client.get(f"{filled.base}marksheet/{rest}")
