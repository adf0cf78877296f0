"""Changing the settings of a school: its name and URN, and how its files are made."""

from dataclasses import dataclass

from django.db import transaction

from keystage.service.accounts.models import Organisation, Person
from keystage.service.events.kinds import Kind
from keystage.service.events.record import record
from keystage.service.school.models import ExportSettings


@dataclass(frozen=True, slots=True)
class FileSettings:
    """How a school's files are made."""

    folder_name: str
    destination: str
    """Empty for the national agency of the year."""
    security_message: str
    include_former_upn: bool


@transaction.atomic
def change_school(organisation: Organisation, *, name: str, urn: str, by: Person) -> bool:
    """Change a school's name and URN; say whether anything was changed."""
    locked = Organisation.objects.select_for_update().get(pk=organisation.pk)
    wanted = {"name": name.strip(), "urn": urn.strip()}
    changed = {field: value for field, value in wanted.items() if getattr(locked, field) != value}
    if not changed:
        return False
    before = {field: getattr(locked, field) for field in changed}
    Organisation.objects.filter(pk=locked.pk).update(**changed)
    record(
        Kind.ORGANISATION_CHANGED, by=by, organisation=locked, target=locked.key,
        changes={field: [before[field], value] for field, value in changed.items()},
    )  # fmt: skip
    organisation.refresh_from_db()
    return True


@transaction.atomic
def change_file_settings(organisation: Organisation, wanted: FileSettings, *, by: Person) -> bool:
    """Change how a school's files are made; say whether anything was changed."""
    held, is_new = ExportSettings.objects.select_for_update().get_or_create(organisation=organisation)
    new = {field: getattr(wanted, field) for field in FileSettings.__dataclass_fields__}
    changed = {field: [getattr(held, field), value] for field, value in new.items() if getattr(held, field) != value}
    if changed:
        ExportSettings.objects.filter(pk=held.pk).update(**new)
        record(Kind.SETTINGS_CHANGED, by=by, organisation=organisation, target=organisation.key, changes=changed)
    elif is_new:
        held.delete()  # the defaults need no row
    return bool(changed)
