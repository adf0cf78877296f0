"""Queries that are asked at every request: put into SQL once, then only executed.

Django puts a query together and into SQL anew each time it is asked, which takes several times as long as the database
takes to answer. A ready query is written as any other and gives the same objects; only what it is asked about differs
from time to time. It leans on parts of Django that may change in a new release; ``test_ready_query.py`` would say so.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from weakref import WeakKeyDictionary

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators
from django.db.transaction import TransactionManagementError

Found = TypeVar("Found", bound=Model)
Value = str | int

_FIRST_INTEGER = 32_000
"""Stands in the query for what is asked about, when that is an integer: it fits into the smallest of fields."""
_LARGEST = 2**63 - 1
"""No integer field of any database holds more."""


@dataclass(frozen=True, slots=True)
class _Ready:
    """A query as one connection executes it, and how its rows become objects."""

    sql: str
    parameters: tuple[Value, ...]
    """Each a constant of the query, or what stands for something that is asked about."""
    model: type[Model]
    columns: slice
    names: list[str]
    others: list[Any]
    converters: list[tuple[int, list[Callable[..., Any]], Any]]
    locks: bool


class ReadyQuery(Generic[Found]):
    """A query by keyword: ``ReadyQuery(lambda key: Thing.objects.filter(key=key))`` is asked as ``.all(key="4kx7p2")``.

    What is asked about are texts and integers. A query gives whole objects, with or without ``select_related`` and
    ``select_for_update``; no annotations.
    """

    def __init__(self, ask: Callable[..., QuerySet[Found]]) -> None:
        self._ask = ask
        self._ready: WeakKeyDictionary[BaseDatabaseWrapper, _Ready] = WeakKeyDictionary()

    def all(self, **about: Value) -> list[Found]:
        """Ask, and return what is found: nothing where an integer is larger than any that a database holds."""
        if any(isinstance(each, int) and abs(each) > _LARGEST for each in about.values()):
            return []
        connection = connections[DEFAULT_DB_ALIAS]
        stands_for = _stand_ins(about)
        ready = self._ready.get(connection)
        if ready is None:
            ready = self._ready[connection] = _made_ready(self._ask(**stands_for), stands_for.values())
        if ready.locks and not connection.in_atomic_block:
            raise TransactionManagementError("What is locked is locked in a transaction, and there is none.")
        given = {stands_for[name]: about[name] for name in about}
        with connection.cursor() as cursor:
            cursor.execute(ready.sql, [given.get(each, each) for each in ready.parameters])
            rows = cursor.fetchall()
        return [_object(ready, row, connection) for row in rows]

    def first(self, **about: Value) -> Found | None:
        """Ask, and return the first that is found; None where nothing is."""
        return next(iter(self.all(**about)), None)


def _stand_ins(about: dict[str, Value]) -> dict[str, Value]:
    """Return for each thing that is asked about what stands for it in the query: it occurs nowhere else in it."""
    return {
        name: _FIRST_INTEGER + place if isinstance(about[name], int) else f"\0{name}"
        for place, name in enumerate(sorted(about))
    }


def _made_ready(queryset: QuerySet[Any], stand_ins: Any) -> _Ready:
    connection = connections[DEFAULT_DB_ALIAS]
    compiler = queryset.query.get_compiler(connection=connection)
    sql, parameters = compiler.as_sql()
    missing = [each for each in stand_ins if each not in parameters]
    if missing or compiler.klass_info is None or compiler.annotation_col_map:
        raise TypeError("This query cannot be made ready: it must give objects, and ask about each of its keywords.")
    fields = [each[0] for each in compiler.select[: compiler.col_count]]
    own = compiler.klass_info["select_fields"]
    columns = slice(own[0], own[-1] + 1)
    return _Ready(
        sql=sql,
        parameters=tuple(parameters),
        model=compiler.klass_info["model"],
        columns=columns,
        names=[each.target.attname for each in fields[columns]],
        others=get_related_populators(compiler.klass_info, compiler.select, DEFAULT_DB_ALIAS),  # type: ignore[call-arg]
        converters=[(place, *each) for place, each in compiler.get_converters(fields).items()],
        locks=queryset.query.select_for_update and connection.features.has_select_for_update,
    )


def _object(ready: _Ready, row: Sequence[Any], connection: BaseDatabaseWrapper) -> Any:
    values = list(row)
    for place, converters, expression in ready.converters:
        for convert in converters:
            values[place] = convert(values[place], expression, connection)
    made = ready.model.from_db(DEFAULT_DB_ALIAS, ready.names, values[ready.columns])
    for each in ready.others:
        each.populate(values, made)
    return made
