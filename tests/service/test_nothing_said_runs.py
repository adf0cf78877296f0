"""Whatever people and files say, it is shown as text on every page, as JSON and in every CSV file, and runs nowhere."""

import csv
import re
from collections.abc import Iterator
from io import StringIO

import pytest
from django.db import models
from django.test import Client

from keystage.service.accounts.models import Membership, Organisation, Person
from keystage.service.accounts.roles import Role
from keystage.service.accounts.services.invitations import invite
from keystage.service.school.models import (
    Delegation,
    Expected,
    Export,
    ExportSettings,
    Pupil,
    QueryNote,
    SchoolReturn,
    Signature,
    StoredFile,
)
from keystage.service.school.models.files import IncomingKind
from keystage.service.school.services.incoming import bring_in
from keystage.service.school.services.sent import ReceiptFile, uploaded_by_hand
from keystage.service.school.services.signing import Statement, delegate, state
from keystage.service.school.signatures import Signing
from keystage.sheets.guard import is_injection
from service.addresses import addresses
from service.made import YEAR, MadeSchool
from service.ready import fill, make, records_of, sign_everything

EVIL = "</script><xss-a onload=1>'\"{{7*7}}"
FORMULA = "=cmd()"
_SAID = {
    Person: ("name",),
    Organisation: ("name",),
    Pupil: ("surname", "forename", "class_name", "decision_reason", "removed_reason", "birth_text"),
    Expected: ("surname", "forename", "decision_reason"),
    Delegation: ("job_title",),
    StoredFile: ("name",),
    ExportSettings: ("folder_name", "security_message"),
    Export: ("receipt_words",),
    QueryNote: ("text",),
    Signature: ("words", "class_name"),
    SchoolReturn: ("nil_reason", "register_name"),
}


_FILE = re.compile(r"\.(csv|xlsx|xml|pdf)$|download|file|receipt")


def say_everywhere(what: str) -> None:
    """Put it wherever people or files say something."""
    for model, names in _SAID.items():
        known = {
            each.name for each in model._meta.get_fields() if isinstance(each, models.CharField | models.TextField)
        }
        model.objects.update(**{name: what for name in names if name in known})
    for each in Membership.objects.filter(role=Role.TEACHER):
        Membership.objects.filter(pk=each.pk).update(classes=[what])


@pytest.fixture
def busy(school: MadeSchool) -> tuple[Client, dict[str, list[str]]]:
    """A school in which everything was said once, and somebody who may see everything of it."""
    fill(school)
    sign_everything(school)
    export = make(school)
    person, head, deputy = (school.people[each] for each in (Role.DATA_MANAGER, Role.HEAD, Role.TEACHER))
    receipt = ReceiptFile("receipt.txt", b"thanks")
    uploaded_by_hand(export, at=export.at, words="thanks", receipt=receipt, by=person)
    school.pupil("Dee", "Doubt", "Elm", sex="X")
    school.pupil("Gone", "Away", removed_at=export.at, removed_reason="left")
    rows = b"UPN,Surname,Forename,DOB,Class\nA1,</script><xss-a>,<xss-a>,09/03/2015,<xss-a>\n"
    made = [bring_in(school.school_return, kind, f"{kind}.csv", rows, by=person) for kind in IncomingKind]
    delegation = delegate(school.organisation, deputy, "Deputy", by=head)
    part = Signing.of(records_of(school)).part(Role.HEAD, "")
    assert part is not None
    state(school.school_return, Statement(Role.HEAD, part.fingerprint, is_confirmed=False, words="no"), by=head)
    invited = invite(school.organisation, "a@school.example", [Role.TEACHER], [EVIL], by=head, link=lambda _: "secret")
    for role in Role:
        Membership.objects.get_or_create(person=person, organisation=school.organisation, role=role, ended_at=None)
    keys = [each.key for each in (*school.pupils.values(), export, *made, *Signature.objects.all())]
    known = {
        "organisation": [school.organisation.key],
        "year": [str(YEAR)],
        "key": keys,
        "pupil": [each.key for each in school.pupils.values()][:2],
        "subject": ["writing"],
        "person": [deputy.key],
        "invitation": [invited.key],
        "delegation": [str(delegation.pk)],
        "token": ["secret"],
    }
    client = Client()
    client.force_login(person)
    return client, known


def paths(known: dict[str, list[str]]) -> Iterator[str]:
    """Return every address, with each of the keys that could stand in it."""
    for address in addresses():
        several = next((name for name in ("key", "pupil") if f"<str:{name}>" in address.route), "")
        for value in known.get(several, [""]):
            filled = {name: values[0] for name, values in known.items()}
            yield address.path(**{**filled, several: value} if several else filled)


def test_what_is_said_is_shown_and_runs_nowhere(busy: tuple[Client, dict[str, list[str]]]) -> None:
    client, known = busy
    say_everywhere(EVIL)
    shown = 0
    for path in paths(known):
        response = client.get(path)
        if response.headers.get("Content-Type", "").startswith(("text/html", "application/json")):
            text = response.content.decode()
            assert "<xss" not in text.lower(), path
            assert "</script><" not in text.lower().replace("</script></", "").replace("</script>\n", ""), path
            assert not re.search(r"\son[a-z]+=[\"']", text), path
            assert "49" not in re.findall(r"\{\{7\*7\}\}|'\"49", text), path
            shown += "xss-a" in text
    assert shown > 15


def test_no_csv_file_holds_a_formula(busy: tuple[Client, dict[str, list[str]]]) -> None:
    client, known = busy
    say_everywhere(FORMULA)
    found = 0
    for path in filter(re.compile(r"csv|download").search, paths(known)):
        response = client.get(path)
        if response.headers.get("Content-Type", "").startswith("text/csv"):
            found += 1
            text = b"".join(response).decode("utf-8-sig")
            assert FORMULA in text, path
            assert [cell for row in csv.reader(StringIO(text)) for cell in row if is_injection(cell)] == [], path
    assert found == 2


def test_the_name_of_a_file_stays_in_its_header(
    busy: tuple[Client, dict[str, list[str]]],
) -> None:
    client, known = busy
    say_everywhere('a"\r\nSet-Cookie: a=b; filename=x.exe')
    names = [client.get(path).headers.get("Content-Disposition", "") for path in paths(known) if _FILE.search(path)]
    assert sum("Set-Cookie" in name for name in names) == 3
    assert [
        name for name in names if name and not re.fullmatch(r'(inline|attachment); filename="[^"\r\n]+"', name)
    ] == []
