"""Loading beforehand what the first request would otherwise wait for: over a second of processor time."""

from django.urls import get_resolver
from django.urls.resolvers import URLResolver


def warm_up() -> None:
    """Load the code of every page, and what leads from its name to its address.

    Where a server begins in the busiest hour, the first to ask do not queue behind it.
    """
    _load(get_resolver())


def _load(resolver: URLResolver) -> None:
    _ = resolver.reverse_dict
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            _load(each)
        else:
            _ = each.pattern.regex
