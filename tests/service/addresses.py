"""Every address of the service, with what its view says of who may use it; addresses that can be asked for."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

from keystage.service.accounts.roles import OrganisationKind, Permission

_PARAMETER = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")
_NOBODY = {"int": "987654", "str": "zzzzzzzzzzzz", "slug": "zzzzzzzzzzzz", "path": "zzzzzzzzzzzz", None: "zzzzzzzzzzzz"}
"""What stands for something that is not there."""


@dataclass(frozen=True)
class Address:
    """One pattern of addresses."""

    route: str
    name: str
    view: Callable[..., object]

    @property
    def permission(self) -> Permission | None:
        """What one must be allowed to do; None where the view asks for nothing."""
        return getattr(self.view, "permission", None)

    @property
    def kinds(self) -> tuple[OrganisationKind, ...]:
        """What sorts of organisation it is for."""
        return getattr(self.view, "organisation_kinds", (OrganisationKind.SCHOOL,))

    def path(self, **known: object) -> str:
        """Return an address that can be asked for: what is not known is filled with the key of nothing."""

        def fill(match: re.Match[str]) -> str:
            return str(known.get(match["name"], _NOBODY.get(match["kind"], "zzzzzzzzzzzz")))

        return "/" + _PARAMETER.sub(fill, self.route)


def addresses() -> list[Address]:
    """Return every pattern of the service, in the order of its address."""
    return sorted(_walk(get_resolver(), "", ""), key=lambda each: each.route)


def _walk(resolver: URLResolver, route: str, namespace: str) -> Iterator[Address]:
    for each in resolver.url_patterns:
        here = route + (each.pattern._route if isinstance(each.pattern, RoutePattern) else str(each.pattern))  # type: ignore[attr-defined]
        if isinstance(each, URLPattern):
            yield Address(here, f"{namespace}{each.name or here}", each.callback)
        else:
            yield from _walk(each, here, f"{namespace}{each.namespace}:" if each.namespace else namespace)
