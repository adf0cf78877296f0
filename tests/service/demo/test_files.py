"""The files to try: they are there in the demonstration alone, and each does what it says."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client
from pytest_django import Settings

from keystage.pupils.upn import is_well_formed
from keystage.returns.results_changes import changes_of
from keystage.service.demo.files import FILES
from keystage.service.demo.gateway import demo_gateway
from keystage.service.demo.seed import DemoSchool, demo_school
from keystage.service.school.services import incoming_results
from keystage.service.school.services.incoming_results_plan import ResultsPlan
from keystage.sheets.results import read_results
from keystage.years import load
from service.finishing import records
from service.results_home_seeds import brought, sent_school


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


@pytest.mark.usefixtures("_practice")
def test_the_practice_school_takes_the_national_file_and_finds_one_pupil_whom_nobody_knows(client: Client) -> None:
    school = demo_school()
    plan = planned(school, FILES["results.csv"].make())
    (odd,) = plan.unmatched
    assert odd.likeness is not None
    assert is_well_formed(odd.result.upn)
    assert [(each.pupil or each.expected).upn for each in plan.missing if each.line.expected] == [
        odd.likeness.pupil.upn
    ]
    assert plan.file.left_out > 0
    assert plan.report.errors == 0


def test_one_teacher_assessment_comes_back_otherwise_than_the_practice_school_sent_it(db: None) -> None:
    school, first, revised = sent_school()
    for content in (first, revised):
        (differs,) = planned(school, content).differences
        assert (differs.subject, differs.sent, differs.returned) == ("writing", "EXS", "GDS")
        assert len(planned(school, content).unmatched) == 1


def test_after_marking_reviews_a_few_pupils_have_more_marks_in_reading_and_nothing_else_is_other(db: None) -> None:
    _, first, revised = sent_school()
    before, now = (read_results(content, load(2026), name="r.csv").pupils for content in (first, revised))
    found = changes_of(before, now, load(2026))
    assert 1 <= len(found) <= 12
    assert {each["what"].partition(":")[0] for pupil in found for each in pupil["changes"]} == {"English reading"}


def planned(school: DemoSchool, content: bytes) -> ResultsPlan:
    """Return what the practice school is shown of a file of results."""
    return incoming_results.plan(brought(school, "results.csv", content), records(school), {})
