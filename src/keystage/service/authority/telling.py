"""What the authority's side tells the accounts."""

from collections.abc import Iterator

from django.urls import reverse

from keystage.service.accounts.hooks import Place
from keystage.service.accounts.models import Organisation
from keystage.service.accounts.roles import OrganisationKind, Permission


def places(organisation: Organisation) -> Iterator[Place]:
    """Say where an authority's pages are."""
    if organisation.kind == OrganisationKind.AUTHORITY:
        href = reverse("authority:collections", kwargs={"organisation": organisation.key})
        says = "What your schools have sent, your own date, files for many schools"
        yield Place("Schools", href, says, 1, "authority", Permission.SEE_SCHOOLS)
