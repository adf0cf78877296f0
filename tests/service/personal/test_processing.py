"""Every model and every field says of whom it holds something, why and how long: one that is added must too."""

from collections import Counter

import pytest
from django.apps import apps
from django.db.models import ForeignKey, Model

from keystage.service.accounts.models import Person
from keystage.service.personal.kept import Kept, name_of
from keystage.service.upkeep.processing import EVERYTHING

OF = {entry.model: entry for entry in EVERYTHING}
each_entry = pytest.mark.parametrize("entry", EVERYTHING, ids=lambda entry: name_of(entry.model))


def silent_fields(entry: Kept) -> set[str]:
    """Return the fields that must be spoken of: not numbers and keys made by chance, nor links to other rows."""
    silent = set()
    for each in entry.model._meta.concrete_fields:
        is_link = isinstance(each, ForeignKey) and each.related_model is not Person
        if not (each.primary_key and each.name == "id") and each.name != "key" and not is_link:
            silent.add(each.name)
    return silent


def test_every_model_is_spoken_of_once() -> None:
    assert Counter(entry.model for entry in EVERYTHING) == Counter(apps.get_models())


@each_entry
def test_every_field_is_spoken_of(entry: Kept) -> None:
    spoken = {*entry.pupil, *entry.people, *entry.nothing}
    known = {each.name for each in entry.model._meta.concrete_fields}
    assert spoken <= known, f"there is no such field: {spoken - known}"
    missing = silent_fields(entry) - spoken
    assert not missing, f"say in {entry.words} of whom these hold something: {missing}"


@each_entry
def test_what_is_kept_of_pupils_can_be_found_for_one_of_them(entry: Kept) -> None:
    assert bool(entry.pupil) == bool(entry.rows or entry.mixed)


@each_entry
def test_it_is_said_why_and_what_happens_then(entry: Kept) -> None:
    assert entry.why.endswith(".")
    assert entry.then.endswith(".")


def test_what_hangs_on_a_row_is_deleted_before_it() -> None:
    order: dict[type[Model], int] = {entry.model: number for number, entry in enumerate(EVERYTHING)}
    for entry in EVERYTHING:
        for each in entry.model._meta.concrete_fields:
            on = each.related_model
            if entry.rows and isinstance(on, type) and on in OF and OF[on].rows:
                assert order[entry.model] < order[on], f"{name_of(entry.model)} hangs on {name_of(on)}"
