"""Files received and made: kept whole, or not at all; and what is said where the disk does not take or give them."""

import os
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from keystage.service.accounts.roles import Role
from keystage.service.school.models import Export, Incoming, StoredFile
from keystage.service.school.models.files import IncomingKind
from keystage.service.school.outgoing import outgoing
from keystage.service.school.services.files import path_of
from keystage.service.school.services.incoming import bring_in
from service.made import MadeSchool
from service.ready import fill, records_of, sign_everything

KINDS = {IncomingKind.ROLL: "roll/", IncomingKind.REGISTER: "register/", IncomingKind.JUDGEMENTS: ""}


@pytest.fixture(autouse=True)
def files(settings: object, tmp_path: Path) -> Path:
    settings.FILES_ROOT = tmp_path / "files"  # type: ignore[attr-defined]
    return tmp_path / "files"


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is full when the file is put on it for good."""

    def refuse(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)


def manager(client: Client, school: MadeSchool) -> Client:
    client.force_login(school.people[Role.DATA_MANAGER])
    return client


@pytest.mark.usefixtures("full")
@pytest.mark.parametrize("page", KINDS.values())
def test_a_full_disk_is_said_when_a_file_comes_in_and_leaves_nothing(
    client: Client, school: MadeSchool, files: Path, page: str
) -> None:
    upload = {"file": SimpleUploadedFile("roll.csv", b"UPN,Surname\nA,B\n")}
    said = manager(client, school).post(f"{school.base}pupils/import/{page}", upload, follow=True)
    assert said.status_code == 200
    assert "The file could not be kept" in said.content.decode()
    assert not Incoming.objects.exists()
    assert not StoredFile.objects.exists()
    assert [each for each in files.rglob("*") if each.is_file()] == []


def test_a_full_disk_is_said_when_the_file_for_the_gateway_is_made(
    client: Client, school: MadeSchool, request: pytest.FixtureRequest
) -> None:
    fill(school)
    sign_everything(school)
    file = outgoing(records_of(school))
    page = {"seen": file.records.fingerprint, "serial": file.serial}
    request.getfixturevalue("full")
    said = manager(client, school).post(f"{school.base}send/make/", page, follow=True)
    assert said.status_code == 200
    assert "The file could not be kept" in said.content.decode()
    assert not Export.objects.exists()


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_that_came_in_and_is_gone_from_disk_is_said_once(
    client: Client, school: MadeSchool, kind: IncomingKind
) -> None:
    made = bring_in(school.school_return, kind, "a.csv", b"UPN,Surname\nA,B\n", by=school.people[Role.DATA_MANAGER])
    path_of(made.file.sha256).unlink()
    said = manager(client, school).get(f"{school.base}pupils/import/{KINDS[kind]}{made.key}/", follow=True)
    assert said.status_code == 200
    assert "Bring it in again" in said.content.decode()
