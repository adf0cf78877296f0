"""Locking a return before it is changed; a school changes it only while its files are taken."""

from keystage.service.config.ready_query import ReadyQuery
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.gateway.dates import dates_of
from keystage.service.gateway.models import GatewayReturn

_CLOSED = (
    "The collection is closed for your school, so nothing was changed. If something must still be done, write to the"
    " helpdesk: the agency can let one school go on for longer."
)


_LOCKED = ReadyQuery(
    lambda key: (
        GatewayReturn.objects.select_for_update(of=("self",)).select_related("collection", "school").filter(pk=key)
    )
)


def lock(gateway_return: GatewayReturn) -> GatewayReturn:
    """Return the return as it is now, locked until the end of the transaction."""
    found = _LOCKED.first(key=gateway_return.pk)
    if found is None:
        raise GatewayReturn.DoesNotExist
    return found


def lock_open(gateway_return: GatewayReturn) -> GatewayReturn:
    """Return the return as it is now, locked.

    Raises:
        NotAllowedNow: the school's files are not taken now.
    """
    locked = lock(gateway_return)
    if not dates_of(locked).is_open:
        raise NotAllowedNow(_CLOSED)
    return locked
