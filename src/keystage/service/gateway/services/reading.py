"""Reading a file again from the store: the same bytes, against the register and what counts as they are now."""

from collections.abc import Sequence

from django.conf import settings
from django.utils import timezone

from keystage.checks.files import Options, read_and_check
from keystage.checks.london import london_date
from keystage.checks.report import Report
from keystage.returns.value import Return
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.files.store import NotAnswering, get
from keystage.service.gateway.models import GatewayReturn, HeldPupil, RegisteredPupil, Submission
from keystage.service.gateway.register import register_of, return_of
from keystage.service.gateway.ways_out import at_the_gateway


def content_of(submission: Submission) -> bytes:
    """Return the bytes of a file.

    Raises:
        NotAllowedNow: it is not in the store any more, or the store does not answer.
    """
    try:
        return get(submission.file.sha256)
    except NotAnswering:
        raise NotAllowedNow(
            f"The store of files does not answer just now. {submission.file.name} is kept. Try again in a few minutes."
        ) from None
    except OSError:
        raise NotAllowedNow(f"{submission.file.name} is not in the store any more. Send it again.") from None


def read_file(
    submission: Submission,
    gateway_return: GatewayReturn,
    held: Sequence[HeldPupil],
    registered: Sequence[RegisteredPupil],
) -> tuple[Return | None, Report]:
    """Read and check a file; the return is None where it cannot be read.

    Raises:
        NotAllowedNow: it is not in the store any more.
    """
    options = Options(
        year=gateway_return.collection.year,
        register=register_of(registered, "the register"),
        previous=return_of(gateway_return, held) if held else None,
        destination="gateway",
        today=london_date(timezone.now()),
        school=gateway_return.number,
        years_dir=settings.ENVIRONMENT.years_dir,
    )
    return_, report = read_and_check(content_of(submission), submission.file.name, options)
    return return_, at_the_gateway(report)


def returned_in(submission: Submission) -> Return | None:
    """Return the return in a file; None where it cannot be read."""
    return read_file(submission, submission.gateway_return, [], [])[0]
