"""A register that comes in: what it would change, and what stays when it replaces the one that is loaded."""

import pytest
from django.test import Client

from keystage.returns.cohort import Verdict
from keystage.service.accounts.roles import Role
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Event
from keystage.service.school.models import Expected, Pupil, Signature
from keystage.service.school.services.pupils_deciding import decide
from service.made import MadeSchool, a_school, upn
from service.ready import fill, sign_everything
from service.school.pupil_pages import bring_in, csv, get, many, post, value_of

HEAD = ("upn", "surname", "forename", "dob", "sex", "reading", "maths", "gps", "status", "former_upn")
ADDRESS = "pupils/import/register/"


def row(serial: int, forename: str, *, maths: str = "", former: str = "") -> tuple[str, ...]:
    return (upn(serial), "Example", forename, f"2015-03-{serial:02}", "F", "", maths, "", "", former)


def load(client: Client, school: MadeSchool, *rows: tuple[str, ...], name: str = "register.csv") -> str:
    """Bring a register in, accept it, and return the page that showed what it would change."""
    address = bring_in(client, school, ADDRESS, csv(HEAD, *rows), name)
    page = get(client, school, address)
    post(client, school, address, {"seen": value_of(page, "seen")})
    return page


def test_the_first_register_is_loaded_whole(client: Client, db: None) -> None:
    school = a_school(register=False)
    page = load(client, school, row(1, "Ada"), row(2, "Ben", maths="below"), name="expected pupils.csv")
    assert "2 pupils would be added" in page
    assert [(each.forename, each.maths) for each in Expected.objects.order_by("pk")] == [
        ("Ada", "registered"),
        ("Ben", "below"),
    ]
    school.school_return.refresh_from_db()
    assert school.school_return.register_name == "expected pupils.csv"
    assert school.school_return.version == 1


def test_added_changed_and_dropped_are_shown_before_anything_changes(client: Client, school: MadeSchool) -> None:
    school.pupil("Ada", "Example"), school.pupil("Ben", "Example")
    address = bring_in(client, school, ADDRESS, csv(HEAD, row(1, "Ada", maths="below"), row(9, "Nia")))
    page = get(client, school, address)
    assert "Maths test: " in page
    assert "<bdi>registered</bdi></del>" in page
    assert "<ins><bdi>below</bdi></ins>" in page
    assert "1 pupil would be dropped from the register" in page
    assert set(Expected.objects.values_list("forename", flat=True)) == {"Ada", "Ben"}


def test_a_register_replaces_the_other_and_takes_nobody_off_the_roll(client: Client, school: MadeSchool) -> None:
    school.pupil("Ada", "Example"), school.pupil("Ben", "Example")
    load(client, school, row(1, "Ada", maths="below"), row(9, "Nia"))
    assert set(Expected.objects.values_list("forename", "maths")) == {("Ada", "below"), ("Nia", "registered")}
    assert Pupil.objects.filter(removed_at=None).count() == 2
    event = Event.objects.get(kind=Kind.REGISTER_LOADED)
    assert (event.data["added"], len(event.data["changed"]), len(event.data["dropped"])) == (1, 1, 1)


def test_decisions_stay_also_where_the_upn_has_changed(client: Client, school: MadeSchool) -> None:
    entry = Expected.objects.create(school_return=school.school_return, upn=upn(1), surname="Example", forename="Ona")
    person = school.people[Role.DATA_MANAGER]
    decide(school.school_return, entry.key, Verdict.NOT_OURS, "Never came.", by=person)
    load(client, school, row(5, "Ona", former=upn(1)))
    kept = Expected.objects.get()
    assert (kept.upn, kept.decision, kept.decision_reason, kept.decided_by) == (
        upn(5),
        "not ours",
        "Never came.",
        person,
    )
    assert kept.key == entry.key


def test_two_entries_may_change_their_upns_with_each_other(client: Client, school: MadeSchool) -> None:
    school.pupil("Ada", "Example"), school.pupil("Ben", "Example")
    load(client, school, (upn(2), *row(1, "Ada")[1:]), (upn(1), *row(2, "Ben")[1:]))
    assert set(Expected.objects.values_list("forename", "upn")) == {("Ada", upn(2)), ("Ben", upn(1))}


def test_a_register_is_only_replaced_as_it_was_seen(client: Client, school: MadeSchool) -> None:
    school.pupil("Ada", "Example")
    address = bring_in(client, school, ADDRESS, csv(HEAD, row(1, "Ada", maths="below")))
    seen = value_of(get(client, school, address), "seen")
    school.pupil("Ben", "Example")
    post(client, school, address, {"seen": seen})
    assert Expected.objects.count() == 2
    assert "The register was changed after this page was shown" in get(client, school, address)


def test_every_fault_of_a_register_is_listed_at_once(client: Client, school: MadeSchool) -> None:
    content = csv(HEAD, row(1, "Ada", maths="blow"), row(1, "Ben"))
    page = get(client, school, bring_in(client, school, ADDRESS, content), status=422)
    assert "The register has 2 things to put right." in page
    assert "“blow” is not a status for maths." in page
    assert f"The UPN {upn(1)} stands here again" in page
    assert not Expected.objects.exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'<?xml version="1.0"?><CTfile><Header/></CTfile>', "This looks like a Common Transfer File"),
        (
            csv(("UPN", "Surname", "Forename", "DOB", "Sex", "Class", "Year"), (upn(1), "A", "B", "", "F", "Oak", "6")),
            "This looks like a roll of pupils",
        ),
        (
            csv(("UPN", "Surname", "Forename", "Writing TA", "Science TA"), (upn(1), "A", "B", "EXS", "EXS")),
            "This looks like a sheet of teacher assessments",
        ),
    ],
)
def test_another_kind_of_file_is_named(client: Client, school: MadeSchool, content: bytes, words: str) -> None:
    assert words in get(client, school, bring_in(client, school, ADDRESS, content), status=422)


def test_a_list_without_statuses_says_what_that_means(client: Client, school: MadeSchool) -> None:
    content = csv(HEAD[:5], row(1, "Ada")[:5])
    assert "Everybody in it is taken to sit all of them." in get(
        client, school, bring_in(client, school, ADDRESS, content)
    )


def test_a_register_of_2000_is_shown_and_taken_over_with_few_queries(
    client: Client, school: MadeSchool, django_assert_max_num_queries: object
) -> None:
    many(school, 2000)
    rows = [(each.upn, "Example", each.forename, "", "F", "", "below", "", "", "") for each in Pupil.objects.all()]
    address = bring_in(client, school, ADDRESS, csv(HEAD, *rows))
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        page = client.get(address).content.decode()
    with django_assert_max_num_queries(60):  # type: ignore[operator]
        client.post(address, {"seen": value_of(page, "seen")})
    assert Expected.objects.filter(maths="below").count() == 2000


def test_a_class_of_whose_pupils_nothing_changes_stays_signed(client: Client, school: MadeSchool) -> None:
    fill(school)  # Ada and Bea in Oak, Cal in Elm
    sign_everything(school)
    names = (("Ada", "Example"), ("Bea", "Sample"), ("Cal", "Specimen"))
    rows = [
        (upn(at), surname, forename, f"2015-03-{at:02}", "F", "", "below" if forename == "Cal" else "", "", "", "")
        for at, (forename, surname) in enumerate(names, start=1)
    ]
    load(client, school, *rows)
    signed = Signature.objects.filter(voided_at=None).values_list("role", "class_name")
    assert list(signed) == [(Role.TEACHER, "Oak")]
