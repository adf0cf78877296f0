"""What a file says and the database has no room for: said before anything is taken over, and never cut off.

SQLite would take it, PostgreSQL would not; cut off, it would be another name or number.
"""

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import CharField, Model

_WORDS = {"upn": "UPN", "former_upn": "former UPN", "class_name": "name of the class", "year_group": "year group"}
"""How texts are called that are not called as their column is."""


class TooLong(NamedTuple):
    """A text that is too long."""

    what: str
    length: int
    room: int

    def __str__(self) -> str:
        return f"The {self.what} is {self.length:,} characters long."


def too_long(said: object, model: type[Model], names: Iterable[str]) -> TooLong | None:
    """Return the first text that does not go into its column; None where all do."""
    for name in names:
        value, field = getattr(said, name), model._meta.get_field(name)
        room = field.max_length if isinstance(field, CharField) else None
        if isinstance(value, str) and room and len(value) > room:
            return TooLong(_WORDS.get(name, name), len(value), room)
    return None
