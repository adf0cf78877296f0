"""Changing the roll by hand: pupils are added, changed, taken off with a reason and put back; nobody is deleted."""

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, fields
from datetime import date

from django.db import transaction
from django.utils import timezone

from keystage.pupils.names import full_name
from keystage.service.accounts.models import Person
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.events.kinds import Kind
from keystage.service.events.record import Done, record, record_all
from keystage.service.school.models import Expected, Pupil, SchoolReturn
from keystage.service.school.services.returns import content_changed, lock_open


@dataclass(frozen=True, slots=True)
class Details:
    """What the roll says of a pupil."""

    upn: str = ""
    former_upn: str = ""
    surname: str = ""
    forename: str = ""
    birth_date: date | None = None
    sex: str = ""
    class_name: str = ""
    year_group: str = ""
    joined: date | None = None
    left: date | None = None
    disadvantaged: bool | None = None
    sen: str = ""
    first_language: str = ""

    @property
    def name(self) -> str:
        """The pupil's name as lists show it."""
        return full_name(self.surname, self.forename)


CHARACTERISTICS = ("disadvantaged", "sen", "first_language")
"""What no return says: measures are broken down by it. A change of it leaves the return and its signatures alone."""
FIELDS = tuple(field.name for field in fields(Details))
"""The fields of a pupil that people and files change."""


def reach_return(fields: Iterable[str]) -> bool:
    """Say whether a change of these fields changes what the return says."""
    return any(name not in CHARACTERISTICS for name in fields)


def details_of(pupil: Pupil) -> Details:
    """Return what the roll says of a pupil."""
    return Details(**{name: getattr(pupil, name) for name in FIELDS})


class ChangedMeanwhile(Exception):
    """Somebody else changed the pupil after the page was shown: both are to be seen, and a person chooses."""

    def __init__(self, theirs: Pupil) -> None:
        super().__init__("Somebody else has changed this pupil in the meantime.")
        self.theirs = theirs


@transaction.atomic
def add(school_return: SchoolReturn, details: Details, *, by: Person) -> Pupil:
    """Put a pupil on the roll.

    Raises:
        NotAllowedNow: the year is closed.
    """
    locked = lock_open(school_return)
    pupil = Pupil.objects.create(school_return=locked, **asdict(details))
    _record(Kind.PUPIL_ADDED, locked, [Done(pupil.key, "", {"how": "typed"})], by)
    content_changed(locked, {pupil.class_name}, by=by)
    return pupil


@transaction.atomic
def add_from_register(school_return: SchoolReturn, keys: Collection[str], *, by: Person) -> list[Pupil]:
    """Put pupils on the roll who are on the register: who they are is copied, and nothing else.

    One whose UPN is on the roll already is passed over, so that asking twice makes nobody twice; one who was taken off
    the roll is put back, with the judgements.

    Raises:
        NotAllowedNow: the year is closed.
    """
    locked = lock_open(school_return)
    everybody = Pupil.objects.filter(school_return=locked).order_by("pk")
    known = {pupil.upn: pupil for pupil in sorted(everybody, key=lambda pupil: pupil.removed_at is None)}
    wanted = list(Expected.objects.filter(school_return=locked, key__in=list(keys)).order_by("pk"))
    made = Pupil.objects.bulk_create(_from_register(locked, entry) for entry in wanted if entry.upn not in known)
    back = [known[entry.upn] for entry in wanted if entry.upn in known and known[entry.upn].removed_at]
    for pupil in back:
        restore(pupil)
    Pupil.objects.bulk_update(back, ["removed_at", "removed_reason", "version"])
    if made or back:
        done = [Done(pupil.key, "", {"how": "register"}) for pupil in made]
        done += [Done(pupil.key, "", {"how": "put back"}) for pupil in back]
        _record(Kind.PUPIL_ADDED, locked, done, by)
        content_changed(locked, {pupil.class_name for pupil in (*made, *back)}, by=by)
    return [*made, *back]


