"""A school whose pupils have judgements and results."""

import pytest
from django.test import Client

from keystage.service.accounts.roles import Role
from service.made import MadeSchool
from service.ready import fill
from service.school.report_seeds import all_met, bring_results


@pytest.fixture
def filled(school: MadeSchool, settings, tmp_path) -> MadeSchool:
    """Ada and Bea of Oak, Cal of Elm, with judgements and without results."""
    settings.FILES_ROOT = tmp_path
    fill(school)
    return school


@pytest.fixture
def resulted(filled: MadeSchool) -> MadeSchool:
    """The same with results."""
    bring_results(filled, {"Ada": all_met(104), "Bea": all_met(111), "Cal": all_met(100)})
    return filled


@pytest.fixture
def manager(filled: MadeSchool, client: Client) -> Client:
    """The data manager, signed in."""
    client.force_login(filled.people[Role.DATA_MANAGER])
    return client
