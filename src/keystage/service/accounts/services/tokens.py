"""Tokens for programs: made, shown once, revoked; and gone with the person who made them."""

import hashlib
import secrets
from collections.abc import Collection, Mapping
from datetime import timedelta
from types import MappingProxyType

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from keystage.service.accounts.hooks import person_left, role_ended
from keystage.service.accounts.models import ApiToken, Membership, Organisation, Person, Scope
from keystage.service.accounts.roles import OrganisationKind, Permission, roles_with
from keystage.service.accounts.services.refusals import NotPossible
from keystage.service.config.ready_query import ReadyQuery
from keystage.service.events.kinds import Kind
from keystage.service.events.record import record

SCOPES: Mapping[OrganisationKind, tuple[Scope, ...]] = MappingProxyType(
    {
        OrganisationKind.SCHOOL: (Scope.SEND, Scope.EXPECTED, Scope.RESULTS),
        OrganisationKind.AUTHORITY: (Scope.RESULTS,),
        OrganisationKind.TRUST: (Scope.RESULTS,),
        OrganisationKind.SECONDARY: (Scope.RESULTS,),
    }
)
"""What a program may do for each kind of organisation; none for the agency."""
PREFIX = "ks_"
"""Every token begins with it, so that one which was put where it does not belong can be found."""
MOST = 20
"""Tokens of an organisation that hold at the same time."""
_NOTED_AFTER = timedelta(minutes=10)
"""How often it is written down that a token is used."""


@transaction.atomic
def make_token(
    organisation: Organisation, name: str, scopes: Collection[Scope], *, lasts: timedelta, by: Person
) -> tuple[ApiToken, str]:
    """Make a token; the text that is returned with it is kept nowhere, and cannot be shown again.

    Raises:
        NotPossible: the organisation has no use for one of the scopes, or has too many tokens.
    """
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    if not scopes or not set(scopes) <= set(scopes_for(organisation)):
        raise NotPossible("Choose what the program may do.")
    if valid_tokens(organisation).count() >= MOST:
        raise NotPossible(f"There are {MOST} tokens already. Revoke one that is not used any more, then make this one.")
    text = PREFIX + secrets.token_hex(32)
    made = ApiToken.objects.create(
        organisation=organisation, name=name, token_hash=_hash_of(text), scopes=[each.name for each in scopes],
        made_by=by, expires_at=timezone.now() + lasts,
    )  # fmt: skip
    record(Kind.TOKEN_MADE, by=by, organisation=organisation, target=made.key, name=name, scopes=made.scopes)
    return made, text


@transaction.atomic
def revoke_token(token: ApiToken, *, by: Person | None) -> None:
    """End a token; from now on no request with it is answered.

    Raises:
        NotPossible: it was revoked already.
    """
    if not _revoke(ApiToken.objects.filter(pk=token.pk), by=by):
        raise NotPossible("This token was revoked already.")


def _standing(token_hash: str) -> QuerySet[ApiToken]:
    makers = Membership.objects.filter(
        person=OuterRef("made_by"), organisation=OuterRef("organisation"), ended_at=None,
        role__in=roles_with(Permission.MANAGE_TOKENS),
    )  # fmt: skip
    found = ApiToken.objects.filter(Exists(makers), token_hash=token_hash, revoked_at=None, made_by__is_active=True)
    return found.select_related("organisation", "made_by")


_STANDING = ReadyQuery(_standing)


def find_token(text: str) -> ApiToken | None:
    """Return the token that somebody shows, where it holds: not revoked, not over, and its maker still may."""
    found = _STANDING.first(token_hash=_hash_of(text))
    return found if found and found.expires_at > timezone.now() else None


def note_use(token: ApiToken) -> None:
    """Keep when a token was used last, to ten minutes: a write at every request would cost more than it tells."""
    now = timezone.now()
    if token.used_at is None or now - token.used_at > _NOTED_AFTER:
        ApiToken.objects.filter(pk=token.pk).update(used_at=now)


def valid_tokens(organisation: Organisation) -> QuerySet[ApiToken]:
    """Return the tokens of an organisation that are neither revoked nor over."""
    return ApiToken.objects.filter(organisation=organisation, revoked_at=None, expires_at__gt=timezone.now())


def scopes_for(organisation: Organisation) -> tuple[Scope, ...]:
    """Return what a program may be let do for an organisation."""
    return SCOPES.get(OrganisationKind(organisation.kind), ())


def connect() -> None:
    """Let tokens end with what their makers were."""
    person_left.connect(_maker_left, dispatch_uid="keystage.tokens.left")
    role_ended.connect(_role_of_maker_ended, dispatch_uid="keystage.tokens.role")


def _maker_left(person: Person, organisation: Organisation, by: Person | None, **_: object) -> None:
    _revoke(ApiToken.objects.filter(organisation=organisation, made_by=person), by=by)


def _role_of_maker_ended(person: Person, organisation: Organisation, by: Person | None, **_: object) -> None:
    still = Membership.objects.filter(
        person=person, organisation=organisation, ended_at=None, role__in=roles_with(Permission.MANAGE_TOKENS)
    )
    if not still.exists():
        _maker_left(person, organisation, by)


def _revoke(tokens: QuerySet[ApiToken], *, by: Person | None) -> int:
    found = list(tokens.filter(revoked_at=None).select_for_update(of=("self",)).select_related("organisation"))
    ApiToken.objects.filter(pk__in=[each.pk for each in found]).update(revoked_at=timezone.now())
    for each in found:
        record(Kind.TOKEN_REVOKED, by=by, organisation=each.organisation, target=each.key, name=each.name)
    return len(found)


def _hash_of(text: str) -> str:
    """Return what is kept of a token. It is 256 bits of chance: a fast hash is enough."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
