"""The pages on which people sign."""

import re

import pytest

from keystage.service.accounts.models import Membership
from keystage.service.accounts.roles import Role
from keystage.service.school.models import Delegation, Signature, Stage
from keystage.service.school.services.returns import declare_nil, move
from keystage.service.school.snapshot import fingerprint_of
from service.made import MadeSchool
from service.ready import SCIENCE, WRITING, fill, judge, records_of, sign_class, sign_everything

REASON = "Elm’s teacher is in hospital."


def words(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def get(client, school: MadeSchool, where: str, role: Role) -> str:
    client.force_login(school.people[role])
    response = client.get(f"{school.base}sign/{where}")
    assert response.status_code == 200
    return words(response)


def test_a_teacher_signs_for_a_class(client, school):
    fill(school)
    shown = get(client, school, "class/?class=Oak", Role.TEACHER)
    assert "Example, Ada" in shown
    assert "Specimen, Cal" not in shown
    seen = fingerprint_of(records_of(school), "Oak")
    assert f'value="{seen}"' in shown
    response = client.post(f"{school.base}sign/class/?class=Oak", {"seen": seen, "confirmed": "on"}, follow=True)
    assert "Oak is signed." in words(response)
    assert Signature.objects.get().class_name == "Oak"


def test_without_the_tick_nothing_is_signed(client, school):
    fill(school)
    client.force_login(school.people[Role.TEACHER])
    seen = fingerprint_of(records_of(school), "Oak")
    shown = words(client.post(f"{school.base}sign/class/?class=Oak", {"seen": seen}))
    assert "Tick the box to confirm" in shown
    assert not Signature.objects.exists()


def test_who_cannot_confirm_writes_why_and_everybody_sees_it(client, school):
    fill(school)
    client.force_login(school.people[Role.TEACHER])
    seen = fingerprint_of(records_of(school), "Oak")
    where = f"{school.base}sign/class/?class=Oak"
    assert "Say what you cannot confirm" in words(client.post(where, {"cannot": "yes", "cannot-seen": seen}))
    data = {"cannot": "yes", "cannot-seen": seen, "cannot-words": "Bea’s book was lost."}
    client.post(where, data)
    shown = get(client, school, "", Role.ACCOUNT_MANAGER)
    assert "Cannot confirm" in shown
    assert "“Bea’s book was lost.”" in shown
    assert "Bea’s book was lost." in get(client, school, "return/", Role.HEAD)


def test_what_was_changed_meanwhile_is_not_signed(client, school):
    fill(school)
    client.force_login(school.people[Role.TEACHER])
    seen = fingerprint_of(records_of(school), "Oak")
    judge(school, "Ada", WRITING, "GDS")
    response = client.post(f"{school.base}sign/class/?class=Oak", {"seen": seen, "confirmed": "on"}, follow=True)
    assert "changed while you were looking at it" in words(response)
    assert "Sign for Oak" in words(response)
    assert not Signature.objects.exists()


def test_the_headteacher_is_asked_why_where_a_class_is_not_signed(client, school):
    fill(school)
    sign_class(school, "Oak")
    client.force_login(school.people[Role.HEAD])
    data = {"seen": records_of(school).fingerprint, "confirmed": "on"}
    shown = words(client.post(f"{school.base}sign/return/", data))
    assert "Say why you sign without the class teacher" in shown
    assert "Not signed: Elm." in shown
    response = client.post(f"{school.base}sign/return/", {**data, "words": REASON}, follow=True)
    assert "The whole return is signed." in words(response)
    assert f"“{REASON}”" in words(response)


def test_what_stands_in_the_way_is_said_with_its_page_and_there_is_no_button(client, school):
    fill(school)
    judge(school, "Ada", SCIENCE, "")
    shown = get(client, school, "class/?class=Oak", Role.TEACHER)
    assert "It cannot be signed yet" in shown
    assert "1 judgement missing</a>" in shown
    assert ">Sign </button>" not in shown
    assert "I cannot confirm this" in shown


def test_a_teacher_signs_for_their_own_classes_only(client, school):
    fill(school)
    Membership.objects.filter(person=school.people[Role.TEACHER]).update(classes=["Oak"])
    client.force_login(school.people[Role.TEACHER])
    assert client.get(f"{school.base}sign/class/?class=Oak").status_code == 200
    assert client.get(f"{school.base}sign/class/?class=Elm").status_code == 403
    seen = fingerprint_of(records_of(school), "Elm")
    assert client.post(f"{school.base}sign/class/?class=Elm", {"seen": seen, "confirmed": "on"}).status_code == 403
    assert client.get(f"{school.base}sign/class/?class=Ash").status_code == 404


@pytest.mark.parametrize("role", [Role.TEACHER, Role.DATA_MANAGER, Role.ACCOUNT_MANAGER])
def test_nobody_signs_as_headteacher_who_is_not(client, school, role):
    fill(school)
    client.force_login(school.people[role])
    data = {"seen": records_of(school).fingerprint, "confirmed": "on", "words": REASON}
    assert client.post(f"{school.base}sign/return/", data).status_code == 403


@pytest.mark.parametrize("role", [Role.HEAD, Role.DATA_MANAGER, Role.ACCOUNT_MANAGER])
def test_nobody_signs_for_a_class_who_is_no_teacher(client, school, role):
    fill(school)
    client.force_login(school.people[role])
    assert client.get(f"{school.base}sign/class/?class=Oak").status_code == 403


def test_a_deputy_is_let_sign_and_signs_and_it_is_ended(client, school):
    fill(school)
    client.force_login(school.people[Role.HEAD])
    deputy = school.people[Role.DATA_MANAGER]
    assert "Choose who may sign" in words(client.post(f"{school.base}sign/delegate/", {}))
    data = {"deputy": deputy.key, "job_title": "Deputy headteacher"}
    shown = words(client.post(f"{school.base}sign/delegate/", data, follow=True))
    assert "Dana Marsh, Deputy headteacher, may sign in place of Hilary Fry" in shown
    client.force_login(deputy)
    assert "You sign in place of Hilary Fry." in words(client.get(f"{school.base}sign/return/"))
    data = {"seen": records_of(school).fingerprint, "confirmed": "on", "words": REASON}
    shown = words(client.post(f"{school.base}sign/return/", data, follow=True))
    assert "Dana Marsh, deputy headteacher, in place of Hilary Fry" in shown
    client.force_login(school.people[Role.HEAD])
    client.post(f"{school.base}sign/delegate/{Delegation.objects.get().pk}/end/")
    client.force_login(deputy)
    assert client.get(f"{school.base}sign/return/").status_code == 403


def test_a_void_signature_names_the_cells(client, school):
    fill(school)
    sign_everything(school)
    judge(school, "Ada", WRITING, "GDS")
    shown = get(client, school, "", Role.HEAD)
    assert "No longer valid" in shown
    assert "Example, Ada, writing: signed as EXS, now GDS" in shown


def test_the_sheet_is_shown_and_printed_as_it_was(client, school):
    fill(school)
    made = sign_class(school, "Oak")
    judge(school, "Ada", WRITING, "GDS")
    shown = get(client, school, f"{made.key}/", Role.HEAD)
    assert "As it was signed on" in shown
    assert "the signature no longer stands for it" in shown
    assert 'class="govuk-table__cell">EXS</td>' in shown
    assert 'class="govuk-table__cell">GDS</td>' not in shown
    paper = client.get(f"{school.base}sign/{made.key}/sheet.pdf")
    assert paper["Content-Type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF")


def test_a_sheet_of_another_school_is_not_there(client, school):
    from service.made import a_school

    fill(school)
    made = sign_class(school, "Oak")
    other = a_school(name="Other School", number="9992002")
    client.force_login(other.people[Role.HEAD])
    assert client.get(f"{other.base}sign/{made.key}/").status_code == 404


def test_a_closed_year_can_be_read_and_not_signed(client, school):
    fill(school)
    sign_class(school, "Oak")
    move(school.school_return, Stage.CLOSED, by=None)
    shown = get(client, school, "", Role.TEACHER)
    assert "Signed" in shown
    assert "Read and sign" not in shown
    assert client.get(f"{school.base}sign/class/?class=Elm").status_code == 302


def test_the_headteacher_signs_a_nil_return(client, school):
    declare_nil(school.school_return, "No Year 6.", by=school.people[Role.DATA_MANAGER])
    assert "No Year 6." in get(client, school, "return/", Role.HEAD)
    data = {"seen": records_of(school).fingerprint, "confirmed": "on"}
    assert "The whole return is signed." in words(client.post(f"{school.base}sign/return/", data, follow=True))
