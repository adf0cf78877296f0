"""What was put right at the gateway, to be put right in the school's own records too: a list, open until it is done."""

from collections.abc import Sequence

from keystage.returns.value import Return
from keystage.service.accounts.models import Person
from keystage.service.gateway.models import GatewayReturn, HeldPupil, Submission


def note_corrections(
    locked: GatewayReturn, submission: Submission, return_: Return, counts: Sequence[HeldPupil], *, by: Person | None
) -> None:
    """Note what a spreadsheet changed against the school's own last file; a file of its own closes what it shows."""
