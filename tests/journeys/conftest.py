"""Journeys use the server and the browser of the service's tests."""

from service.conftest import browser, empty_installation, server

__all__ = ["browser", "empty_installation", "server"]
