"""The years that are over in the demonstration: returned and accepted, with results, reports and figures."""

import pytest

from keystage.service.demo.finished import steps
from keystage.service.demo.gateway import demo_gateway
from keystage.service.demo.past import YEARS
from keystage.service.demo.seed import demo_school
from keystage.service.gateway.models import AreaFigures, Collection, GatewayReturn, Release, ReleaseStage, State
from keystage.service.school.models import IssuedReport, SchoolReturn
from keystage.service.school.presenters.report_list import counted, rows_of
from keystage.service.school.records import Records
from keystage.service.school.reports import Reports
from keystage.service.school.results import in_force

pytestmark = pytest.mark.django_db


def test_results_are_home_with_one_pupil_nobody_knows_and_one_judgement_that_differs(settings, tmp_path):
    settings.FILES_ROOT = tmp_path
    school = demo_school()
    gateway = demo_gateway(school)
    for step in steps(school, gateway):
        step()
    for year in YEARS:
        own = SchoolReturn.objects.select_related("organisation").get(organisation=school.organisation, year=year)
        load = in_force(own)
        assert own.is_closed
        assert load is not None
        assert (load.said["unmatched"], load.said["missing"], load.said["ta_differs"], load.said["errors"]) == (
            1,
            1,
            1,
            0,
        )
        there = GatewayReturn.objects.get(school=school.organisation, collection__year=year)
        assert there.state == State.ACCEPTED
        release = Release.objects.get(collection__year=year)
        assert (release.stage, release.release_at.year) == (ReleaseStage.READY, year)
        assert AreaFigures.objects.filter(release=release, area="999").exists()
    found = counted(rows_of(Reports(Records.of(own))))
    assert (found.missing, found.again) == (3, 0)
    assert found.made == IssuedReport.objects.count() > 10
    assert list(steps(school, gateway)) == []
    assert Collection.objects.filter(is_practice=True).count() == len(YEARS) + 1
