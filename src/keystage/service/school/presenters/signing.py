"""Who signed what, what stands in the way, and the sheet as it was signed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from keystage.papers.frame import Frame
from keystage.papers.signed import Signature as PaperSignature
from keystage.papers.signed import SignedPaper, Statement, Voided
from keystage.service.accounts.models import Person
from keystage.service.accounts.roles import Permission, Role
from keystage.service.school.models import Delegation, Signature
from keystage.service.school.readiness import Obstacle, before_signing
from keystage.service.school.records import Records
from keystage.service.school.signatures import Part, Signing
from keystage.service.school.snapshot import Since, changed_since, classes_of
from keystage.service.school.views.visiting import YearVisit

SIGNED, VOID, REFUSED, WAITING = "Signed", "No longer valid", "Cannot confirm", "Not signed"
_COLOURS = {SIGNED: "green", VOID: "orange", REFUSED: "red", WAITING: "grey"}


@dataclass(frozen=True, slots=True)
class Standing:
    """How one part of the return stands."""

    part: Part
    status: str
    since: Since | None
    """What has changed, where a signature no longer holds."""
    obstacles: tuple[Obstacle, ...]
    is_mine: bool
    """Whether the person who looks may sign for it."""

    @property
    def colour(self) -> str:
        """The colour of the status."""
        return _COLOURS[self.status]


def standing(part: Part, at: YearVisit, *, is_mine: bool) -> Standing:
    """Return how a part stands for somebody who looks at it."""
    latest = part.latest
    status = WAITING
    if latest is not None:
        status = REFUSED if not latest.is_confirmed else SIGNED if part.signed else VOID
    since = part.since(latest) if latest is not None and status is VOID else None
    return Standing(part, status, since, before_signing(at.records, part.of_class), is_mine)


def standings(at: YearVisit, signing: Signing, in_place_of: Person | None) -> tuple[Standing, ...]:
    """Return how each class and the whole return stand."""
    return tuple(standing(part, at, is_mine=may_sign(at, part, in_place_of)) for part in signing.parts)


def may_sign(at: YearVisit, part: Part, in_place_of: Person | None) -> bool:
    """Say whether the person who looks may sign for a part."""
    if at.school_return.is_closed:
        return False
    if part.role is Role.HEAD:
        return at.may(Permission.SIGN_RETURN) or in_place_of is not None
    classes = at.visit.classes
    return at.may(Permission.SIGN_CLASS) and (classes is None or part.class_name in classes)


def head_of(person: Person, found: Iterable[Delegation]) -> Person | None:
    """Return the headteacher in whose place somebody may sign; None where they may not."""
    return next((each.head for each in found if each.deputy_id == person.pk), None)


def title_of(signature: Signature) -> str:
    """Return as what somebody signed."""
    usual = "Class teacher" if signature.role == Role.TEACHER else "Headteacher"
    return str(signature.content.get("job_title") or usual)


def sheet_of(signature: Signature, records: Records) -> SignedPaper:
    """Return the sheet that was signed, as it was; with what has changed since, where that is so."""
    content = signature.content
    class_name = signature.class_name if signature.role == Role.TEACHER else None
    frame = Frame(
        content["school"],
        content["number"],
        records.year,
        signature.fingerprint,
        signature.version,
        signature.at,
        practice=content["practice"],
    )
    voided = None
    if signature.voided_at is not None:
        since = changed_since(content, records, class_name)
        voided = Voided(signature.voided_at, since.cells, since.others)
    return SignedPaper(frame, classes_of(content), tuple(_paper_signatures(signature)), voided)


def _paper_signatures(signature: Signature) -> Iterable[PaperSignature]:
    for each in signature.content.get("signatures", ()):
        yield PaperSignature(
            each["who"],
            each["role"],
            datetime.fromisoformat(each["at"]),
            Statement.CONFIRMED if each["confirmed"] else Statement.CANNOT_CONFIRM,
            each["words"],
            each["class"] or "Pupils without a class",
        )
    class_name = (signature.class_name or "Pupils without a class") if signature.role == Role.TEACHER else ""
    yield PaperSignature(
        str(signature.person),
        title_of(signature),
        signature.at,
        Statement.CONFIRMED if signature.is_confirmed else Statement.CANNOT_CONFIRM,
        signature.words,
        class_name,
        str(signature.in_place_of or ""),
    )
