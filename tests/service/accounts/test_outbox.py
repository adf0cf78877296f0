"""Email without a server: kept for a page in the demonstration alone."""

import pytest
from django.core.mail import send_mail
from django.test import Client

from keystage.service.accounts import outbox
from keystage.service.accounts.demo import demo_people
from keystage.service.accounts.models import KeptEmail
from keystage.service.accounts.roles import Role
from service.made import MadeSchool
from service.signing_in import SIGN_IN, enter_password

BACKEND = "keystage.service.accounts.outbox.Backend"


def test_in_the_demonstration_a_code_can_be_read_on_the_page_and_in_the_terminal(
    client: Client, school: MadeSchool, settings: object, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.DEMO, settings.EMAIL_BACKEND = True, BACKEND  # type: ignore[attr-defined]
    enter_password(client, school.people[Role.HEAD])
    kept = KeptEmail.objects.get()
    code = kept.subject.split()[0]
    assert code.isdigit()
    assert code in client.get("/outbox/").content.decode()
    assert code in capsys.readouterr().out


def test_elsewhere_it_is_printed_and_not_kept_and_there_is_no_page(
    client: Client, db: None, settings: object, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.DEMO, settings.EMAIL_BACKEND = False, BACKEND  # type: ignore[attr-defined]
    send_mail("Hello", "Words.\n", None, ["somebody@school.example"])
    assert "Words." in capsys.readouterr().out
    assert not KeptEmail.objects.exists()
    assert client.get("/outbox/").status_code == 404


def test_old_ones_go(db: None, settings: object, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DEMO, settings.EMAIL_BACKEND = True, BACKEND  # type: ignore[attr-defined]
    monkeypatch.setattr(outbox, "KEPT", 3)
    for number in range(5):
        send_mail(f"{number}", "", None, ["somebody@school.example"])
    assert [each.subject for each in KeptEmail.objects.order_by("pk")] == ["2", "3", "4"]


def test_a_letter_is_shown_as_text_and_not_as_markup(client: Client, db: None, settings: object) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]
    KeptEmail.objects.create(to="a@school.example", subject="<b>", body="<script>x</script> http://testserver/x")
    text = client.get("/outbox/").content.decode()
    assert "<script>x" not in text
    assert '<a href="http://testserver/x"' in text


def test_the_sign_in_page_names_the_people_of_practice_schools_in_the_demonstration_alone(
    client: Client, school: MadeSchool, settings: object
) -> None:
    email = school.people[Role.HEAD].email
    settings.DEMO = True  # type: ignore[attr-defined]
    assert email not in client.get(SIGN_IN).content.decode().replace("<wbr>", "")
    school.organisation.is_practice = True
    school.organisation.save()
    assert email in client.get(SIGN_IN).content.decode().replace("<wbr>", "")
    assert [each.roles for each in demo_people()] == ["Data manager", "Teacher", "Headteacher", "Account manager"]
    settings.DEMO = False  # type: ignore[attr-defined]
    assert email not in client.get(SIGN_IN).content.decode().replace("<wbr>", "")
