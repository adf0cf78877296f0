"""What else came of a change of the register: a file that waited counts now."""

from keystage.service.gateway.models import GatewayReturn, Stage


def counted_now(before: GatewayReturn) -> str:
    """Return a sentence where a file counts that did not; empty where none does.

    Args:
        before: the return as it was before the change.
    """
    now = GatewayReturn.objects.select_related("latest__file").defer("latest__report").get(pk=before.pk)
    latest = now.latest
    if latest is None or latest.stage != Stage.APPLIED or now.counting_id != latest.pk:
        return ""
    if before.counting_id == latest.pk:
        return ""
    return f" With that, nothing is against {latest.file.name} any more: it arrived in time, and counts now."
