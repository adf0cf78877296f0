"""What an authority sets for itself in a collection: its own, earlier date, of what it is told by email, and who sees
figures early and how small ones may be.
"""

from datetime import datetime

from django.db import transaction

from keystage.service.accounts.models import Organisation, Person
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.design.words import moment_words, until_words
from keystage.service.events.kinds import Kind
from keystage.service.events.record import record
from keystage.service.gateway.early import Early
from keystage.service.gateway.models import AuthoritySettings, Collection

EMAILS = {
    "each": "Each new file, each request to send again, and what schools report as wrong",
    "requests": "Requests to send again, and what schools report as wrong",
    "nothing": "Nothing",
}
"""Of what an authority can be told by email."""

EARLY = {
    Early.NOBODY: "Nobody",
    Early.AUTHORITY: "Your authority",
    Early.SCHOOLS: "Your authority, and each school its own report",
}
"""Who can be let see figures before the results are released."""
LARGEST_HIDDEN = 100
"""A limit of pupils below which figures are hidden that is larger than this is taken for a slip."""


@transaction.atomic
def set_authority_date(
    collection: Collection, authority: Organisation, due_at: datetime | None, *, by: Person
) -> AuthoritySettings:
    """Set the date by which an authority wants its schools' returns; None takes it back.

    Raises:
        NotAllowedNow: it is not between the opening and the closing of the collection.
    """
    if due_at is not None and not collection.opens_at < due_at <= collection.closes_at:
        raise NotAllowedNow(
            f"Your date must be after {moment_words(collection.opens_at)}, when the collection opens, and no later than"
            f" {until_words(collection.closes_at)}, when it closes."
        )
    found = _settings(collection, authority)
    if found.due_at == due_at:
        return found
    before, found.due_at = found.due_at, due_at
    found.save(update_fields=["due_at"])
    record(
        Kind.AUTHORITY_DATE_SET, by=by, organisation=authority, year=collection.year, target=authority.key,
        before=before.isoformat() if before else "", after=due_at.isoformat() if due_at else "",
    )  # fmt: skip
    return found


@transaction.atomic
def set_authority_emails(
    collection: Collection, authority: Organisation, emails: str, *, by: Person
) -> AuthoritySettings:
    """Set of what an authority is told by email: one of :data:`EMAILS`."""
    if emails not in EMAILS:
        raise NotAllowedNow("Choose what you are told by email.")
    found = _settings(collection, authority)
    if found.emails != emails:
        before, found.emails = found.emails, emails
        found.save(update_fields=["emails"])
        record(
            Kind.AUTHORITY_EMAILS_SET, by=by, organisation=authority, year=collection.year, target=authority.key,
            before=before, after=emails,
        )  # fmt: skip
    return found


@transaction.atomic
def set_authority_figures(
    collection: Collection, authority: Organisation, early: Early, hidden_below: int, *, by: Person
) -> AuthoritySettings:
    """Set who sees figures before the results are released, and of how few pupils they are hidden.

    Raises:
        NotAllowedNow: the number of pupils cannot be meant.
    """
    if not 0 <= hidden_below <= LARGEST_HIDDEN:
        raise NotAllowedNow(f"The number of pupils must be from 0, which hides nothing, to {LARGEST_HIDDEN}.")
    found = _settings(collection, authority)
    before = (found.early_figures, found.hidden_below)
    if before != (early, hidden_below):
        found.early_figures, found.hidden_below = early, hidden_below
        found.save(update_fields=["early_figures", "hidden_below"])
        record(
            Kind.AUTHORITY_FIGURES_SET, by=by, organisation=authority, year=collection.year, target=authority.key,
            before=list(before), after=[str(early), hidden_below], early=EARLY[early].lower(), below=hidden_below,
        )  # fmt: skip
    return found


def _settings(collection: Collection, authority: Organisation) -> AuthoritySettings:
    AuthoritySettings.objects.get_or_create(collection=collection, authority=authority)
    return AuthoritySettings.objects.select_for_update().get(collection=collection, authority=authority)
