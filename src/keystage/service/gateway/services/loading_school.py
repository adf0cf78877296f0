"""Loading the pupils of one school from a national register, in one transaction, once."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from keystage.service.accounts.models import Organisation, Person
from keystage.service.accounts.roles import OrganisationKind
from keystage.service.events.kinds import Kind
from keystage.service.events.record import Done, record, record_all
from keystage.service.gateway.models import Collection, GatewayReturn, RegisteredPupil, RegistrationLoad
from keystage.service.gateway.register import registered_of
from keystage.service.gateway.services.collections import take_part
from keystage.service.gateway.services.loading_merge import Merge, changed_by_hand, merge
from keystage.service.gateway.services.locking import lock
from keystage.service.gateway.services.register_changed import register_changed
from keystage.sheets.registration import Registered

_FROM_FILE = "loaded"


def return_numbered(collection: Collection, number: str) -> GatewayReturn | None:
    """Return the return of the school with a number, its number then or now; None where it takes no part yet."""
    found = GatewayReturn.objects.filter(collection=collection).select_related("collection", "school")
    return found.filter(number=number).first() or found.filter(school__number=number).first()


def known_school(collection: Collection, number: str) -> Organisation | None:
    """Return the school with a number, whether or not it takes part already."""
    schools = Organisation.objects.filter(kind=OrganisationKind.SCHOOL, is_practice=collection.is_practice)
    return schools.filter(number=number).first()


@transaction.atomic
def load_school(load: RegistrationLoad, number: str, rows: Sequence[Registered], columns: Sequence[str]) -> None:
    """Load a school's rows, and note that they are loaded; not again where they are already."""
    noted = RegistrationLoad.objects.select_for_update().get(pk=load.pk)
    if number <= noted.through:
        return
    locked = lock(return_numbered(load.collection, number) or _new_return(load.collection, number, rows))
    made = merge(rows, registered_of(locked), changed_by_hand(locked), columns)
    _write(locked, made, load.accepted_by)
    numbers = made.numbers
    noted.loaded = {name: noted.loaded.get(name, 0) + count for name, count in numbers.items()}
    noted.through, noted.schools_done = number, noted.schools_done + 1
    noted.save(update_fields=["loaded", "through", "schools_done"])


def _write(locked: GatewayReturn, made: Merge, by: Person | None) -> None:
    locked.registration_loaded_at = timezone.now()
    locked.save(update_fields=["registration_loaded_at"])
    RegisteredPupil.objects.bulk_create(RegisteredPupil(gateway_return=locked, **values) for values in made.added)
    written: set[str] = set()
    for pupil, values in made.changed:
        for name, value in values.items():
            setattr(pupil, name, value)
        pupil.version += 1
        written |= values.keys()
    if made.changed:
        RegisteredPupil.objects.bulk_update([pupil for pupil, _ in made.changed], [*sorted(written), "version"])
    organisation, year = locked.school, locked.collection.year
    changes = [Done(pupil.key, "", {"how": _FROM_FILE, "fields": sorted(values)}) for pupil, values in made.changed]
    record_all(Kind.EXPECTED_CHANGED, changes, by=by, organisation=organisation, year=year)
    record(Kind.REGISTRATION_LOADED, by=by, organisation=organisation, year=year, **made.numbers)
    if made.added or made.changed:
        register_changed(locked, by=by, for_agency=True)


def _new_return(collection: Collection, number: str, rows: Sequence[Registered]) -> GatewayReturn:
    """Let a school take part; one that is not known yet becomes an organisation."""
    school = known_school(collection, number)
    if school is None:
        name = next((row.school_name for row in rows if row.school_name), "") or f"School {number}"
        school = Organisation.objects.create(
            kind=OrganisationKind.SCHOOL, name=name, number=number, is_practice=collection.is_practice
        )
    take_part(collection, [school])
    return GatewayReturn.objects.get(collection=collection, school=school)
