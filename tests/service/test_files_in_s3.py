"""Files in an S3-compatible store: a real one by HTTP, on this machine."""

import hashlib
import socket
import time
from collections.abc import Iterator
from typing import Any

import pytest
from moto.server import ThreadedMotoServer
from pydantic import ValidationError

from keystage.service.config.environment import Environment
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.files import s3
from keystage.service.files.store import NotAnswering, NotStored, get, path_of, put, remove
from keystage.service.gateway.models import ReceivedFile, Stage, Submission
from keystage.service.gateway.services.checking import check
from service.at_gateway import a_gateway, a_school_there, send

CONTENT = b"<CTfile>\xc3\xa9</CTfile>"


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def store(endpoint: str, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[s3.Bucket]:
    """An empty bucket that the settings name."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "made-up")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "made-up")
    yield from _named(settings, f"s3://keystage/returns?endpoint={endpoint}&region=eu-west-2", is_there=True)


def _named(settings: Any, address: str, *, is_there: bool) -> Iterator[s3.Bucket]:
    s3.bucket_of.cache_clear()
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"files": address})
    found = s3.bucket_of(address)
    assert found is not None
    if is_there:
        found.client.create_bucket(Bucket="keystage", CreateBucketConfiguration={"LocationConstraint": "eu-west-2"})
    yield found
    if is_there:
        for each in found.client.list_objects_v2(Bucket="keystage").get("Contents", ()):
            found.client.delete_object(Bucket="keystage", Key=each["Key"])
        found.client.delete_bucket(Bucket="keystage")
    found.client.close()
    s3.bucket_of.cache_clear()


def keys(store: s3.Bucket) -> list[str]:
    return [each["Key"] for each in store.client.list_objects_v2(Bucket="keystage").get("Contents", ())]


def test_content_is_kept_under_its_hash_and_comes_back_to_the_byte(store: s3.Bucket) -> None:
    sha256 = put(CONTENT)
    assert sha256 == hashlib.sha256(CONTENT).hexdigest()
    assert get(sha256) == CONTENT
    assert keys(store) == [f"returns/{sha256[:2]}/{sha256}"]
    assert not path_of(sha256).exists()


def test_the_same_content_again_is_there_once(store: s3.Bucket) -> None:
    assert put(CONTENT) == put(CONTENT)
    assert len(keys(store)) == 1


def test_empty_content_is_content(store: s3.Bucket) -> None:
    assert get(put(b"")) == b""


def test_what_is_not_there_is_not_found(store: s3.Bucket) -> None:
    with pytest.raises(FileNotFoundError):
        get("f" * 64)


def test_a_file_goes_its_whole_way_with_this_store(db: None, store: s3.Bucket) -> None:
    there = a_school_there(a_gateway())
    assert send(there).stage == Stage.APPLIED
    assert [each.rpartition("/")[2] for each in keys(store)] == [ReceivedFile.objects.get().sha256]


def test_a_store_without_the_bucket_says_so_and_nothing_is_acknowledged(
    db: None, store: s3.Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = a_school_there(a_gateway())
    monkeypatch.setattr(store, "name", "elsewhere")
    with pytest.raises(NotStored, match="s3://elsewhere does not take the file"):
        put(CONTENT)
    with pytest.raises(NotAnswering):
        get("f" * 64)
    with pytest.raises(NotAllowedNow, match="The file did not arrive"):
        send(there)
    assert not Submission.objects.exists()


@pytest.fixture
def silent(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[s3.Bucket]:
    """A store where nobody listens."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "made-up")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "made-up")
    monkeypatch.setattr(s3, "_TRIES", 1)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"s3://keystage?endpoint=http://127.0.0.1:{taken.getsockname()[1]}&region=eu-west-2"
        yield from _named(settings, address, is_there=False)


def test_a_store_that_does_not_answer_takes_nothing_and_loses_nothing(db: None, silent: s3.Bucket) -> None:
    there = a_school_there(a_gateway())
    with pytest.raises(NotStored, match="s3://keystage does not take the file"):
        put(CONTENT)
    with pytest.raises(NotAnswering, match="does not answer"):
        get("f" * 64)
    with pytest.raises(NotAllowedNow, match="The file did not arrive: the gateway cannot keep files just now"):
        send(there)
    assert not Submission.objects.exists()


def test_a_file_that_cannot_be_read_just_now_is_not_said_to_be_lost(db: None, settings: Any, silent: s3.Bucket) -> None:
    there = a_school_there(a_gateway())
    environment = settings.ENVIRONMENT
    settings.ENVIRONMENT = environment.model_copy(update={"files": ""})
    sent = send(there)
    Submission.objects.update(stage=Stage.RECEIVED)
    settings.ENVIRONMENT = environment
    with pytest.raises(NotAllowedNow, match=r"does not answer just now.* is kept"):
        check(sent, by=there.manager)


@pytest.mark.parametrize("address", ["s3://", "ftp://bucket", "bucket", "http://bucket"])
def test_an_address_that_is_none_is_named_at_the_start(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("KEYSTAGE_FILES", address)
    with pytest.raises(ValidationError, match="begin with s3://"):
        Environment()


def test_content_is_taken_away_unless_it_was_put_there_just_now(store: s3.Bucket) -> None:
    sha256 = put(CONTENT)
    assert not remove(sha256, before=time.time() - 600)
    assert get(sha256) == CONTENT
    assert remove(sha256, before=time.time() + 600)
    assert keys(store) == []
    assert remove(sha256, before=time.time() + 600), "what is gone is gone"
