"""What the agency does with everything the gateway holds about one pupil: give it out, and erase it."""

from django.db import transaction

from keystage.service.accounts.models import Organisation, Person
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Erasure
from keystage.service.events.record import record
from keystage.service.gateway.models import HeldPupil, RegisteredPupil
from keystage.service.gateway.personal.entries import ENTRIES
from keystage.service.gateway.personal.finding import lock, subject_of
from keystage.service.personal.copying import as_zip, copy_of
from keystage.service.personal.erasing import Asked, Contents, Plan, erase, plan_of
from keystage.service.personal.people import ENTRIES as OF_BOTH

ALL = (*ENTRIES, *OF_BOTH)


def copy_for(about: RegisteredPupil | HeldPupil, *, by: Person | None, organisation: Organisation | None) -> bytes:
    """Return everything that the gateway holds about a pupil, as a zip; that it was taken is recorded."""
    content = as_zip(copy_of(ALL, subject_of(about), "the national gateway"))
    with transaction.atomic():
        record(Kind.PUPIL_COPIED, by=by, organisation=organisation, target=about.key)
    return content


def preview(about: RegisteredPupil | HeldPupil) -> Plan:
    """Return what erasing a pupil would do."""
    return plan_of(ALL, subject_of(about), Contents())


def erase_pupil(
    about: RegisteredPupil | HeldPupil,
    reason: str,
    *,
    by: Person | None,
    organisation: Organisation | None,
    again: bool = False,
    key: str = "",
) -> Erasure:
    """Erase a pupil from every collection and every school at the gateway.

    Args:
        about: the pupil, anywhere.
        reason: why, naming nobody.
        by: who does it.
        organisation: the agency, in whose record it is written.
        again: that it was erased before, and older data was brought back: then nothing stands against it.
        key: of the erasure that is done again.

    Raises:
        NotAllowedNow: no reason is given, a collection with the pupil is not over, or a legal hold stands.
    """
    return erase(ALL, lambda: subject_of(about), lock, Asked(by, organisation, reason, again, key))
