"""The register of the country is read, shown, and loaded school by school; worked by hand on a few pupils."""

import json
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from keystage.service.accounts.models import Organisation, Person
from keystage.service.accounts.roles import OrganisationKind, Role
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Event
from keystage.service.gateway.models import GatewayReturn, LoadStage, RegisteredPupil, RegistrationLoad
from keystage.service.gateway.services import loading, registering
from keystage.service.gateway.services.loading_school import load_school
from keystage.simulate import simulate
from keystage.years import load as load_year
from service.at_gateway import Gateway, a_gateway, a_school_there
from service.made import YEAR, upn

HEAD = "school,school_name,upn,surname,forename,dob,sex,maths,former_upn\n"


@pytest.fixture(autouse=True)
def _at_once(settings: object) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture
def gateway(db: None) -> Gateway:
    return a_gateway()


@pytest.fixture
def operator(gateway: Gateway) -> Person:
    return gateway.people[Role.OPERATOR]


def row(serial: int, *, school: str = "9992001", name: str = "", **fields: str) -> str:
    cells = {"surname": f"Surname{serial}", "forename": f"Forename{serial}", "dob": "2015-03-09", "sex": "F"}
    cells |= {"maths": "", "former_upn": "", "upn": upn(serial), **fields}
    names = ("upn", "surname", "forename", "dob", "sex", "maths", "former_upn")
    return ",".join([school, name, *(cells[each] for each in names)]) + "\n"


def bring(gateway: Gateway, text: str) -> RegistrationLoad:
    """Bring a file in, and return what came of reading it."""
    by = gateway.people[Role.OPERATOR]
    made = loading.take_in(gateway.collection, "country.csv", [text.encode()], agency=gateway.agency, by=by)
    made.refresh_from_db()
    return made


def load(gateway: Gateway, text: str) -> RegistrationLoad:
    """Bring a file in, and load it."""
    made = bring(gateway, text)
    loading.accept(made, agency=gateway.agency, by=gateway.people[Role.OPERATOR])
    made.refresh_from_db()
    return made


def pupil(serial: int) -> RegisteredPupil:
    return RegisteredPupil.objects.get(upn=upn(serial))


# -- reading ----------------------------------------------------------------------------------------------------------


def test_reading_says_what_loading_would_do_and_does_nothing(gateway: Gateway) -> None:
    there = a_school_there(gateway, pupils=0)
    found = bring(gateway, HEAD + row(1) + row(2) + row(3, school="9992009", name="New Primary School"))
    assert found.stage == LoadStage.READY
    numbers = found.plan["numbers"]
    assert {name: numbers.get(name, 0) for name in ("schools", "pupils", "new", "changed", "new_schools")} == {
        "schools": 2, "pupils": 3, "new": 3, "changed": 0, "new_schools": 1
    }  # fmt: skip
    assert found.plan["unknown"] == [{"number": "9992009", "name": "New Primary School", "pupils": 1}]
    assert there.now().expected == 0
    assert not RegisteredPupil.objects.exists()


def test_every_fault_is_said_and_nothing_can_be_loaded(gateway: Gateway) -> None:
    found = bring(gateway, HEAD + row(1) + row(1) + row(2, dob="never") + row(3, school="12"))
    assert (found.stage, found.fault_count) == (LoadStage.FAULTY, 3)
    assert [each.split(":")[0] for each in found.faults] == ["Line 4", "Line 5", "Line 3"]
    assert f"The UPN {upn(1)} stands here again in school 9992001; it is on line 2 too." in found.faults[2]
    with pytest.raises(NotAllowedNow, match="to be corrected"):
        loading.accept(found, agency=gateway.agency, by=gateway.people[Role.OPERATOR])


def test_the_same_upn_may_stand_in_two_schools(gateway: Gateway) -> None:
    assert bring(gateway, HEAD + row(1) + row(1, school="9992002")).stage == LoadStage.READY


@pytest.mark.parametrize("content", ["", "\n\n", "<html>", HEAD, 'school,upn\n"'])
def test_what_is_no_register_is_told_so(gateway: Gateway, content: str) -> None:
    found = bring(gateway, content)
    assert found.stage == LoadStage.FAULTY
    assert found.faults


# -- loading ----------------------------------------------------------------------------------------------------------


