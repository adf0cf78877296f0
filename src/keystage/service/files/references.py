"""Which files the database speaks of: every model that holds the hash of a stored file has a field ``sha256``."""

from collections.abc import Iterator

from django.apps import apps
from django.db.models import Model


def holders() -> list[type[Model]]:
    """Return the models that hold hashes of stored files."""
    return [
        model for model in apps.get_models() if any(field.name == "sha256" for field in model._meta.concrete_fields)
    ]


def referenced() -> Iterator[str]:
    """Yield the hash of each file that the database speaks of, once, in order."""
    seen: set[str] = set()
    for model in holders():
        found = model._default_manager.exclude(sha256="").values_list("sha256", flat=True).distinct()
        for sha256 in found.order_by("sha256").iterator(chunk_size=2000):
            if sha256 not in seen:
                seen.add(sha256)
                yield sha256
