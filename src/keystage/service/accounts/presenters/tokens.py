"""The tokens of an organisation, as its page lists them."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from keystage.service.accounts.models import ApiToken, Organisation, Scope


@dataclass(frozen=True, slots=True)
class TokenRow:
    """A token."""

    key: str
    name: str
    may: str
    """What it may be used for: “It may …”."""
    made_by: str
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class EndedToken:
    """A token that does not hold any more."""

    name: str
    ended_at: datetime
    is_revoked: bool
    """Whether it was revoked, and did not just run out."""


@dataclass(frozen=True, slots=True)
class TokensOf:
    """The tokens of an organisation."""

    valid: list[TokenRow]
    ended: list[EndedToken]
    """Those that ended last, the latest first."""


def tokens_of(organisation: Organisation, *, ended: int = 20) -> TokensOf:
    """Return the tokens of an organisation by name, and the last that have ended: one query."""
    now = timezone.now()
    valid, over = [], []
    for each in ApiToken.objects.filter(organisation=organisation).select_related("made_by").order_by("name", "pk"):
        if each.revoked_at is None and each.expires_at > now:
            valid.append(_row(each))
        else:
            over.append(EndedToken(each.name, each.revoked_at or each.expires_at, each.revoked_at is not None))
    return TokensOf(valid, sorted(over, key=lambda each: each.ended_at, reverse=True)[:ended])


def may_words(scopes: list[str]) -> str:
    """Return what a token may be used for: ``send files and read what became of them, and read results``."""
    words = [Scope[each].value for each in scopes if each in Scope.__members__]
    return ", and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def _row(token: ApiToken) -> TokenRow:
    return TokenRow(
        token.key, token.name, may_words(token.scopes), str(token.made_by), token.made_at, token.expires_at,
        token.used_at,
    )  # fmt: skip
