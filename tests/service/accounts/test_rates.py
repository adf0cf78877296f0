"""So many times within so long, for each person and each thing."""

import pytest
import time_machine
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from keystage.service.accounts.models import Person
from keystage.service.accounts.rates import FILES, Rate, limited, slow_down
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.gateway.models import Submission
from service.at_gateway import a_file, a_gateway, a_school_there

RATE = Rate(3, 60)


def test_a_file_more_than_the_rate_is_not_received_and_the_page_says_when_to_try_again(client: Client) -> None:
    there = a_school_there(a_gateway())
    for _ in range(FILES.times):
        slow_down(there.manager, "sent", "file", FILES)
    client.force_login(there.manager)
    name, content = a_file(there)
    sent = client.post(f"{there.base}files/send/", {"file": SimpleUploadedFile(name, content)}, follow=True)
    assert "You have sent 60 files within 10 minutes" in sent.content.decode()
    assert not Submission.objects.exists()


@pytest.fixture(autouse=True)
def _empty(db: None) -> None:
    cache.clear()


def test_as_many_as_the_rate_says_pass_and_the_next_waits_until_the_first_is_old() -> None:
    with time_machine.travel("2026-06-01T12:00:00Z", tick=False) as clock:
        for _ in range(3):
            assert limited("a", RATE) == 0
            clock.shift(10)
        assert limited("a", RATE) == 30
        clock.shift(30)
        assert limited("a", RATE) == 0
        assert limited("a", RATE) == 10


def test_one_key_does_not_count_for_another() -> None:
    for _ in range(3):
        limited("a", RATE)
    assert limited("b", RATE) == 0


def test_what_was_held_back_does_not_count() -> None:
    with time_machine.travel("2026-06-01T12:00:00Z", tick=False) as clock:
        for _ in range(10):
            limited("a", RATE)
        clock.shift(61)
        assert [limited("a", RATE) for _ in range(4)] == [0, 0, 0, 60]


def test_the_words_say_how_many_how_long_and_that_nothing_was_done() -> None:
    person = Person.objects.create_user("a@school.example", None, name="A B")
    with time_machine.travel("2026-06-01T12:00:00Z", tick=False):
        for _ in range(3):
            slow_down(person, "sent", "file", RATE)
        with pytest.raises(NotAllowedNow) as refused:
            slow_down(person, "sent", "file", RATE)
    assert str(refused.value) == (
        "You have sent 3 files within 1 minute, which is as many as are taken. Wait 1 minute, then try again."
        " This one was not sent."
    )
