"""Signs of life of workers: kept in the shared cache, so that any worker can tell which of the others were killed."""

import socket

from django.core.cache import cache
from django.utils.crypto import get_random_string

PATIENCE = 60
"""Seconds without a sign of life after which a worker counts as dead."""


def new_name() -> str:
    """Return a name for a worker, never used before: of the machine, and by chance."""
    return f"{socket.gethostname()[:40]}-{get_random_string(12)}"


def live(name: str, patience: float = PATIENCE) -> None:
    """Give a sign of life; it holds as long as others are patient."""
    cache.set(f"worker:{name}", True, patience)


def die(name: str) -> None:
    """Say that a worker does nothing more."""
    cache.delete(f"worker:{name}")


def living(names: set[str]) -> set[str]:
    """Return those of these workers that have given a sign of life."""
    keys = {f"worker:{name}": name for name in names}
    return {keys[key] for key in cache.get_many(keys)}
