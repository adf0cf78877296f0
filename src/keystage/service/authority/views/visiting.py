"""A visit to the authority's pages: by an authority, or by a trust for its own schools."""

from collections.abc import Callable

from django.http import Http404
from django.http.response import HttpResponseBase

from keystage.service.accounts.roles import OrganisationKind, Permission
from keystage.service.gateway.models import AuthoritySettings, GatewayReturn
from keystage.service.gateway.queries import returns_of, settings_of
from keystage.service.gateway.views.visiting import CollectionVisit, of_collection

View = Callable[..., HttpResponseBase]


def of_schools(permission: Permission = Permission.SEE_SCHOOLS) -> Callable[[View], View]:
    """Let a page about a collection be used by an authority and by a trust."""
    return of_collection(permission, OrganisationKind.AUTHORITY, OrganisationKind.TRUST, back="authority:schools")


def of_authority(permission: Permission) -> Callable[[View], View]:
    """Let a page about a collection be used by an authority."""
    return of_collection(permission, OrganisationKind.AUTHORITY, back="authority:schools")


def return_at(at: CollectionVisit, key: str) -> GatewayReturn:
    """Return the return of one of the organisation's own schools, with the report on its latest file.

    Raises:
        Http404: there is none with this key, or the school is another's.
    """
    found = returns_of(at.collection, at.organisation).defer(None).filter(key=key).first()
    if found is None:
        raise Http404
    return found


def own_settings(at: CollectionVisit) -> AuthoritySettings | None:
    """Return what the organisation has set for itself; a trust sets nothing."""
    return settings_of(at.collection, at.organisation)