def _from_register(locked: SchoolReturn, entry: Expected) -> Pupil:
    return Pupil(
        school_return=locked,
        upn=entry.upn,
        former_upn=entry.former_upn,
        surname=entry.surname,
        forename=entry.forename,
        birth_date=entry.birth_date,
        sex=entry.sex,
    )


@transaction.atomic
def change(school_return: SchoolReturn, key: str, details: Details, *, version: int, by: Person) -> Pupil:
    """Change what the roll says of a pupil. Saying again what it says already changes nothing.

    Args:
        school_return: the return.
        key: the pupil's.
        details: what the roll is to say.
        version: the version of the pupil that the person saw.
        by: who changes it.

    Raises:
        NotAllowedNow: the year is closed, or the pupil is not there.
        ChangedMeanwhile: the pupil has another version now.
    """
    locked = lock_open(school_return)
    pupil = _find(locked, key)
    changed = [name for name in FIELDS if getattr(pupil, name) != getattr(details, name)]
    if not changed:
        return pupil
    if pupil.version != version:
        raise ChangedMeanwhile(pupil)
    before = pupil.class_name
    for name in changed:
        setattr(pupil, name, getattr(details, name))
    if "birth_date" in changed:
        pupil.birth_text = ""
    pupil.version += 1
    pupil.save()
    _record(Kind.PUPIL_CHANGED, locked, [Done(pupil.key, "", {"fields": changed, "how": "typed"})], by)
    if reach_return(changed):
        content_changed(locked, {before, pupil.class_name}, by=by)
    return pupil


@transaction.atomic
def remove(school_return: SchoolReturn, key: str, reason: str, *, by: Person) -> Pupil:
    """Take a pupil off the roll, with the reason. The pupil and the judgements stay in the records.

    Raises:
        NotAllowedNow: the year is closed, no reason is given, or the pupil is not there.
    """
    locked = lock_open(school_return)
    if not reason.strip():
        raise NotAllowedNow("Say why the pupil is taken off the roll.")
    pupil = _find(locked, key)
    if pupil.removed_at is None:
        pupil.removed_at, pupil.removed_reason = timezone.now(), reason.strip()[:300]
        pupil.version += 1
        pupil.save(update_fields=["removed_at", "removed_reason", "version"])
        _record(Kind.PUPIL_REMOVED, locked, [Done(pupil.key, "", {"reason": pupil.removed_reason})], by)
        content_changed(locked, {pupil.class_name}, by=by)
    return pupil


@transaction.atomic
def put_back(school_return: SchoolReturn, key: str, *, by: Person) -> Pupil:
    """Put a pupil back on the roll who was taken off, with the judgements as they were.

    Raises:
        NotAllowedNow: the year is closed, or the pupil is not there.
    """
    locked = lock_open(school_return)
    pupil = _find(locked, key)
    if pupil.removed_at is not None:
        restore(pupil)
        pupil.save(update_fields=["removed_at", "removed_reason", "version"])
        record(
            Kind.PUPIL_ADDED,
            by=by,
            organisation=locked.organisation,
            year=locked.year,
            target=pupil.key,
            how="put back",
        )
        content_changed(locked, {pupil.class_name}, by=by)
    return pupil


def restore(pupil: Pupil) -> None:
    """Mark a pupil as being on the roll again; the caller saves it."""
    pupil.removed_at, pupil.removed_reason = None, ""
    pupil.version += 1


def _find(locked: SchoolReturn, key: str) -> Pupil:
    found = Pupil.objects.filter(school_return=locked, key=key).first()
    if found is None:
        raise NotAllowedNow("This pupil is not in the records of this year.")
    return found


def _record(kind: Kind, locked: SchoolReturn, done: list[Done], by: Person) -> None:
    record_all(kind, done, by=by, organisation=locked.organisation, year=locked.year)