def test_pupils_are_expected_once_they_are_loaded(gateway: Gateway) -> None:
    there = a_school_there(gateway, pupils=0)
    found = load(gateway, HEAD + row(1) + row(2, maths="B"))
    assert (found.stage, found.schools_done, found.loaded["new"]) == (LoadStage.LOADED, 1, 2)
    now = there.now()
    assert (now.expected, now.register_version) == (2, 1)
    assert now.registration_loaded_at is not None
    assert (pupil(1).maths, pupil(2).maths) == ("registered", "below")


def test_a_school_that_is_not_known_becomes_an_organisation_and_takes_part(gateway: Gateway) -> None:
    load(gateway, HEAD + row(1, school="9982003", name="New Primary School"))
    school = Organisation.objects.get(kind=OrganisationKind.SCHOOL)
    assert (school.name, school.number) == ("New Primary School", "9982003")
    made = GatewayReturn.objects.get(school=school)
    assert (made.authority_number, made.expected) == ("998", 1)


def test_loading_again_adds_and_changes_and_removes_nobody(gateway: Gateway) -> None:
    there = a_school_there(gateway, pupils=0)
    load(gateway, HEAD + row(1) + row(2))
    again = load(gateway, HEAD + row(2, surname="Corrected") + row(3))
    assert {name: again.loaded[name] for name in ("new", "changed", "same", "not_in_file")} == {
        "new": 1, "changed": 1, "same": 0, "not_in_file": 1
    }  # fmt: skip
    assert there.now().expected == 3
    assert pupil(2).surname == "Corrected"
    event = Event.objects.get(kind=Kind.EXPECTED_CHANGED)
    assert (event.target, event.data) == (pupil(2).key, {"how": "loaded", "fields": ["surname"]})


def test_what_the_school_has_changed_itself_stays(gateway: Gateway) -> None:
    there = a_school_there(gateway, pupils=0)
    load(gateway, HEAD + row(1))
    first = pupil(1)
    wanted = replace(registering.entry_of(first), surname="Own", maths="below")
    registering.change(there.now(), first.key, wanted, version=1, by=there.manager)
    again = load(gateway, HEAD + row(1, surname="Theirs", forename="Corrected"))
    assert (again.loaded["kept"], again.loaded["changed"]) == (1, 1)
    now = pupil(1)
    assert (now.surname, now.maths, now.forename) == ("Own", "below", "Corrected")


def test_a_pupil_whom_the_school_added_is_not_touched(gateway: Gateway) -> None:
    there = a_school_there(gateway, pupils=0)
    registering.add(there.now(), registering.Entry(upn(1), "", "Own", "Ada", None, "F"), by=there.manager)
    load(gateway, HEAD + row(1))
    assert pupil(1).surname == "Own"


def test_a_column_that_the_file_has_not_and_a_blank_wipe_nothing(gateway: Gateway) -> None:
    a_school_there(gateway, pupils=0)
    load(gateway, HEAD + row(1, maths="B", former_upn="X1"))
    load(gateway, "school,upn,surname,forename,dob,sex,former_upn\n" + f"9992001,{upn(1)},A,B,2015-03-09,,\n")
    now = pupil(1)
    assert (now.maths, now.sex, now.former_upn, now.surname) == ("below", "F", "X1", "A")


def test_a_child_with_a_new_upn_stays_one_child(gateway: Gateway) -> None:
    there = a_school_there(gateway, pupils=0)
    load(gateway, HEAD + row(1))
    load(gateway, HEAD + row(1, upn=upn(9)))
    assert there.now().expected == 1
    assert (pupil(9).former_upn, pupil(9).surname) == (upn(1), "Surname1")


def test_loading_the_same_again_changes_nothing(gateway: Gateway) -> None:
    there = a_school_there(gateway, pupils=0)
    load(gateway, HEAD + row(1) + row(2))
    version, events = there.now().register_version, Event.objects.filter(kind=Kind.EXPECTED_CHANGED).count()
    again = load(gateway, HEAD + row(1) + row(2))
    assert again.loaded["same"] == 2
    assert there.now().register_version == version
    assert Event.objects.filter(kind=Kind.EXPECTED_CHANGED).count() == events


