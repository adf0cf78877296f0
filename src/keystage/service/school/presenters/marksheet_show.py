"""Which pupils of the marksheet are shown: one class, only those with something missing or wrong, or some names."""

from dataclasses import dataclass
from typing import Protocol

from django.http import QueryDict

from keystage.pupils.names import fold

NO_CLASS = "-"
"""What stands for the pupils without a class, where nothing stands for all of them."""
KINDS = ("", "missing", "errors")


class _Row(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def missing(self) -> int: ...
    @property
    def errors(self) -> int: ...
    @property
    def faults(self) -> tuple[object, ...]: ...


class _Class(Protocol):
    @property
    def name(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Show:
    """What somebody wants to see."""

    class_name: str = ""
    """Empty for all; :data:`NO_CLASS` for the pupils without one."""
    kind: str = ""
    """One of :data:`KINDS`."""
    name: str = ""

    @classmethod
    def asked(cls, query: QueryDict) -> "Show":
        """Read what is wanted from an address; what is not understood shows everybody."""
        kind = query.get("show", "")
        return cls(query.get("class", ""), kind if kind in KINDS else "", query.get("q", "").strip())

    def __bool__(self) -> bool:
        return bool(self.class_name or self.kind or self.name)

    def of(self, group: _Class) -> bool:
        """Say whether a class is shown."""
        return not self.class_name or (group.name or NO_CLASS) == self.class_name

    def row(self, row: _Row) -> bool:
        """Say whether a pupil is shown."""
        if self.kind == "missing" and not row.missing:
            return False
        if self.kind == "errors" and not (row.errors or row.faults):
            return False
        return all(word in fold(row.name) for word in fold(self.name).split())


NO_FILTER = Show()
