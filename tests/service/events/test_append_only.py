"""The record cannot be changed, not even by somebody who reaches the database."""

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from keystage.service.events.kinds import Kind
from keystage.service.events.models import Event
from keystage.service.events.record import record, record_alone


@pytest.fixture
def event(db: None) -> Event:
    return record(Kind.YEAR_OPENED, by=None, target="x")


def test_an_event_cannot_be_changed(event: Event) -> None:
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Event.objects.update(target="y")
    assert Event.objects.get().target == "x"


def test_an_event_cannot_be_deleted(event: Event) -> None:
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Event.objects.all().delete()
    assert Event.objects.count() == 1


def test_an_event_is_refused_outside_a_transaction(db: None) -> None:
    inside = connection.in_atomic_block
    connection.in_atomic_block = False
    try:
        with pytest.raises(RuntimeError, match="transaction"):
            record(Kind.YEAR_OPENED, by=None)
    finally:
        connection.in_atomic_block = inside


def test_an_event_that_goes_with_no_change_is_one_statement(db: None, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        alone = record_alone(Kind.RESULTS_TAKEN, by=None, year=2026, target="x", file="results.csv")
    kept = Event.objects.get(pk=alone.pk)
    assert (kept.kind, kept.year, kept.target, kept.data) == (Kind.RESULTS_TAKEN, 2026, "x", {"file": "results.csv"})
