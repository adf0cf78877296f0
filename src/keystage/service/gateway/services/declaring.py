"""The headteacher's declaration: made once the registers are submitted, and kept word for word."""

from django.db import transaction
from django.utils import timezone

from keystage.service.accounts.models import Person
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.events.kinds import Kind
from keystage.service.events.record import record
from keystage.service.gateway.models import AttendanceRegister, GatewayReturn
from keystage.service.gateway.services.attendance import changed_since, why_closed
from keystage.service.gateway.services.locking import lock
from keystage.years.subjects import Test

STATEMENTS = (
    "The register of pupils that this school submitted is complete and right.",
    "The attendance registers say truly who sat each test and who did not, and why.",
    "As far as I know, the tests were given in this school as their instructions require.",
    "Anything that went otherwise was reported.",
)
"""What is declared. The wording is Keystage's own: the text of the official form was not available."""


def still_to_submit(gateway_return: GatewayReturn) -> list[str]:
    """Return what must be submitted before the declaration can be made, in words; nothing where it can be."""
    missing = [] if gateway_return.registration_submitted_at else ["the registration"]
    if not gateway_return.expected:
        return missing
    submitted = {each.test: each for each in AttendanceRegister.objects.filter(gateway_return=gateway_return)}
    for test, words in NAMES.items():
        if test not in submitted:
            missing.append(f"the attendance register for {words}")
        elif changed_since(gateway_return, submitted[test]):
            missing.append(f"the attendance register for {words} again, because it was changed since")
    return missing


NAMES = {Test.READING: "reading", Test.GPS: "grammar, punctuation and spelling", Test.MATHS: "maths"}
"""The tests as a sentence names them, in the order in which they are shown."""


@transaction.atomic
def declare(gateway_return: GatewayReturn, *, by: Person) -> None:
    """Make the headteacher's declaration.

    Raises:
        NotAllowedNow: a register is not submitted yet, or the collection is closed.
    """
    locked = lock(gateway_return)
    if why := why_closed(locked):
        raise NotAllowedNow(f"{why} Nothing was declared.")
    if missing := still_to_submit(locked):
        raise NotAllowedNow(f"First submit {missing[0]}. Nothing was declared.")
    now = timezone.now()
    locked.declared_at, locked.declared_by = now, by
    locked.declaration = {
        "words": list(STATEMENTS),
        "name": by.name,
        "at": now.isoformat(),
        "expected": locked.expected,
        "register_version": locked.register_version,
    }
    locked.save(update_fields=["declared_at", "declared_by", "declaration"])
    record(
        Kind.DECLARED, by=by, organisation=locked.school, year=locked.collection.year, words=list(STATEMENTS),
        register_version=locked.register_version,
    )  # fmt: skip
