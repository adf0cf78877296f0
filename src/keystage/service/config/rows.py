"""Writing rows straight into the database: for what is written at every request, or many at once.

Django's own ``save`` and ``bulk_create`` put each statement together anew, field by field. What is written here is the
same; but no signals are sent, and no field may fill itself in when it is saved.
"""

from collections.abc import Collection, Sequence
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
    fields = [each for each in rows[0]._meta.concrete_fields if not each.primary_key]
    columns = [_column(each, rows, connection) for each in fields]
    if len(rows) > 1 and not any(isinstance(each, list) for each in columns):
        columns[0] = [columns[0]] * len(rows)
    alike = [each for each in columns if not isinstance(each, list)]
    many = [each for each in columns if isinstance(each, list)]
    with connection.cursor() as cursor:
        cursor.execute(_sql(rows[0], fields, columns, connection), [*alike, *many])
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
    sql = f"UPDATE {quoted(row._meta.db_table)} SET {places} WHERE {quoted(_key_of(row))} = %s"  # noqa: S608 - no values
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, row.pk])
        if cursor.rowcount != 1:
            raise DatabaseError(f"{row!r} is not in the database any more")


def _key_of(row: Model) -> str:
    assert row._meta.pk is not None  # noqa: S101 - every model has one
    return str(row._meta.pk.column)


def _column(field: "Field[Any, Any]", rows: Sequence[Model], connection: BaseDatabaseWrapper) -> Any:
    """Return the values of a column as a list; where all are the same, that alone."""
    values = [getattr(each, field.attname) for each in rows]
    if isinstance(field, JSONField):
        values = [field.get_db_prep_save(each, connection) for each in values]
    first = values[0]
    return first if all(each is first for each in values) else values


def _sql(row: Model, fields: Sequence[Any], columns: Sequence[Any], connection: Any) -> str:
    """Return the statement: first the values that are alike in all rows, then the lists of those that are not."""
    quoted = connection.ops.quote_name
    # A cast to varchar(12) would cut off what is too long without a word: the column itself refuses it.
    kinds = [(each.db_type(connection) or "").split("(")[0] for each in fields]
    many = [kind for kind, values in zip(kinds, columns, strict=True) if isinstance(values, list)]
    named = iter(f"c{place}" for place in range(len(many)))
    picked = [
        next(named) if isinstance(values, list) else f"%s::{kind}"
        for kind, values in zip(kinds, columns, strict=True)
    ]  # fmt: skip
    lists = ", ".join(f"%s::{kind}[]" for kind in many)
    names = ", ".join(f"c{place}" for place in range(len(many)))
    source = f" FROM unnest({lists}) AS given({names})" if many else ""
    into = f"INSERT INTO {quoted(row._meta.db_table)} ({', '.join(quoted(each.column) for each in fields)})"
    return f"{into} SELECT {', '.join(picked)}{source} RETURNING {quoted(_key_of(row))}"
