"""Writing rows straight into the database: for what is written at every request, or many at once.

Django's own ``save`` and ``bulk_create`` put each statement together anew, field by field. What is written here is the
same; but no signals are sent, and no field may fill itself in when it is saved.
"""

from collections.abc import Collection, Sequence
from functools import cache
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field, JSONField, Model

Row = TypeVar("Row", bound=Model)


def insert(rows: Sequence[Row]) -> list[Row]:
    """Write new rows of one model, in one statement; each gets its primary key."""
    connection = connections[DEFAULT_DB_ALIAS]
    if not rows:
        return []
    if connection.vendor != "postgresql":
        return type(rows[0])._default_manager.bulk_create(rows)
    columns = [_column(each, rows, connection) for each in _fields(type(rows[0]))]
    if len(rows) > 1 and not any(isinstance(each, list) for each in columns):
        columns[0] = [columns[0]] * len(rows)
    alike = [each for each in columns if not isinstance(each, list)]
    many = [each for each in columns if isinstance(each, list)]
    with connection.cursor() as cursor:
        cursor.execute(_sql(type(rows[0]), tuple(isinstance(each, list) for each in columns)), [*alike, *many])
        keys = cursor.fetchall()
    for row, (key,) in zip(rows, keys, strict=True):
        row.pk = key
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS
    return list(rows)


def update(row: Model, names: Collection[str]) -> None:
    """Write some fields of a row over what the database has of it."""
    connection = connections[DEFAULT_DB_ALIAS]
    quoted = connection.ops.quote_name
    fields: list[Any] = [row._meta.get_field(each) for each in names]
    values = [each.get_db_prep_save(getattr(row, each.attname), connection) for each in fields]
    places = ", ".join(f"{quoted(each.column)} = %s" for each in fields)
    sql = f"UPDATE {quoted(row._meta.db_table)} SET {places} WHERE {quoted(_key_of(type(row)))} = %s"  # noqa: S608 - no values
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, row.pk])
        if cursor.rowcount != 1:
            raise DatabaseError(f"{row!r} is not in the database any more")


def _column(field: "Field[Any, Any]", rows: Sequence[Model], connection: BaseDatabaseWrapper) -> Any:
    """Return the values of a column as a list; where all are the same, that alone."""
    values = [getattr(each, field.attname) for each in rows]
    if isinstance(field, JSONField):
        values = [field.get_db_prep_save(each, connection) for each in values]
    first = values[0]
    return first if all(each is first for each in values) else values


@cache
def _sql(model: type[Model], are_many: tuple[bool, ...]) -> str:
    """Return the statement: first the values that are alike in all rows, then the lists of those that are not."""
    connection = connections[DEFAULT_DB_ALIAS]
    quoted, fields = connection.ops.quote_name, _fields(model)
    # A cast to varchar(12) would cut off what is too long without a word: the column itself refuses it.
    kinds = [(each.db_type(connection) or "").split("(")[0] for each in fields]
    many = [kind for kind, is_many in zip(kinds, are_many, strict=True) if is_many]
    names = [f"c{place}" for place in range(len(many))]
    named = iter(names)
    picked = [next(named) if is_many else f"%s::{kind}" for kind, is_many in zip(kinds, are_many, strict=True)]
    lists = ", ".join(f"%s::{kind}[]" for kind in many)
    source = f" FROM unnest({lists}) AS given({', '.join(names)})" if many else ""
    into = f"INSERT INTO {quoted(model._meta.db_table)} ({', '.join(quoted(each.column) for each in fields)})"
    return f"{into} SELECT {', '.join(picked)}{source} RETURNING {quoted(_key_of(model))}"


@cache
def _fields(model: type[Model]) -> list[Any]:
    return [each for each in model._meta.concrete_fields if not each.primary_key]


def _key_of(model: type[Model]) -> str:
    assert model._meta.pk is not None  # noqa: S101 - every model has one
    return str(model._meta.pk.column)
