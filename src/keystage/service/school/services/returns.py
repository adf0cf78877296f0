"""Opening, moving on and closing a school's return; and what every change of its content brings with it."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from keystage.service.accounts.models import FormerNumber, Organisation, Person
from keystage.service.accounts.roles import Role
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.config.years import held
from keystage.service.events.kinds import Kind
from keystage.service.events.record import Done, record, record_all
from keystage.service.school.models import SchoolReturn, Signature, Stage
from keystage.service.school.models.returns import MOVES
from keystage.service.school.records import Records
from keystage.service.school.snapshot import pupils_of

_CLOSED = "The year {year} is closed and can only be read. Open it again to change something."


@transaction.atomic
def open_year(organisation: Organisation, year: int, *, by: Person | None) -> SchoolReturn:
    """Open a collection year for a school; one that is there already is returned as it is.

    Raises:
        NotAllowedNow: nothing is held for that year.
    """
    if year not in held():
        raise NotAllowedNow(f"Nothing is held for {year}: its codes and dates are not known here.")
    found, is_new = SchoolReturn.objects.get_or_create(
        organisation=organisation, year=year, defaults={"number": organisation.number}
    )
    if is_new:
        record(Kind.YEAR_OPENED, by=by, organisation=organisation, year=year, target=found.key)
    return found


@transaction.atomic
def move(school_return: SchoolReturn, stage: Stage, *, by: Person | None) -> None:
    """Move a return to another stage.

    Raises:
        NotAllowedNow: that stage cannot follow the one the return is in.
    """
    locked = lock(school_return)
    if stage not in MOVES[Stage(locked.stage)]:
        raise NotAllowedNow(f"A return that is {locked.stage} cannot become {stage}.")
    kinds = {Stage.CLOSED: Kind.YEAR_CLOSED, Stage.OPEN: Kind.YEAR_OPENED}
    if stage in kinds:
        record(kinds[stage], by=by, organisation=locked.organisation, year=locked.year, target=locked.key)
    closed_at = timezone.now() if stage is Stage.CLOSED else None
    SchoolReturn.objects.filter(pk=locked.pk).update(stage=stage, closed_at=closed_at)
    school_return.stage, school_return.closed_at = stage, closed_at


def lock(school_return: SchoolReturn) -> SchoolReturn:
    """Return the return as it is now, held against other changes until the transaction ends."""
    return SchoolReturn.objects.select_for_update().get(pk=school_return.pk)


def lock_open(school_return: SchoolReturn) -> SchoolReturn:
    """Lock a return that is to be changed.

    Raises:
        NotAllowedNow: the year is closed.
    """
    locked = lock(school_return)
    if locked.is_closed:
        raise NotAllowedNow(_CLOSED.format(year=locked.year))
    return locked


def content_changed(
    locked: SchoolReturn, classes: Collection[str] | None, *, by: Person | None, reaches_others: bool = True
) -> int:
    """Say that what a locked return says has changed: its version goes up, and signatures that covered it are void.

    Args:
        locked: the return, from :func:`lock_open`.
        classes: the classes whose pupils changed; None for any of them.
        by: who changed it.
        reaches_others: whether it may bear on pupils of other classes too: who a pupil is may, as with a UPN that now
            stands twice; a judgement does not.

    Returns:
        the new version.
    """
    SchoolReturn.objects.filter(pk=locked.pk).update(version=F("version") + 1)
    locked.refresh_from_db(fields=["version"])
    standing = locked.signatures.filter(voided_at=None, is_confirmed=True).defer("content")
    void = [each for each in standing if each.role == Role.HEAD or classes is None or each.class_name in classes]
    if reaches_others and (others := [each for each in standing if each not in void]):
        void += _otherwise_now(others, locked)
    if void:
        Signature.objects.filter(pk__in=[each.pk for each in void]).update(voided_at=timezone.now())
        done = [Done(each.key, each.role, {"class": each.class_name, "version": locked.version}) for each in void]
        record_all(Kind.SIGNATURE_VOIDED, done, by=by, organisation=locked.organisation, year=locked.year)
    return locked.version


def _otherwise_now(signatures: Iterable[Signature], locked: SchoolReturn) -> list[Signature]:
    """Return the signatures of classes whose pupils, or what these owe, are not any more what was signed."""
    records = Records.of(locked)
    return [each for each in signatures if each.content["pupils"] != pupils_of(records, each.class_name)]


@transaction.atomic
def declare_nil(school_return: SchoolReturn, reason: str, *, by: Person) -> None:
    """Say that the school has no pupils to report this year, and why; an empty reason takes it back.

    Raises:
        NotAllowedNow: the year is closed, or there are pupils to report.
    """
    locked = lock_open(school_return)
    if reason and Records.of(locked).reported:
        raise NotAllowedNow("There are pupils to report. A nil return is for a school that has none.")
    SchoolReturn.objects.filter(pk=locked.pk).update(nil_reason=reason)
    school_return.nil_reason = reason
    content_changed(locked, None, by=by)
    record(Kind.NIL_RETURN, by=by, organisation=locked.organisation, year=locked.year, reason=reason)


@transaction.atomic
def change_number(organisation: Organisation, number: str, *, until: date, by: Person) -> None:
    """Give a school a new DfE number; returns that are still open follow, and the old number is kept.

    Raises:
        NotAllowedNow: the number is not seven figures, or another school has it.
    """
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if not (number.isascii() and number.isdecimal() and len(number) == 7):
        raise NotAllowedNow("A DfE number has seven figures: three of the authority and four of the school.")
    taken = Organisation.objects.filter(kind=organisation.kind, number=number, is_practice=False)
    if not organisation.is_practice and taken.exclude(pk=organisation.pk).exists():
        raise NotAllowedNow(f"Another school here has the number {number}.")
    if number == organisation.number:
        return
    FormerNumber.objects.create(organisation=organisation, number=organisation.number, until=until)
    record(Kind.NUMBER_CHANGED, by=by, organisation=organisation, before=organisation.number, after=number)
    organisation.number = number
    organisation.save(update_fields=["number"])
    for each in organisation.returns.order_by("pk"):
        locked = lock(each)
        if not locked.is_closed:
            SchoolReturn.objects.filter(pk=locked.pk).update(number=number)
            content_changed(locked, None, by=by)
