"""Words can be taken out of the record by one door alone, which is itself on record and takes nothing else out."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from keystage.service.events import erasing
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Erasure, Event
from keystage.service.events.record import record


@pytest.fixture
def event(db: None) -> Event:
    return record(Kind.PUPIL_REMOVED, by=None, target="ada", reason="Moved to Ottermere", how="typed")


def begun(*targets: str) -> Erasure:
    return erasing.begin(Kind.PUPIL_ERASED, "pupil", by=None, reason="Asked for", targets=targets)


def write(event: Event, **fields: object) -> None:
    with transaction.atomic():
        Event.objects.filter(pk=event.pk).update(**fields)


def test_an_erasure_takes_the_words_out_and_leaves_what_happened(event: Event) -> None:
    erasure = begun("ada")
    assert erasing.take_words_out(erasure, erasing.of_targets(erasure)) == 1
    erasing.finish(erasure, {"events": 1})
    left = Event.objects.get(pk=event.pk)
    assert left.data == {"how": "typed", "erased": erasure.key}
    assert (left.kind, left.target, left.at) == (event.kind, "ada", event.at)
    assert Event.objects.get(kind=Kind.PUPIL_ERASED).target == erasure.key


def test_no_event_of_anybody_else_loses_words(event: Event) -> None:
    erasure = begun("ben")
    with pytest.raises(DatabaseError, match="never changed"):
        write(event, data={"erased": erasure.key})


def test_no_word_can_be_put_in_or_changed(event: Event) -> None:
    erasure = begun("ada")
    for data in ({"reason": "Other words"}, {"how": "pasted"}, {"new": 1}, {"reason": None}):
        with pytest.raises(DatabaseError, match="never changed"):
            write(event, data={**data, "erased": erasure.key})


def test_nothing_but_the_words_can_be_changed(event: Event) -> None:
    erasure = begun("ada")
    for field, value in (("target", "x"), ("kind", "x"), ("part", "x"), ("year", 2020), ("at", timezone.now())):
        with pytest.raises(DatabaseError, match="never changed"):
            write(event, data={"erased": erasure.key}, **{field: value})


def test_no_event_can_be_deleted_during_an_erasure(event: Event) -> None:
    begun("ada")
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        event.delete()


def test_a_finished_erasure_opens_nothing(event: Event) -> None:
    erasure = begun("ada")
    erasing.finish(erasure, {})
    with pytest.raises(DatabaseError, match="never changed"):
        write(event, data={"erased": erasure.key})


def test_words_without_the_key_of_an_erasure_stay(event: Event) -> None:
    begun("ada")
    for data in ({}, {"how": "typed"}, {"erased": "unknown"}):
        with pytest.raises(DatabaseError, match="never changed"):
            write(event, data=data)


def test_an_erasure_of_what_is_old_reaches_what_is_older_and_no_other(event: Event) -> None:
    before = event.at + timedelta(microseconds=1)
    old = erasing.begin(Kind.RETENTION_DONE, "retention", by=None, before=before)
    later = record(Kind.PUPIL_REMOVED, by=None, target="ben", reason="Later")
    assert erasing.take_words_out(old, Event.objects.filter(pk=event.pk)) == 1
    with pytest.raises(DatabaseError, match="never changed"):
        write(later, data={"erased": old.key})


def test_an_erasure_is_neither_deleted_nor_changed(db: None) -> None:
    erasure = begun("ada")
    for change in (erasure.delete, lambda: Erasure.objects.update(targets=["ada", "ben"])):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            change()
    erasing.finish(erasure, {})
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Erasure.objects.update(finished_at=None)
