"""Who has signed what, and whether it still stands for what the records say."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from keystage.service.accounts.roles import Role
from keystage.service.school.models import Signature
from keystage.service.school.records import Records
from keystage.service.school.snapshot import Since, changed_since, fingerprint_of


@dataclass(frozen=True)
class Part:
    """One part of a return that somebody signs for: a class, or the whole."""

    records: Records
    role: Role
    class_name: str
    statements: tuple[Signature, ...]
    """Every statement on it, the latest first."""

    @property
    def of_class(self) -> str | None:
        """The class; None for the whole return."""
        return self.class_name if self.role is Role.TEACHER else None

    @property
    def name(self) -> str:
        """What it is, in words."""
        if self.role is Role.HEAD:
            return "The whole return"
        return self.class_name or "Pupils without a class"

    @cached_property
    def fingerprint(self) -> str:
        """The fingerprint of this part as it is now."""
        return fingerprint_of(self.records, self.of_class)

    @property
    def latest(self) -> Signature | None:
        """The latest statement."""
        return self.statements[0] if self.statements else None

    @property
    def signed(self) -> Signature | None:
        """The signature that stands: the latest statement, confirmed, and of just what the records say now."""
        latest = self.latest
        return latest if latest is not None and self.stands(latest) else None

    @property
    def refused(self) -> Signature | None:
        """The latest statement, where it is that somebody cannot confirm."""
        return self.latest if self.latest is not None and not self.latest.is_confirmed else None

    def stands(self, signature: Signature) -> bool:
        """Say whether a signature stands for what the records say now."""
        return signature.is_confirmed and signature.voided_at is None and signature.fingerprint == self.fingerprint

    def since(self, signature: Signature) -> Since:
        """Return what has changed since a statement was made."""
        return changed_since(signature.content, self.records, self.of_class)


class Signing:
    """The parts of a return, with what was stated on each. One query."""

    def __init__(self, records: Records, statements: Iterable[Signature]) -> None:
        self.records = records
        self._statements: dict[tuple[str, str], list[Signature]] = {}
        for each in statements:
            self._statements.setdefault((each.role, each.class_name), []).append(each)

    @classmethod
    def of(cls, records: Records) -> "Signing":
        """Read what was stated on a return."""
        statements = Signature.objects.filter(school_return=records.school_return)
        return cls(records, statements.select_related("person", "in_place_of").order_by("-pk"))

    def _part(self, role: Role, class_name: str) -> Part:
        return Part(self.records, role, class_name, tuple(self._statements.get((role, class_name), ())))

    @cached_property
    def classes(self) -> tuple[Part, ...]:
        """The classes, in order."""
        return tuple(self._part(Role.TEACHER, name) for name in self.records.classes)

    @cached_property
    def whole(self) -> Part:
        """The whole return."""
        return self._part(Role.HEAD, "")

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """The classes and then the whole."""
        return (*self.classes, self.whole)

    @cached_property
    def former(self) -> tuple[Signature, ...]:
        """Statements on classes that are no longer there."""
        known = {(part.role, part.class_name) for part in self.parts}
        return tuple(each for key, statements in self._statements.items() if key not in known for each in statements)

    @property
    def unsigned_classes(self) -> tuple[Part, ...]:
        """The classes without a signature that stands."""
        return tuple(part for part in self.classes if part.signed is None)

    def part(self, role: Role, class_name: str = "") -> Part | None:
        """Return a part; None where there is no such class."""
        return next((part for part in self.parts if (part.role, part.class_name) == (role, class_name)), None)
