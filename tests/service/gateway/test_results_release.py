"""Not a second early: when results can be had, for everybody, across the change to summer and to winter time."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from keystage.service.accounts.models import Organisation, Person
from keystage.service.accounts.roles import ALLOWED, OrganisationKind, Permission, Role
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Event
from keystage.service.files.store import get, path_of
from keystage.service.gateway.forms.results import TimeForm
from keystage.service.gateway.models import Collection, FileKind, PreparedFile, Release, ReleaseStage, SchoolResults
from keystage.service.gateway.presenters.results import expected_words
from keystage.service.gateway.released import is_released, standing_of
from keystage.service.gateway.services.results_preparing import prepare
from keystage.service.gateway.services.results_releasing import open_prepared, set_time, withdraw
from keystage.years import load as load_year
from service.at_gateway import Gateway, SchoolThere, a_gateway, a_school_there
from service.at_results import (
    GOOD,
    HEAD,
    a_secondary,
    a_trust,
    fresh,
    loaded,
    national,
    operator,
    prepared,
    released,
    row,
    set_for,
)  # fmt: skip
from service.made import YEAR

BEFORE = datetime(2026, 7, 1, 12, tzinfo=UTC)
RELEASE = datetime(2026, 7, 16, 6, 30, tzinfo=UTC)
"""7:30 in London, where it is summer."""
A_SECOND = timedelta(seconds=1)


@pytest.fixture
def then() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(BEFORE, tick=False) as clock:
        yield clock


@pytest.fixture
def gateway(db: None, then: object) -> Gateway:
    return a_gateway()


@pytest.fixture
def there(gateway: Gateway) -> SchoolThere:
    return a_school_there(gateway)


@pytest.fixture
def everybody(gateway: Gateway, there: SchoolThere) -> dict[str, tuple[Organisation, dict[Role, Person]]]:
    """One organisation of each kind that is given results, with its people, and by its address."""
    secondary, reader = a_secondary(there.pupils[:1])
    trust, analyst = a_trust([there])
    authority = {role: gateway.people[role] for role in (Role.DATA_OFFICER, Role.MODERATION_MANAGER)}
    return {
        "gateway": (there.organisation, there.people),
        "authority": (gateway.authority, authority),
        "results": (trust, {Role.ANALYST: analyst}),
        "results/": (secondary, {Role.RESULTS_READER: reader}),
    }


def asking(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page(part: str, organisation: Organisation) -> str:
    below = "" if part.startswith("results") else "results/"
    return f"/{part.strip('/')}/{organisation.key}/{YEAR}/{below}"


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


# -- the second ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stage", [each for each in ReleaseStage if each != ReleaseStage.READY])
def test_what_is_not_ready_is_not_released_whatever_the_time(stage: ReleaseStage) -> None:
    assert not is_released(Release(stage=stage, release_at=RELEASE), RELEASE + timedelta(days=9))


def test_without_a_time_nothing_is_released() -> None:
    assert not is_released(Release(stage=ReleaseStage.READY), RELEASE)


def test_it_is_released_at_its_second_and_not_one_earlier() -> None:
    release = Release(stage=ReleaseStage.READY, release_at=RELEASE)
    assert not is_released(release, RELEASE - A_SECOND)
    assert not is_released(release, RELEASE - timedelta(microseconds=1))
    assert is_released(release, RELEASE)


@pytest.mark.parametrize(
    ("on", "at", "utc"),
    [
        ("16/7/2026", "7:30am", datetime(2026, 7, 16, 6, 30, tzinfo=UTC)),
        ("12/1/2026", "07:30", datetime(2026, 1, 12, 7, 30, tzinfo=UTC)),
        ("29/3/2026", "0:59", datetime(2026, 3, 29, 0, 59, tzinfo=UTC)),
        ("29/3/2026", "2:00", datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
        ("25/10/2026", "0:59", datetime(2026, 10, 24, 23, 59, tzinfo=UTC)),
        ("25/10/2026", "2:00", datetime(2026, 10, 25, 2, 0, tzinfo=UTC)),
    ],
)
def test_the_time_is_that_of_clocks_in_london(on: str, at: str, utc: datetime) -> None:
    form = TimeForm({"on": on, "at": at})
    assert form.is_valid(), form.errors
    assert form.moment == utc


@pytest.mark.parametrize(
    ("on", "at", "says"),
    [
        ("29/3/2026", "1:30am", "There is no 1:30am on 29 March 2026: the clocks go forward."),
        ("25/10/2026", "01:30", "1:30am comes twice on 25 October 2026: the clocks go back."),
        ("31/12/9999", "23:59", "Day of the release must be in this century"),
        ("01/01/0001", "0:00", "Day of the release must be in this century"),
    ],
)
def test_a_time_that_is_not_once_is_refused_in_words(on: str, at: str, says: str) -> None:
    form = TimeForm({"on": on, "at": at})
    assert not form.is_valid()
    assert form.errors["at"][0].startswith(says)


@pytest.mark.parametrize("on", ["29/3/2026", "25/10/2026", "16/7/2026"])
def test_on_the_days_when_clocks_change_too_nobody_is_a_second_early(
    gateway: Gateway, there: SchoolThere, then: time_machine.Traveller, on: str
) -> None:
    then.move_to(datetime(2026, 1, 5, tzinfo=UTC))
    form = TimeForm({"on": on, "at": "7:30am"})
    assert form.is_valid()
    set_for(gateway, prepared(gateway, national(there)), form.moment)
    file = PreparedFile.objects.get(organisation=there.organisation, kind=FileKind.CSV)
    then.move_to(form.moment - A_SECOND)
    assert open_prepared(there.organisation, YEAR, file.key, by=None) is None
    then.move_to(form.moment)
    assert timezone.localtime().strftime("%H:%M") == "07:30"
    found = open_prepared(there.organisation, YEAR, file.key, by=None)
    assert found is not None
    found.stream.close()


# -- nobody, nothing -------------------------------------------------------------------------------------------------


def test_a_second_before_nobody_can_tell_whether_there_are_files(
    gateway: Gateway, everybody: dict[str, Any], there: SchoolThere, then: time_machine.Traveller
) -> None:
    """Every page is the same, letter for letter, whether files are prepared or not; and no file is there."""
    form = {"release_at": RELEASE}
    then.move_to(RELEASE - A_SECOND)
    waiting = Release.objects.create(
        collection=gateway.collection, serial=9, file_id=_a_file(gateway), loaded_by=operator(gateway),
        stage=ReleaseStage.CHECKED, **form,
    )  # fmt: skip
    without = _everything(everybody)
    waiting.delete()
    then.move_to(BEFORE)
    set_for(gateway, prepared(gateway, national(there)), RELEASE)
    then.move_to(RELEASE - A_SECOND)
    assert _everything(everybody) == without
    for part, (organisation, people) in everybody.items():
        keys = list(PreparedFile.objects.values_list("key", flat=True))
        assert keys
        for person in people.values():
            client = asking(person)
            found = {client.get(f"{page(part, organisation)}{key}/").status_code for key in keys}
            assert found in ({404}, {403}), f"{part}: {found}"
    assert not Event.objects.filter(kind=Kind.RESULTS_TAKEN).exists()


def _a_file(gateway: Gateway) -> int:
    made = loaded(gateway, b"nothing")
    Release.objects.filter(pk=made.pk).delete()
    return made.file_id


def _everything(everybody: dict[str, Any]) -> dict[tuple[str, Role], bytes]:
    found = {}
    for part, (organisation, people) in everybody.items():
        for role, person in people.items():
            response = asking(person).get(page(part, organisation))
            found[part, role] = _without_tokens(response.content)
    return found


def _without_tokens(content: bytes) -> bytes:
    lines = content.split(b"\n")
    return b"\n".join(line for line in lines if b"csrfmiddlewaretoken" not in line)


def test_at_its_second_everybody_has_their_own_and_nobody_anothers(
    gateway: Gateway, everybody: dict[str, Any], there: SchoolThere, then: time_machine.Traveller
) -> None:
    foreign = a_school_there(gateway, number="9982009", name="Foreign Primary School", pupils=0)
    set_for(gateway, prepared(gateway, national(there)), RELEASE)
    then.move_to(RELEASE)
    files = list(PreparedFile.objects.exclude(kind=FileKind.NONE).select_related("organisation"))
    assert {each.organisation_id for each in files} == {each[0].pk for each in everybody.values()}
    places = {**everybody, "gateway/": (foreign.organisation, foreign.people)}
    for part, (organisation, people) in places.items():
        for role, person in people.items():
            client = asking(person)
            for file in files:
                response = client.get(f"{page(part, organisation)}{file.key}/")
                if Permission.TAKE_RESULTS not in ALLOWED[role]:
                    assert response.status_code == 403, (part, role)
                elif file.organisation_id == organisation.pk:
                    assert body(response) == get(file.sha256)
                else:
                    assert response.status_code == 404, (part, role, file)


def test_each_page_lists_the_organisations_own_files_and_which_is_for_what(
    gateway: Gateway, everybody: dict[str, Any], there: SchoolThere, then: time_machine.Traveller
) -> None:
    set_for(gateway, prepared(gateway, national(there)), RELEASE)
    then.move_to(RELEASE)
    for part, (organisation, people) in everybody.items():
        for role, person in people.items():
            response = asking(person).get(page(part, organisation))
            if Permission.TAKE_RESULTS in ALLOWED[role]:
                own = PreparedFile.objects.filter(organisation=organisation).exclude(kind=FileKind.NONE)
                html = response.content.decode()
                assert all(html.count(each.key) == 1 for each in own)
                others = PreparedFile.objects.exclude(organisation=organisation)
                assert not any(each.key in html for each in others)


def test_a_teacher_is_told_who_may_download_and_sees_no_file(
    gateway: Gateway, there: SchoolThere, then: time_machine.Traveller
) -> None:
    set_for(gateway, prepared(gateway, national(there)), RELEASE)
    then.move_to(RELEASE)
    html = asking(there.people[Role.TEACHER]).get(f"{there.base}results/").content.decode()
    assert "The headteacher and the data manager can download them. You cannot: ask one of them." in html
    assert "3 pupils" not in html
    assert not any(each.key in html for each in PreparedFile.objects.all())


def test_nobody_but_the_operator_looks_at_the_operators_pages(gateway: Gateway, there: SchoolThere) -> None:
    release = prepared(gateway, national(there))
    base = f"/agency/{gateway.agency.key}/{YEAR}/results/"
    for path in ("", f"{release.key}/", f"{release.key}/schools/", f"{release.key}/schools/9992001/"):
        assert asking(gateway.people[Role.HELPDESK]).get(base + path).status_code == 403
        assert asking(gateway.people[Role.DATA_OFFICER]).get(base + path).status_code == 404
        assert asking(operator(gateway)).get(base + path).status_code == 200


# -- the operator ----------------------------------------------------------------------------------------------------


def test_the_time_can_be_moved_until_it_has_come(
    gateway: Gateway, there: SchoolThere, then: time_machine.Traveller
) -> None:
    release = set_for(gateway, prepared(gateway, national(there)), RELEASE)
    then.move_to(RELEASE - A_SECOND)
    release = set_for(gateway, release, RELEASE + timedelta(hours=2))
    then.move_to(RELEASE)
    assert not is_released(release, timezone.now())
    then.move_to(RELEASE + timedelta(hours=2))
    with pytest.raises(NotAllowedNow, match="released already"):
        set_time(release, gateway.agency, RELEASE + timedelta(days=1), by=operator(gateway))
    assert [each.data["at"] for each in Event.objects.filter(kind=Kind.RELEASE_SET)] == [
        "16 July 2026 at 7:30am", "16 July 2026 at 9:30am",
    ]  # fmt: skip


def test_a_time_that_has_passed_is_not_taken(gateway: Gateway, there: SchoolThere) -> None:
    release = prepared(gateway, national(there))
    with pytest.raises(NotAllowedNow, match="has passed"):
        set_time(release, gateway.agency, timezone.now(), by=operator(gateway))
    assert fresh(release).release_at is None


def test_what_was_refused_gets_no_time(gateway: Gateway) -> None:
    with pytest.raises(NotAllowedNow, match="loaded and checked"):
        set_time(loaded(gateway, b"%PDF"), gateway.agency, RELEASE, by=operator(gateway))


def test_a_time_that_comes_before_the_files_are_ready_releases_them_once_they_are(
    gateway: Gateway, there: SchoolThere, then: time_machine.Traveller
) -> None:
    release = set_for(gateway, loaded(gateway, national(there)), RELEASE)
    then.move_to(RELEASE + A_SECOND)
    assert not is_released(fresh(release), timezone.now())
    words = expected_words(standing_of(gateway.collection, timezone.now()), load_year(YEAR), timezone.now())
    assert words == "Results were to be released on 16 July 2026 at 7:30am and are late. Look again in a while."
    prepare(release, by=operator(gateway))
    assert is_released(fresh(release), timezone.now())


def test_withdrawn_results_are_gone_for_everybody_who_is_told_why(
    gateway: Gateway, there: SchoolThere, then: time_machine.Traveller
) -> None:
    release = set_for(gateway, prepared(gateway, national(there)), RELEASE)
    then.move_to(RELEASE + timedelta(hours=1))
    withdraw(release, gateway.agency, "Marks of one paper were wrong.", by=operator(gateway))
    file = PreparedFile.objects.get(organisation=there.organisation, kind=FileKind.CSV)
    client = asking(there.manager)
    assert client.get(f"{there.base}results/{file.key}/").status_code == 404
    html = client.get(f"{there.base}results/").content.decode()
    assert "were withdrawn on 16 July 2026 at 8:30am: Marks of one paper were wrong. Do not use files" in html
    assert file.key not in html
    with pytest.raises(NotAllowedNow):
        withdraw(release, gateway.agency, "Again.", by=operator(gateway))


def test_what_is_withdrawn_before_its_time_was_never_there(
    gateway: Gateway, there: SchoolThere, then: time_machine.Traveller
) -> None:
    release = set_for(gateway, prepared(gateway, national(there)), RELEASE)
    withdraw(release, gateway.agency, "A secret reason.", by=operator(gateway))
    then.move_to(RELEASE + A_SECOND)
    html = asking(there.manager).get(f"{there.base}results/").content.decode()
    assert "secret reason" not in html
    assert "withdrawn" not in html


def test_released_results_are_not_prepared_again(
    gateway: Gateway, there: SchoolThere, then: time_machine.Traveller
) -> None:
    release = set_for(gateway, prepared(gateway, national(there)), RELEASE)
    then.move_to(RELEASE)
    with pytest.raises(NotAllowedNow, match="are released"):
        prepare(release, by=operator(gateway))
    assert is_released(fresh(release), timezone.now())


# -- when they are expected ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "says"),
    [
        (RELEASE - A_SECOND, "Results are expected on 16 July 2026 at 7:30am."),
        (RELEASE, "Results were expected on 16 July 2026 at 7:30am and have not been released yet."),
    ],
)
def test_before_a_time_is_set_the_years_date_is_said(gateway: Gateway, now: datetime, says: str) -> None:
    assert expected_words(standing_of(gateway.collection, now), load_year(2026), now).startswith(says)


def test_where_the_year_does_not_know_it_that_is_said(gateway: Gateway) -> None:
    words = expected_words(standing_of(gateway.collection, BEFORE), load_year(2027), BEFORE)
    assert words.startswith("It is not known yet when the results of 2027 are released.")


def test_a_time_that_is_set_is_said_to_everybody_the_same(
    gateway: Gateway, everybody: dict[str, Any], there: SchoolThere
) -> None:
    set_for(gateway, prepared(gateway, national(there)), RELEASE + timedelta(days=2))
    for part, (organisation, people) in everybody.items():
        for role, person in people.items():
            response = asking(person).get(page(part, organisation))
            if response.status_code != 403:
                assert "Results will be released on 18 July 2026 at 7:30am." in response.content.decode(), (part, role)


# -- revised ---------------------------------------------------------------------------------------------------------


def revised(gateway: Gateway, there: SchoolThere) -> tuple[Release, Release]:
    """Release results, then others: the first pupil has a better score, the second is gone, a new one is there."""
    first = released(gateway, national(there))
    one, _, three = there.pupils
    lines = [row("9992001", one, GOOD.replace("25,100", "26,101")), row("9992001", three)]
    lines.append("999,2001,X1,Newcomer,Nia,2015-01-01,F,25,100,AS,,,,,,,,\n")
    return first, released(gateway, (HEAD + "".join(lines)).encode())


def test_revised_results_say_for_each_pupil_what_changed(gateway: Gateway, there: SchoolThere) -> None:
    first, second = revised(gateway, there)
    assert (second.serial, second.revises_id) == (2, first.pk)
    one, two, _ = there.pupils
    (part,) = SchoolResults.objects.filter(release=second)
    assert part.changes == [
        {
            "upn": one.upn, "name": f"{one.surname}, {one.forename}", "state": "changed",
            "changes": [
                {"what": "English reading: marks", "before": "25", "after": "26"},
                {"what": "English reading: scaled score", "before": "100", "after": "101"},
            ],
        },
        {"upn": two.upn, "name": f"{two.surname}, {two.forename}", "state": "gone", "changes": []},
        {"upn": "X1", "name": "Newcomer, Nia", "state": "new", "changes": []},
    ]  # fmt: skip


def test_the_page_shows_the_revised_results_first_with_what_changed_and_the_earlier_ones_too(
    gateway: Gateway, there: SchoolThere
) -> None:
    first, second = revised(gateway, there)
    client = asking(there.manager)
    html = client.get(f"{there.base}results/").content.decode()
    assert "Revised results</h1>" in html
    assert "What changed against the results before" in html
    assert "Results that were released before" in html
    for release in (first, second):
        for file in PreparedFile.objects.filter(release=release, organisation=there.organisation):
            assert file.key in html
            assert body(client.get(f"{there.base}results/{file.key}/")) == get(file.sha256)
    names = PreparedFile.objects.filter(release=second, organisation=there.organisation).values_list("name", flat=True)
    assert set(names) == {
        "9992001_KS2_results_2026_revised.csv", "9992001_KS2_letters_2026_revised.pdf",
        "9992001_KS2_9992001_003.xml", "9992001_KS2_9992001_004.xml",
    }  # fmt: skip


def test_a_school_that_the_revised_file_leaves_out_keeps_what_it_had(gateway: Gateway, there: SchoolThere) -> None:
    other = a_school_there(gateway, number="9992002", name="Ottermere Primary School", pupils=0)
    other.pupils = []
    first = released(gateway, national(there) + b"999,2002,O1,Otter,Ada,,F,25,100,AS,,,,,,,,\n")
    released(gateway, national(there))
    html = asking(other.manager).get(f"{other.base}results/").content.decode()
    assert "There are no results of your school in this release." in html
    assert "What was released before stays as it is." in html
    file = PreparedFile.objects.get(release=first, organisation=other.organisation, kind=FileKind.CSV)
    assert file.key in html


def test_results_after_withdrawn_ones_are_compared_with_what_people_had(gateway: Gateway, there: SchoolThere) -> None:
    first = released(gateway, national(there))
    withdraw(first, gateway.agency, "Wrong.", by=operator(gateway))
    second = released(gateway, national(there, results=GOOD.replace("25,100", "26,101")))
    assert second.revises_id == first.pk
    assert len(SchoolResults.objects.get(release=second).changes) == 3


def test_the_second_release_waits_for_its_own_second(
    gateway: Gateway, there: SchoolThere, then: time_machine.Traveller
) -> None:
    released(gateway, national(there))
    second = set_for(gateway, prepared(gateway, national(there, results=GOOD.replace("25,100", "26,101"))), RELEASE)
    file = PreparedFile.objects.get(release=second, organisation=there.organisation, kind=FileKind.CSV)
    then.move_to(RELEASE - A_SECOND)
    client = asking(there.manager)
    html = client.get(f"{there.base}results/").content.decode()
    assert "Revised results will be released on 16 July 2026 at 7:30am." in html
    assert "What changed" not in html
    assert file.key not in html
    assert client.get(f"{there.base}results/{file.key}/").status_code == 404
    then.move_to(RELEASE)
    assert body(client.get(f"{there.base}results/{file.key}/")) == get(file.sha256)


# -- handing out -----------------------------------------------------------------------------------------------------


@pytest.fixture
def csv_path(gateway: Gateway, there: SchoolThere) -> str:
    release = released(gateway, national(there))
    file = PreparedFile.objects.get(release=release, organisation=there.organisation, kind=FileKind.CSV)
    return f"{there.base}results/{file.key}/"


def test_a_download_asks_the_database_little(there: SchoolThere, csv_path: str) -> None:
    client = asking(there.manager)
    body(client.get(csv_path))
    with CaptureQueriesContext(connection) as asked:
        body(client.get(csv_path))
    queries = [each["sql"] for each in asked.captured_queries if "SAVEPOINT" not in each["sql"]]
    assert len(queries) <= 5, "\n".join(queries)


def test_a_download_is_an_attachment_that_is_kept_nowhere(there: SchoolThere, csv_path: str) -> None:
    response = asking(there.manager).get(csv_path)
    assert response.streaming
    assert response["Content-Disposition"] == 'attachment; filename="9992001_KS2_results_2026.csv"'
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert int(response["Content-Length"]) == len(body(response))
    assert not {"ETag", "Last-Modified"} & set(response.headers)


def test_each_download_is_written_down(there: SchoolThere, csv_path: str) -> None:
    client = asking(there.manager)
    for _ in range(2):
        body(client.get(csv_path))
    events = Event.objects.filter(kind=Kind.RESULTS_TAKEN)
    assert [(each.person, each.organisation, each.data["file"]) for each in events] == [
        (there.manager, there.organisation, "9992001_KS2_results_2026.csv")
    ] * 2


def test_a_file_of_another_year_is_not_there(there: SchoolThere, csv_path: str) -> None:
    assert asking(there.manager).get(csv_path.replace("/2026/", "/2025/")).status_code == 404


def test_where_the_store_does_not_answer_that_is_said_and_nothing_is_written_down(
    there: SchoolThere, csv_path: str
) -> None:
    path_of(PreparedFile.objects.get(organisation=there.organisation, kind=FileKind.CSV).sha256).unlink()
    response = asking(there.manager).get(csv_path, follow=True)
    assert "cannot be read just now" in response.content.decode()
    assert not Event.objects.filter(kind=Kind.RESULTS_TAKEN).exists()


def test_practice_schools_do_not_get_real_results(gateway: Gateway, there: SchoolThere, csv_path: str) -> None:
    Collection.objects.create(
        year=YEAR, is_practice=True, opens_at=timezone.now(), closes_at=timezone.now() + timedelta(days=1)
    )
    trust = Organisation.objects.create(kind=OrganisationKind.TRUST, name="Practice", is_practice=True)
    assert standing_of(Collection.objects.get(is_practice=True), timezone.now()).released == ()
    assert open_prepared(trust, YEAR, csv_path.rstrip("/").rpartition("/")[2], by=None) is None
