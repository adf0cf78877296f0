"""The register of a school has changed: who is expected counts at once, and what waits is looked at again."""

from keystage.service.accounts.models import Person
from keystage.service.gateway.models import GatewayReturn
from keystage.service.gateway.services.checking import recheck_waiting
from keystage.service.gateway.services.settling import settle


def register_changed(locked: GatewayReturn, *, by: Person | None) -> None:
    """Count a change of the register, in its transaction: the numbers move, and the latest file is checked again."""
    locked.register_version += 1
    locked.save(update_fields=["register_version"])
    settle(locked)
    recheck_waiting(locked, by)
