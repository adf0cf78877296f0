"""A made-up school for the tests of the service."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from service.browsing import a_browser
from service.made import MadeSchool, a_school
from service.postgres import a_postgresql
from service.running import Server, a_server

_OF_THEIR_OWN = {"server", "browser", "postgresql", "installation", "empty_installation"}
"""Fixtures of tests that choose their database themselves."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL run only what uses the database that the settings name."""
    if os.environ.get("KEYSTAGE_TEST_DATABASE"):
        kept = [each for each in items if _OF_THEIR_OWN.isdisjoint(getattr(each, "fixturenames", ()))]
        config.hook.pytest_deselected(items=[each for each in items if each not in kept])
        items[:] = kept


@pytest.fixture
def school(db: None) -> MadeSchool:
    """A school with its people and a register, and nobody on the roll yet."""
    return a_school()


@pytest.fixture(scope="session")
def empty_installation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with an empty, migrated database: copied for each server."""
    server = Server(tmp_path_factory.mktemp("template"))
    server.seed("builtins:list", migrate=True)
    return server.data


@pytest.fixture(scope="module")
def server(empty_installation: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The web application as a process, with nobody in it yet; one for a module."""
    with a_server(tmp_path_factory.mktemp("server"), empty_installation) as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium; one for a module."""
    with a_browser() as running:
        yield running


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a PostgreSQL server of the tests' own."""
    with a_postgresql() as address:
        yield address
