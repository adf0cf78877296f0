"""What others may read of the gateway: an authority's pages, trusts, the agency's tables. They read nothing else."""

from django.db.models import QuerySet

from keystage.service.accounts.models import Organisation
from keystage.service.gateway.models import Collection, GatewayReturn


def collections_of(organisation: Organisation) -> QuerySet[Collection]:
    """Return the collections that an organisation takes part in, the latest first."""
    return Collection.objects.filter(is_practice=organisation.is_practice).order_by("-year")


def returns_of_authority(collection: Collection, authority: Organisation) -> QuerySet[GatewayReturn]:
    """Return the returns of an authority's schools in a collection, by the school's name."""
    return (
        GatewayReturn.objects.filter(collection=collection, authority_number=authority.number)
        .select_related("school", "latest", "counting", "collection")
        .order_by("school__name", "number")
    )
