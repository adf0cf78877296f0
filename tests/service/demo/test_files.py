"""The files to try: they are there in the demonstration alone, and each does what it says."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client
from pytest_django import Settings

from keystage.service.demo.files import FILES
from keystage.service.demo.gateway import demo_gateway
from keystage.service.demo.seed import demo_school
from keystage.sheets.results import read_results
from keystage.years import load


@pytest.fixture
def _practice(db: None) -> None:
    demo_gateway(demo_school())


def test_anywhere_else_there_is_no_such_page(client: Client, db: None) -> None:
    assert [client.get(path).status_code for path in ("/demo/", "/demo/results.csv")] == [404, 404]


@pytest.mark.usefixtures("_practice")
def test_every_file_is_listed_and_can_be_had(client: Client, settings: Settings) -> None:
    settings.DEMO = True
    page = client.get("/demo/").content.decode()
    for name in FILES:
        assert f'href="/demo/{name}"' in page
        answer = client.get(f"/demo/{name}")
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert client.get("/demo/other.csv").status_code == 404


@pytest.mark.usefixtures("_practice")
def test_the_results_are_of_everybody_who_is_expected_at_every_school() -> None:
    results = read_results(FILES["results.csv"].make(), load(2026), name="results.csv")
    assert len(results.schools) == 12
    assert {each.school for each in results.pupils} >= {"9992001", "9992000"}
    assert FILES["results-revised.csv"].make() != FILES["results.csv"].make()


@pytest.mark.usefixtures("_practice")
def test_the_zip_holds_the_files_of_the_schools_that_are_silent() -> None:
    with ZipFile(BytesIO(FILES["authority-files.zip"].make())) as zipped:
        assert [name[:7] for name in zipped.namelist()] == ["9992008", "9992009", "9992010", "9992011"]
