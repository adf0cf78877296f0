"""What the authority's side tells the accounts."""

from collections.abc import Iterator

from django.urls import reverse

from keystage.service.accounts.hooks import Place
from keystage.service.accounts.models import Organisation
from keystage.service.accounts.roles import OrganisationKind, Permission

_SAYS = {
    OrganisationKind.AUTHORITY: "What your schools have sent, your own date, files for many schools",
    OrganisationKind.TRUST: "What your schools have sent",
}


def places(organisation: Organisation) -> Iterator[Place]:
    """Say where an authority's pages are, and a trust's."""
    says = _SAYS.get(OrganisationKind(organisation.kind))
    if says:
        href = reverse("authority:collections", kwargs={"organisation": organisation.key})
        yield Place("Schools", href, says, 1, "authority", Permission.SEE_SCHOOLS)
