"""The register of a school has changed: who is expected counts at once, and what waits is looked at again."""

from keystage.service.accounts.models import Person
from keystage.service.gateway.dates import dates_of
from keystage.service.gateway.models import GatewayReturn
from keystage.service.gateway.services.checking import recheck_waiting
from keystage.service.gateway.services.settling import settle


def register_changed(locked: GatewayReturn, *, by: Person | None, for_agency: bool = False) -> None:
    """Count a change of the register, in its transaction: the numbers move, and the latest file is checked again.

    Once its files are taken no more, a school changes nothing of what counts, by its register neither. Where the
    agency corrects the register then, a file that arrived in time counts if nothing else is against it.
    """
    locked.register_version += 1
    locked.save(update_fields=["register_version"])
    settle(locked)
    if for_agency or dates_of(locked).is_open:
        recheck_waiting(locked, by)
