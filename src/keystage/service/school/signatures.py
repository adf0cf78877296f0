"""Who has signed what, and whether it still stands for what the records say.

What is still to be signed, and what was changed since, is said by the core's checks of the sign-off (S01, S02), as
for every return; here a person's statements are handed to them. Where the headteacher's signature stands, the
classes without one of their own are waived: the headteacher gave the reason, which is kept with the signature.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from keystage.checks.finding import Finding
from keystage.checks.run import sign_off
from keystage.returns import signing as core
from keystage.service.accounts.roles import Role
from keystage.service.school.models import Signature
from keystage.service.school.records import Records
from keystage.service.school.snapshot import Since, changed_since, fingerprint_of, return_of


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

    @property
    def given(self) -> core.Signature | None:
        """The latest statement as the core knows a signature; None where there is none, or it is not confirmed."""
        latest = self.latest
        if latest is None or not latest.is_confirmed:
            return None
        # One that was voided stands for nothing any more, also where the change was taken back.
        covers = "" if latest.voided_at else latest.fingerprint
        content = None if self.stands(latest) else return_of(latest.content, self.records.year.year)
        return core.Signature(core.Role(self.role), str(latest.person), latest.at, covers, self.class_name, content)

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

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What the checks of the sign-off say: who has not signed (S01), what was changed since (S02)."""
        given = tuple(each for part in self.parts if (each := part.given) is not None)
        waived = frozenset(part.class_name for part in self.unsigned_classes) if self.whole.signed else frozenset()
        classes = tuple(line.pupil.class_name for line in self.records.lines)
        signatures = core.Signatures(given, classes, waived)
        return sign_off(self.records.return_, year=self.records.year, signatures=signatures)

    def part(self, role: Role, class_name: str = "") -> Part | None:
        """Return a part; None where there is no such class."""
        return next((part for part in self.parts if (part.role, part.class_name) == (role, class_name)), None)