def test_a_load_that_was_broken_off_goes_on_where_it_stopped(gateway: Gateway) -> None:
    text = HEAD + row(1) + row(2, school="9992002") + row(3, school="9992003")
    made = bring(gateway, text)
    RegistrationLoad.objects.update(stage=LoadStage.LOADING, schools_done=0, accepted_by=gateway.people[Role.OPERATOR])
    with loading.spool() as rows:
        columns = loading._lay_down(made, rows)
        load_school(made, "9992001", rows.of("9992001"), columns)
        load_school(made, "9992001", rows.of("9992001"), columns)
    assert RegistrationLoad.objects.get().schools_done == 1
    loading.carry_on(made)
    made.refresh_from_db()
    assert (made.stage, made.schools_done, made.loaded["new"]) == (LoadStage.LOADED, 3, 3)
    assert RegisteredPupil.objects.count() == 3


def test_a_worker_that_was_taken_for_dead_does_not_undo_what_came_after(
    gateway: Gateway, operator: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two workers read the same file; before the slower one ends, the other is done and somebody has loaded it."""
    made = bring(gateway, HEAD + row(1))
    RegistrationLoad.objects.update(stage=LoadStage.READING)
    reading = loading._plan

    def slowly(found: RegistrationLoad, *rest: object) -> None:
        reading(found, *rest)
        RegistrationLoad.objects.update(stage=LoadStage.READY)
        loading.accept(made, agency=gateway.agency, by=operator)

    monkeypatch.setattr(loading, "_plan", slowly)
    loading.read_load.call(made.key)
    made.refresh_from_db()
    assert (made.stage, made.schools_done, made.loaded["new"]) == (LoadStage.LOADED, 1, 1)


def test_nothing_of_the_pupils_lies_where_another_process_could_find_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A killed worker tidies nothing up: so there is never a file with a name."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("SQLITE_TMPDIR", str(tmp_path))
    with loading.spool() as rows:
        rows.rows.execute("CREATE TABLE large (text)")
        rows.rows.executemany("INSERT INTO large VALUES (?)", (("x" * 1000,) for _ in range(20_000)))
        assert not list(tmp_path.rglob("*"))


def test_a_file_is_loaded_once(gateway: Gateway, operator: Person) -> None:
    made = load(gateway, HEAD + row(1))
    with pytest.raises(NotAllowedNow, match="is loaded"):
        loading.accept(made, agency=gateway.agency, by=operator)


def test_practice_schools_stay_among_themselves(gateway: Gateway) -> None:
    practice = Organisation.objects.create(
        kind=OrganisationKind.SCHOOL, name="Practice", number="9992001", is_practice=True
    )
    load(gateway, HEAD + row(1, name="Real"))
    assert GatewayReturn.objects.get().school != practice


# -- the pages, and a made-up authority -------------------------------------------------------------------------------


def test_the_operator_loads_a_file_on_pages(gateway: Gateway, operator: Person) -> None:
    there = a_school_there(gateway, pupils=0)
    client = Client()
    client.force_login(operator)
    base = f"/agency/{gateway.agency.key}/{YEAR}/registration/"
    assert client.post(f"{base}load/", {}).status_code == 422
    sent = client.post(f"{base}load/", {"file": SimpleUploadedFile("country.csv", (HEAD + row(1)).encode())})
    page = sent.headers["Location"]
    assert "Load it" in client.get(page).content.decode()
    assert there.now().expected == 0
    client.post(f"{page}accept/")
    assert "Loaded on" in client.get(page).content.decode()
    assert there.now().expected == 1
    assert "country.csv" in client.get(base).content.decode()


def test_a_page_of_a_faulty_file_lists_its_faults(gateway: Gateway, operator: Person) -> None:
    client = Client()
    client.force_login(operator)
    made = bring(gateway, HEAD + row(1, dob="never"))
    page = client.get(f"/agency/{gateway.agency.key}/{YEAR}/registration/load/{made.key}/").content.decode()
    assert "Line 2: “never” is not a date of birth." in page
    assert "Nothing was loaded" in page


def test_a_made_up_authority_loads_as_it_was_made(gateway: Gateway, tmp_path_factory: pytest.TempPathFactory) -> None:
    out = tmp_path_factory.mktemp("made")
    made = simulate(out, schools=6, year=load_year(YEAR), seed=3)
    found = load(gateway, (out / "registration.csv").read_text("utf-8"))
    assert (found.stage, found.loaded["new"]) == (LoadStage.LOADED, RegisteredPupil.objects.count())
    assert GatewayReturn.objects.count() == json.loads((out / "manifest.json").read_text("utf-8"))["schools"] == 6
    assert sum(each.expected for each in GatewayReturn.objects.all()) >= made.pupils
