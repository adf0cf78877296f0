"""What the doctor looks at: each thing found well, and found wrong with what to do."""

from collections import namedtuple
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from keystage.service.files.references import holders
from keystage.service.files.store import path_of
from keystage.service.school.models import StoredFile
from keystage.service.school.services.files import store
from keystage.service.upkeep.looking import State, look

pytestmark = pytest.mark.django_db
Usage = namedtuple("Usage", "total used free")


def found(what, *, files=False):
    (each,) = [each for each in look(files=files) if each.what == what]
    return each


@pytest.fixture
def kept(school):
    """A file of a school, in the store."""
    return store(school.organisation, "sent.xml", b"as it was sent", by=None)


def test_a_new_installation_has_nothing_wrong():
    assert [each for each in look(files=True) if each.state is State.WRONG] == []


def test_a_data_folder_that_cannot_be_written_to_is_wrong(settings, tmp_path, monkeypatch):
    file = tmp_path / "file"
    file.write_bytes(b"")
    monkeypatch.setattr(settings.ENVIRONMENT, "data", file / "data")
    each = next(iter(look(files=False)))
    assert (each.what, each.state) == ("Data folder", State.WRONG)
    assert "KEYSTAGE_DATA" in each.fix


@pytest.mark.parametrize(("free", "state"), [(10**12, State.WELL), (10**9, State.WARNING), (10**8, State.WRONG)])
def test_a_disk_that_is_nearly_full_is_said_before_it_is(monkeypatch, free, state):
    monkeypatch.setattr("shutil.disk_usage", lambda _path: Usage(10**12, 0, free))
    assert found("Disk").state is state


def test_no_server_for_email_is_a_warning(settings, monkeypatch):
    monkeypatch.setattr(settings.ENVIRONMENT, "email", "")
    assert found("Email").state is State.WARNING
    monkeypatch.setattr(settings.ENVIRONMENT, "email", "smtp://mail.example:25")
    assert found("Email").state is State.WELL


@pytest.mark.parametrize(
    ("hosts", "https", "state"),
    [
        (["localhost"], False, State.WELL),
        (["keystage.example"], False, State.WRONG),
        (["keystage.example"], True, State.WELL),
    ],
)
def test_a_service_for_others_without_https_is_wrong(settings, monkeypatch, hosts, https, state):
    monkeypatch.setattr(settings.ENVIRONMENT, "hosts", hosts)
    monkeypatch.setattr(settings.ENVIRONMENT, "https", https)
    assert found("Address").state is state


def test_missing_styles_are_wrong(monkeypatch):
    monkeypatch.setattr("django.contrib.staticfiles.finders.find", lambda _path: None)
    assert found("Styles and scripts").state is State.WRONG


def test_printing_without_templates_is_wrong(monkeypatch, tmp_path):
    monkeypatch.setattr("keystage.papers.typeset.TEMPLATES", tmp_path)
    each = found("Printing")
    assert each.state is State.WRONG
    assert each.says.startswith("No PDF can be made: ")


@pytest.mark.parametrize(("minutes", "state"), [(5, State.WELL), (15, State.WRONG)])
def test_a_job_that_waits_for_long_means_that_nobody_works(minutes, state):
    waiting = DBTaskResult.objects.create(
        task_path="keystage.service.gateway.services.uploads.work_through", args_kwargs={"args": [], "kwargs": {}},
        queue_name="default", backend_name="default", priority=0, status=TaskResultStatus.READY,
        run_after=timezone.now(),
    )  # fmt: skip
    DBTaskResult.objects.filter(pk=waiting.pk).update(enqueued_at=timezone.now() - timedelta(minutes=minutes))
    each = found("Background work")
    assert each.state is state
    assert ("keystage work" in each.fix) == (state is State.WRONG)


def test_a_file_that_is_missing_is_found_without_reading_and_a_damaged_one_with(kept):
    assert found("Files").says == "The one file is there (--files reads it)."
    path_of(kept.sha256).write_bytes(b"as it was not")
    assert found("Files").state is State.WELL
    damaged = found("Files", files=True)
    assert damaged.says == f"Of 1 file 0 are missing and 1 damaged, the first {kept.sha256}."
    path_of(kept.sha256).unlink()
    missing = found("Files")
    assert missing.says == f"Of 1 file 1 is missing and 0 damaged, the first {kept.sha256}."
    assert missing.state is State.WRONG


@pytest.mark.skipif(connection.vendor != "sqlite", reason="it is SQLite that is looked into")
def test_a_row_that_points_at_nothing_is_found(kept):
    with connection.constraint_checks_disabled():
        StoredFile.objects.filter(pk=kept.pk).update(made_by_id=987654)
        each = found("Database, inside")
        StoredFile.objects.filter(pk=kept.pk).update(made_by_id=None)
    assert (each.state, each.says) == (State.WRONG, "1 row points at a row that is not there.")


def test_every_model_with_stored_files_is_known():
    names = {model._meta.label for model in holders()}
    assert {"school.StoredFile", "gateway.ReceivedFile", "gateway.PreparedFile", "gateway.SchoolResults"} <= names
