"""The page of findings."""

import csv
import io
import re

import pytest

from keystage.service.accounts.roles import Role
from keystage.service.school.models import QueryNote, Stage
from keystage.service.school.services.returns import move
from service.made import MadeSchool
from service.ready import SCIENCE, WRITING, fill, judge, records_of

TOLD = "She told it aloud."


def page(client, school: MadeSchool, role: Role = Role.TEACHER) -> str:
    client.force_login(school.people[role])
    response = client.get(f"{school.base}checks/")
    assert response.status_code == 200
    return words(response)


def words(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def answered(client, school: MadeSchool, code: str, note: str, hashes: list[str], role: Role = Role.TEACHER):
    client.force_login(school.people[role])
    data = {"code": code, f"{code}-note": note, "found": hashes}
    return client.post(f"{school.base}checks/answer/", data, follow=True)


def test_it_says_happily_that_everything_is_in_order(client, school):
    fill(school)
    shown = page(client, school)
    assert "Everything that can be checked is in order." in shown
    assert "No errors and no queries" in shown


def test_an_empty_return_is_not_called_clean(client, school):
    shown = page(client, school)
    assert "There is nothing to check yet" in shown
    assert "in order" not in shown


def test_one_fault_on_many_pupils_is_one_line_with_the_names_that_open_their_cells(client, school):
    fill(school)
    for forename in ("Ada", "Bea"):
        judge(school, forename, SCIENCE, "")
    shown = page(client, school)
    assert shown.count('id="check-J01"') == 1
    assert "2 errors</strong>" in shown
    assert "Show all" not in shown, "a few names stand open"
    for forename in ("Ada", "Bea"):
        assert f'marksheet/#cell-{school.pupils[forename].key}-science"' in shown
    assert "export the file" not in shown
    assert shown.count("EXS, HNM, A, L, F or P") == 1
    assert "Allowed:" not in shown, "the way out names the codes itself"


def test_a_finding_about_a_pupil_and_no_cell_opens_the_pupil(client, school):
    school.pupil("Ada", "Example", sex="", expected={"sex": "F"})
    school.pupil("Bea", "", expected=None, decision="report")
    shown = page(client, school)
    assert f"pupils/{school.pupils['Bea'].key}/" in shown or 'pupils/"' in shown
    assert 'id="check-P06"' in shown


def test_errors_come_before_queries_before_information(client, school):
    fill(school)
    judge(school, "Ada", WRITING, "PK6")
    judge(school, "Bea", SCIENCE, "")
    shown = page(client, school)
    assert shown.index('id="errors"') < shown.index('id="queries"') < shown.index('id="information"')


def test_which_checks_ran_and_which_not_and_why_is_said(client, school):
    fill(school)
    shown = page(client, school)
    assert 'id="rule-J01"' in shown
    assert 'id="rule-S01"' in shown
    assert "not run: the signatures" not in shown
    assert "they are run on the file when it is made" in shown


def test_a_query_is_answered_and_taken_back(client, school):
    fill(school)
    judge(school, "Ada", WRITING, "PK6")
    (query,) = records_of(school).open_queries
    shown = words(answered(client, school, "J06", TOLD, [query.hash]))
    assert "1 query answered" in shown
    assert TOLD in shown
    assert "every query is answered" in shown
    note = QueryNote.objects.get()
    shown = words(client.post(f"{school.base}checks/withdraw/{note.pk}/", follow=True))
    assert "the query is open again" in shown
    assert "Notes that no longer hold (1)" in shown
    assert "1 query</strong>" in shown


def test_a_note_without_words_is_asked_for_again(client, school):
    fill(school)
    judge(school, "Ada", WRITING, "PK6")
    (query,) = records_of(school).open_queries
    shown = words(answered(client, school, "J06", " ", [query.hash]))
    assert "<title>Error:" in shown
    assert "Say why it is right" in shown
    assert 'href="#id_J06-note"' in shown


def test_of_a_group_nobody_chosen_is_said_and_the_note_stays(client, school):
    fill(school)
    for forename in ("Ada", "Bea"):
        judge(school, forename, WRITING, "PK6")
    shown = words(answered(client, school, "J06", TOLD, []))
    assert "Choose which of them the note answers" in shown
    assert TOLD in shown
    assert not QueryNote.objects.exists()


def test_a_query_that_changed_meanwhile_is_not_answered(client, school):
    fill(school)
    judge(school, "Ada", WRITING, "PK6")
    (query,) = records_of(school).open_queries
    judge(school, "Ada", WRITING, "PK5")
    assert "has changed or is answered already" in words(answered(client, school, "J06", TOLD, [query.hash]))


def test_a_closed_year_shows_no_form_and_takes_no_note(client, school):
    fill(school)
    judge(school, "Ada", WRITING, "PK6")
    (query,) = records_of(school).open_queries
    move(school.school_return, Stage.CLOSED, by=None)
    assert "Keep the note" not in page(client, school)
    assert "is closed" in words(answered(client, school, "J06", TOLD, [query.hash]))
    assert not QueryNote.objects.exists()


def test_who_may_not_answer_sees_no_form(client, school):
    fill(school)
    judge(school, "Ada", WRITING, "PK6")
    assert "Keep the note" not in page(client, school, Role.ACCOUNT_MANAGER)
    assert answered(client, school, "J06", TOLD, ["x"], Role.ACCOUNT_MANAGER).status_code == 403


def test_the_findings_are_given_as_csv_and_as_a_workbook(client, school):
    fill(school)
    judge(school, "Ada", SCIENCE, "")
    client.force_login(school.people[Role.TEACHER])
    response = client.get(f"{school.base}checks/findings.csv")
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    errors = [(row["Check"], row["Pupil"]) for row in rows if row["Severity"] == "error"]
    assert errors == [("J01", "Example, Ada"), *[("S01", "")] * 3]
    assert response["Content-Disposition"] == 'attachment; filename="9992001-2026-checks.csv"'
    assert client.get(f"{school.base}checks/findings.xlsx").content.startswith(b"PK")


@pytest.mark.parametrize(("codes", "text"), [(("EXS", ""), "Checks (1 error)"), (("PK6", "EXS"), "Checks (1 query)")])
def test_every_page_says_what_is_left(client, school, codes, text):
    fill(school)
    judge(school, "Ada", WRITING, codes[0])
    judge(school, "Ada", SCIENCE, codes[1])
    assert text in page(client, school)


def test_the_marksheet_counts_only_the_queries_that_nobody_has_answered(client, school):
    fill(school)
    judge(school, "Ada", WRITING, "PK6")
    (query,) = records_of(school).open_queries
    client.force_login(school.people[Role.TEACHER])
    assert '<span id="ms-checks">1 query</span>' in words(client.get(f"{school.base}marksheet/"))
    answered(client, school, "J06", TOLD, [query.hash])
    assert '<span id="ms-checks">all in order</span>' in words(client.get(f"{school.base}marksheet/"))
