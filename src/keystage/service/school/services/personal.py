"""What a school does with everything it holds about one pupil: give it out, and erase it."""

from django.db import transaction

from keystage.service.accounts.models import Person
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Erasure
from keystage.service.events.record import record
from keystage.service.personal.copying import as_zip, copy_of
from keystage.service.personal.erasing import Asked, Contents, Plan, erase, plan_of
from keystage.service.personal.people import ENTRIES as OF_BOTH
from keystage.service.school.models import Expected, Pupil
from keystage.service.school.personal.entries import ENTRIES
from keystage.service.school.personal.finding import lock, subject_of

ALL = (*ENTRIES, *OF_BOTH)


def copy_for(about: Pupil | Expected, *, by: Person | None) -> bytes:
    """Return everything that the school's side holds about a pupil, as a zip; that it was taken is recorded."""
    subject = subject_of(about)
    organisation = subject.organisations[0]
    content = as_zip(copy_of(ALL, subject, organisation.name))
    with transaction.atomic():
        record(Kind.PUPIL_COPIED, by=by, organisation=organisation, target=about.key)
    return content


def preview(about: Pupil | Expected) -> Plan:
    """Return what erasing a pupil would do."""
    return plan_of(ALL, subject_of(about), Contents())


def erase_pupil(
    about: Pupil | Expected, reason: str, *, by: Person | None, again: bool = False, key: str = ""
) -> Erasure:
    """Erase a pupil from every year of the school's side.

    Args:
        about: the pupil, in any year.
        reason: why, naming nobody.
        by: who does it.
        again: that it was erased before, and older data was brought back: then nothing stands against it.
        key: of the erasure that is done again.

    Raises:
        NotAllowedNow: no reason is given, the pupil stands in a year that is not closed, or a legal hold stands.
    """
    organisation = about.school_return.organisation
    return erase(ALL, lambda: subject_of(about), lock, Asked(by, organisation, reason, again, key))
