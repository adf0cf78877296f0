"""Locking a return: whoever writes anything of it goes first through here, one after the other."""

from keystage.service.gateway.models import GatewayReturn


def lock(pk: int) -> GatewayReturn:
    """Return a return that nobody else writes to until the caller's transaction ends.

    Its collection and its school come with it and are not locked: they are everybody's.
    """
    return GatewayReturn.objects.select_for_update(of=("self",)).select_related("collection", "school").get(pk=pk)
