"""What results come to is counted when they are loaded, school by school, and added up; worked by hand."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from keystage.measures import BY_KEY, Counts, Share, add
from keystage.service.accounts.models import Organisation
from keystage.service.accounts.roles import OrganisationKind
from keystage.service.files.store import get
from keystage.service.gateway.figures import COUNTRY, area_figures_of, school_figures_of
from keystage.service.gateway.models import (
    AreaFigures,
    PreparedFile,
    Release,
    ReleaseStage,
    SchoolFigures,
    SchoolResults,
)
from keystage.service.gateway.released import standing_of
from keystage.service.gateway.services.results_checking import check_schools
from keystage.service.gateway.services.results_releasing import start_again, withdraw
from service.at_gateway import Gateway, SchoolThere, a_gateway, a_school_there, send
from service.at_results import GOOD, HEAD, a_trust, fresh, loaded, national, operator, prepared, released, row

HIGH = "35,112,AS,60,112,AS,95,112,AS,GDS,EXS"
ABSENT = ",,A,,,A,,,A,WTS,HNM"
NO_TA = "25,100,AS,34,100,AS,56,100,AS,,"
WTS_CAME_BACK = "25,100,AS,34,100,AS,56,100,AS,WTS,HNM"


@pytest.fixture
def gateway(db: None) -> Gateway:
    return a_gateway()


@pytest.fixture
def there(gateway: Gateway) -> SchoolThere:
    """Three pupils of authority 999."""
    return a_school_there(gateway)


@pytest.fixture
def near(gateway: Gateway) -> SchoolThere:
    """Two pupils of the same authority."""
    return a_school_there(gateway, number="9992002", name="Ashbrook Primary School", pupils=2)


@pytest.fixture
def far(gateway: Gateway) -> SchoolThere:
    """One pupil of authority 998."""
    return a_school_there(gateway, number="9982001", name="Ottermere Primary School", pupils=1)


def _file(**results: tuple[SchoolThere, list[str]]) -> bytes:
    rows = [
        row(there.gateway_return.number, pupil, said)
        for there, all_ in results.values()
        for pupil, said in zip(there.pupils, all_, strict=True)
    ]
    return (HEAD + "".join(rows)).encode()


def _three(there: SchoolThere, near: SchoolThere, far: SchoolThere) -> bytes:
    """Give a good result and a high one, and somebody absent; two good ones; one absent."""
    return _file(there=(there, [GOOD, HIGH, ABSENT]), near=(near, [GOOD, GOOD]), far=(far, [ABSENT]))


def _released_at(gateway: Gateway, now: datetime) -> Release | None:
    return standing_of(gateway.collection, now).latest


def figures_of(release: Release, organisation: Organisation) -> dict[str, Counts]:
    """Give an authority what was added up for it, the agency that of the country, and others the sum over schools."""
    if organisation.kind in ("authority", "agency"):
        area = organisation.number if organisation.kind == "authority" else COUNTRY
        return next((each.counts for each in area_figures_of(release) if each.area == area), {})
    return add(each.counts for each in school_figures_of(release, organisation))


def _share(counts: dict[str, Counts], key: str, group: str = "all") -> Share:
    return counts[group].share(BY_KEY[key])


def test_each_school_is_counted_when_its_results_are_checked(
    gateway: Gateway, there: SchoolThere, near: SchoolThere, far: SchoolThere
) -> None:
    release = loaded(gateway, _three(there, near, far))
    assert release.stage == ReleaseStage.CHECKED
    rows = SchoolFigures.objects.filter(release=release).order_by("number")
    assert [(each.number, each.counts["all"].get("reading.expected", 0))
            for each in rows] == [("9982001", 0), ("9992001", 2), ("9992002", 2)]  # fmt: skip
    counts = figures_of(release, there.organisation)
    assert _share(counts, "reading.expected") == (2, 3)
    assert _share(counts, "rwm.higher") == (1, 3)
    assert _share(counts, "reading.average") == (212, 2)
    assert counts["all"]["reading.absent"] == 1


def test_an_authority_has_the_sum_of_its_schools_and_the_agency_that_of_the_country(
    gateway: Gateway, there: SchoolThere, near: SchoolThere, far: SchoolThere
) -> None:
    release = loaded(gateway, _three(there, near, far))
    assert _share(figures_of(release, gateway.authority), "rwm.expected") == (4, 5)
    assert _share(figures_of(release, gateway.agency), "rwm.expected") == (4, 6)
    assert _share(figures_of(release, gateway.agency), "rwm.expected", "sex:F") == (4, 6)
    areas = [(each.area, each.schools, each.counts["all"].pupils) for each in area_figures_of(release)]
    assert areas == [("", 3, 6), ("998", 1, 1), ("999", 2, 5)]


def test_an_authoritys_schools_come_by_name_and_nobody_elses(
    gateway: Gateway, there: SchoolThere, near: SchoolThere, far: SchoolThere
) -> None:
    release = loaded(gateway, _three(there, near, far))
    found = [(each.number, each.name, each.counts["all"].pupils)
             for each in school_figures_of(release, gateway.authority)]  # fmt: skip
    assert found == [("9992002", "Ashbrook Primary School", 2), ("9992001", "Quellbridge Primary School", 3)]
    assert len(list(school_figures_of(release, gateway.agency))) == 3


def test_a_trust_has_the_sum_over_its_schools_wherever_they_are(
    gateway: Gateway, there: SchoolThere, near: SchoolThere, far: SchoolThere
) -> None:
    trust, _ = a_trust([there, far])
    release = loaded(gateway, _three(there, near, far))
    assert _share(figures_of(release, trust), "rwm.expected") == (2, 4)
    assert [each.number for each in school_figures_of(release, trust)] == ["9982001", "9992001"]


def test_a_school_that_the_gateway_does_not_know_is_in_nobodys_figures(gateway: Gateway, there: SchoolThere) -> None:
    stranger = f"999,4567,Z1,Nobody,Known,,F,{GOOD}\n".encode()
    release = loaded(gateway, national(there) + stranger)
    assert release.schools == 2
    assert figures_of(release, gateway.agency)["all"].pupils == 3
    assert figures_of(release, gateway.authority)["all"].pupils == 3
    assert [each.schools for each in area_figures_of(release)] == [1, 1]


def test_the_teacher_assessment_that_was_sent_counts_where_none_came_back(gateway: Gateway, there: SchoolThere) -> None:
    send(there)  # writing and science EXS for everybody
    release = loaded(gateway, _file(there=(there, [NO_TA, NO_TA, WTS_CAME_BACK])))
    counts = figures_of(release, there.organisation)
    assert _share(counts, "writing.expected") == (2, 3)
    assert _share(counts, "science.expected") == (2, 3)


def test_with_no_teacher_assessment_at_all_writing_is_not_known_and_the_tests_count(
    gateway: Gateway, there: SchoolThere
) -> None:
    release = loaded(gateway, national(there, results=NO_TA))
    counts = figures_of(release, there.organisation)
    assert (_share(counts, "writing.expected"), counts["all"]["writing.not_known"]) == ((0, 0), 3)
    assert _share(counts, "reading.expected") == (3, 3)
    assert counts["all"].share(BY_KEY["rwm.expected"]).percent is None


def test_figures_are_broken_down_by_what_the_national_file_says_and_schools_are_not_given_it(
    gateway: Gateway, there: SchoolThere
) -> None:
    head, *lines = national(there).decode().splitlines()
    groups = ("Y,K,ENG", "N,N,POL", "N,E,")
    text = "\n".join([f"{head},DISADVANTAGED,SEN,FIRSTLANGUAGE", *map(",".join, zip(lines, groups, strict=True))])
    release = prepared(gateway, text.encode())
    pupils = {group: counts.pupils for group, counts in figures_of(release, there.organisation).items()}
    assert pupils == {
        "all": 3, "sex:F": 3, "disadvantage:yes": 1, "disadvantage:no": 2, "sen:support": 1, "sen:none": 1,
        "sen:plan": 1, "language:english": 1, "language:other": 1, "language:": 1, "term:spring": 3,
    }  # fmt: skip
    given = PreparedFile.objects.get(release=release, organisation=there.organisation, kind="csv")
    assert b"SEN" not in get(given.sha256)


def test_work_that_is_done_twice_counts_once(gateway: Gateway, there: SchoolThere, near: SchoolThere) -> None:
    release = loaded(gateway, national(there, near))
    before = [list(model.objects.values_list("number" if model is SchoolFigures else "area", "counts"))
              for model in (SchoolFigures, AreaFigures)]  # fmt: skip
    check_schools.call(release.key, ["9992001"])
    SchoolResults.objects.update(checked_at=None)
    Release.objects.update(stage=ReleaseStage.LOADING, done=0)
    start_again(fresh(release))
    assert fresh(release).stage == ReleaseStage.CHECKED
    assert before == [list(model.objects.values_list("number" if model is SchoolFigures else "area", "counts"))
                      for model in (SchoolFigures, AreaFigures)]  # fmt: skip


def test_what_is_counted_and_was_only_not_added_up_is_added_up(gateway: Gateway, there: SchoolThere) -> None:
    release = loaded(gateway, national(there))
    AreaFigures.objects.all().delete()
    Release.objects.update(stage=ReleaseStage.LOADING)
    start_again(fresh(release))
    assert figures_of(fresh(release), gateway.agency)["all"].pupils == 3


def test_revised_results_are_counted_anew_and_take_the_place_of_the_first(gateway: Gateway, there: SchoolThere) -> None:
    first = released(gateway, national(there, results=ABSENT))
    assert _released_at(gateway, timezone.now()) == first
    revised = released(gateway, national(there))
    assert _released_at(gateway, timezone.now()) == revised
    assert _share(figures_of(revised, there.organisation), "rwm.expected") == (3, 3)
    assert _share(figures_of(first, there.organisation), "rwm.expected") == (0, 3)


def test_results_that_were_withdrawn_have_no_figures(gateway: Gateway, there: SchoolThere) -> None:
    release = released(gateway, national(there))
    withdraw(release, gateway.agency, "The wrong file.", by=operator(gateway))
    release = fresh(release)
    for organisation in (gateway.agency, gateway.authority, there.organisation):
        assert figures_of(release, organisation) == {}
        assert list(school_figures_of(release, organisation)) == []
    assert list(area_figures_of(release)) == []
    assert _released_at(gateway, timezone.now()) is None


def test_before_their_second_there_is_no_release_whose_figures_may_be_seen(
    gateway: Gateway, there: SchoolThere
) -> None:
    release = released(gateway, national(there))
    Release.objects.update(release_at=timezone.now() + timedelta(minutes=1))
    assert _released_at(gateway, timezone.now()) is None
    assert _released_at(gateway, timezone.now() + timedelta(minutes=2)) == release


def test_practice_schools_and_real_ones_have_no_figures_of_each_other(gateway: Gateway, there: SchoolThere) -> None:
    release = loaded(gateway, national(there))
    other = a_gateway(is_practice=True)
    assert other.agency.kind == OrganisationKind.AGENCY
    assert list(school_figures_of(release, other.authority)) == list(school_figures_of(release, other.agency)) == []
