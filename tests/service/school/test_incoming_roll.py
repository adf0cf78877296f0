"""A roll that comes in: what it would change, and what is accepted."""

from datetime import date
from hashlib import sha256

import pytest
from django.test import Client

from keystage.returns.roll import Roll, RollPupil
from keystage.service.accounts.roles import Role
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Event
from keystage.service.school.models import Incoming, Pupil, Stage, StoredFile
from keystage.service.school.services import pupils
from keystage.service.school.services.incoming_roll_plan import FieldChange, RollPlan, What, plan_roll
from keystage.service.school.services.returns import move
from service.made import MadeSchool, upn
from service.school.pupil_pages import bring_in, csv, get, many, post, value_of

HEAD = ("UPN", "Surname", "Forename", "DOB", "Sex", "Class", "Year")


def theirs(serial: int, forename: str, surname: str = "Example", **fields: object) -> RollPupil:
    """A pupil in the file, as :meth:`MadeSchool.pupil` makes them unless said otherwise."""
    given = {"upn": upn(serial), "birth_date": date(2015, 3, serial), "class_name": "Oak", "year_group": "6", **fields}
    return RollPupil(surname=surname, forename=forename, sex="F", **given)  # type: ignore[arg-type]


def plan(*roll: RollPupil, absent: tuple[str, ...] = ()) -> RollPlan:
    return plan_roll(Roll(roll, absent=absent), list(Pupil.objects.order_by("pk")))


def row(pupil: RollPupil) -> tuple[str, ...]:
    born = pupil.birth_date.isoformat() if pupil.birth_date else ""
    return (pupil.upn, pupil.surname, pupil.forename, born, pupil.sex, pupil.class_name, pupil.year_group)


def test_everybody_is_new_the_same_changed_or_not_in_the_file(school: MadeSchool) -> None:
    school.pupil("Ada", "Example"), school.pupil("Ben", "Example"), school.pupil("Cyd", "Example")
    found = plan(theirs(1, "Ada"), theirs(2, "Ben", class_name="Elm"), theirs(9, "Nia", "New"))
    assert [line.what for line in found.lines] == [What.SAME, What.CHANGED, What.NEW]
    assert found.lines[1].changes == (FieldChange("class_name", "Oak", "Elm"),)
    assert [pupil.forename for pupil in found.not_in_file] == ["Cyd"]


def test_a_blank_in_the_file_wipes_nothing_out_and_is_said(school: MadeSchool) -> None:
    school.pupil("Ada", "Example", left=date(2026, 3, 20))
    (line,) = plan(theirs(1, "Ada", class_name="")).lines
    assert (line.what, line.changes) == (What.SAME, ())
    assert [each.field for each in line.kept] == ["class_name", "left"]


def test_what_the_file_says_of_nobody_is_not_said_of_each(school: MadeSchool) -> None:
    school.pupil("Ada", "Example", left=date(2026, 3, 20))
    (line,) = plan(theirs(1, "Ada"), absent=("the date of leaving",)).lines
    assert line.kept == ()


def test_a_former_upn_in_the_file_matches_and_brings_the_new_one(school: MadeSchool) -> None:
    school.pupil("Ada", "Example")
    (line,) = plan(theirs(8, "Ada", former_upn=upn(1), birth_date=date(2015, 3, 1))).lines
    assert line.what is What.CHANGED
    assert line.changes[0] == FieldChange("upn", upn(1), upn(8))


def test_an_old_upn_in_the_file_does_not_bring_the_old_one_back(school: MadeSchool) -> None:
    school.pupil("Ada", "Example", upn=upn(8), former_upn=upn(1))
    (line,) = plan(theirs(1, "Ada")).lines
    assert line.what is What.SAME
    assert line.why == f"The file has the former UPN {upn(1)}; the UPN {upn(8)} is kept."


def test_name_and_birth_date_alone_are_asked_about_and_never_taken_as_sure(school: MadeSchool) -> None:
    school.pupil("Ada", "Example")
    found = plan(theirs(8, "ADA", birth_date=date(2015, 3, 1)))
    (line,) = found.lines
    assert line.what is What.ASK
    assert found.sure == ()
    assert line.likeness is not None
    assert line.likeness.evidence == ("same name", "same date of birth")


def test_a_name_that_is_nearly_the_same_is_asked_about_where_the_birth_date_agrees(school: MadeSchool) -> None:
    school.pupil("Ada", "Chaudhry")
    assert plan(theirs(8, "Ada", "Chaudhri", birth_date=date(2015, 3, 1))).lines[0].what is What.ASK


def test_nobody_is_proposed_on_a_name_alone(school: MadeSchool) -> None:
    school.pupil("Ada", "Example")
    assert plan(theirs(8, "Ada", birth_date=date(2015, 8, 8))).lines[0].what is What.NEW


def test_a_upn_that_stands_twice_in_the_file_is_held_back(school: MadeSchool) -> None:
    school.pupil("Ada", "Example")
    found = plan(theirs(5, "Nia", "New"), theirs(5, "Noa", "Other"))
    assert [line.what for line in found.lines] == [What.HELD, What.HELD]
    assert "stands 2 times in the file" in found.lines[0].why


def test_one_who_was_taken_off_is_asked_about(school: MadeSchool) -> None:
    ada = school.pupil("Ada", "Example")
    pupils.remove(school.school_return, ada.key, "By mistake.", by=school.people[Role.DATA_MANAGER])
    assert plan(theirs(1, "Ada")).lines[0].what is What.BACK


# -- through the pages -----------------------------------------------------------------------------------------------


def test_a_roll_is_kept_shown_and_taken_over_with_its_hash_in_the_record(client: Client, school: MadeSchool) -> None:
    content = csv(HEAD, row(theirs(1, "Ada")), row(theirs(2, "Ben")))
    address = bring_in(client, school, "pupils/import/roll/", content, "roll.csv")
    assert not Pupil.objects.exists()
    assert StoredFile.objects.get().sha256 == sha256(content).hexdigest()
    seen = value_of(get(client, school, address), "seen")
    post(client, school, address, {"seen": seen, "accept": "everything"})
    assert set(Pupil.objects.values_list("forename", flat=True)) == {"Ada", "Ben"}
    event = Event.objects.get(kind=Kind.ROLL_LOADED)
    assert (event.data["added"], event.data["sha256"]) == (2, sha256(content).hexdigest())
    assert Incoming.objects.get().accepted_at is not None
    school.school_return.refresh_from_db()
    assert school.school_return.roll_loaded_at is not None


def test_loading_the_same_file_again_makes_nobody_twice(client: Client, school: MadeSchool) -> None:
    content = csv(HEAD, row(theirs(1, "Ada")), row(theirs(2, "Ben")))
    for _ in range(2):
        address = bring_in(client, school, "pupils/import/roll/", content)
        page = get(client, school, address)
        if 'name="seen"' in page:
            post(client, school, address, {"seen": value_of(page, "seen"), "accept": "everything"})
    assert "There is nothing to accept." in page
    assert Pupil.objects.count() == 2


def test_only_what_is_ticked_is_taken_over(client: Client, school: MadeSchool) -> None:
    address = bring_in(client, school, "pupils/import/roll/", csv(HEAD, row(theirs(1, "Ada")), row(theirs(2, "Ben"))))
    post(client, school, address, {"take": ["2::0"], "accept": "chosen"})
    assert Pupil.objects.get().forename == "Ben"


def test_an_answer_says_whether_it_is_the_same_child(client: Client, school: MadeSchool) -> None:
    ada, ben = school.pupil("Ada", "Example"), school.pupil("Ben", "Example")
    rows = (
        row(theirs(8, "Ada", birth_date=date(2015, 3, 1))),
        row(theirs(9, "Ben", birth_date=date(2015, 3, 2))),
    )
    address = bring_in(client, school, "pupils/import/roll/", csv(HEAD, *rows))
    answers = {"ask-1": f"1:{ada.key}:1|same", "ask-2": f"2:{ben.key}:1|new"}
    post(client, school, address, {"accept": "chosen", **answers})
    ada.refresh_from_db()
    assert ada.upn == upn(8)
    assert Pupil.objects.filter(forename="Ben").count() == 2


def test_what_somebody_else_changed_meanwhile_is_passed_over_and_named(client: Client, school: MadeSchool) -> None:
    ada = school.pupil("Ada", "Example")
    address = bring_in(client, school, "pupils/import/roll/", csv(HEAD, row(theirs(1, "Ada", class_name="Elm"))))
    Pupil.objects.filter(pk=ada.pk).update(class_name="Ash", version=2)
    post(client, school, address, {"take": [f"1:{ada.key}:1"], "accept": "chosen"})
    ada.refresh_from_db()
    assert ada.class_name == "Ash"
    assert "not accepted: Example, Ada." in get(client, school, address)


def test_everything_is_only_taken_as_it_was_seen(client: Client, school: MadeSchool) -> None:
    school.pupil("Ada", "Example")
    address = bring_in(client, school, "pupils/import/roll/", csv(HEAD, row(theirs(1, "Ada", class_name="Elm"))))
    seen = value_of(get(client, school, address), "seen")
    Pupil.objects.update(class_name="Ash", version=2)
    post(client, school, address, {"seen": seen, "accept": "everything"})
    assert Pupil.objects.get().class_name == "Ash"
    assert "The roll was changed after this page was shown" in get(client, school, address)


def test_a_file_of_another_school_needs_a_word(client: Client, school: MadeSchool) -> None:
    content = csv((*HEAD, "LEA", "ESTAB"), (*row(theirs(1, "Ada")), "999", "2002"))
    address = bring_in(client, school, "pupils/import/roll/", content)
    page = get(client, school, address)
    assert "The file says that it is of the school 9992002. This school is 9992001." in page
    form = {"seen": value_of(page, "seen"), "accept": "everything"}
    post(client, school, address, {**form, "other_school": "no"})
    assert not Pupil.objects.exists()
    post(client, school, address, {**form, "other_school": "yes"})
    assert Pupil.objects.count() == 1


def test_a_formula_in_a_name_is_kept_and_shown_as_text(client: Client, school: MadeSchool) -> None:
    content = csv(HEAD, row(theirs(1, "Ada", '=HYPERLINK("http://x","<b>y</b>")')))
    address = bring_in(client, school, "pupils/import/roll/", content)
    page = get(client, school, address)
    assert "=HYPERLINK(&#34;http://x&#34;,&#34;&lt;b&gt;y&lt;/b&gt;&#34;), Ada" in page
    post(client, school, address, {"seen": value_of(page, "seen"), "accept": "everything"})
    assert Pupil.objects.get().surname == '=HYPERLINK("http://x","<b>y</b>")'


def test_headings_that_are_not_needed_are_named(client: Client, school: MadeSchool) -> None:
    content = csv((*HEAD, "SEN need"), (*row(theirs(1, "Ada")), "K"))
    assert "“<bdi>SEN need</bdi>”" in get(client, school, bring_in(client, school, "pupils/import/roll/", content))


REGISTER = csv(
    ("upn", "surname", "forename", "dob", "sex", "reading", "maths", "gps", "status"),
    (upn(1), "A", "B", "", "F", "B", "", "", ""),
)
RESULTS = csv(
    ("UPN", "SURNAME", "FORENAME", "DOB", "SEX", "READMRK", "READSCORE"), (upn(1), "A", "B", "", "F", "30", "104")
)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\x89PNG\r\n\x1a\n rubbish", "Nothing was changed. The file is kept."),
        (csv(("UPN", "Class"), (upn(1), "Oak")), "The list has no columns “Surname”, “Forename”, “Date of birth”."),
        (csv(HEAD), "no pupil below them"),
        (REGISTER, "This looks like the register of expected pupils, not like the roll of the school."),
        (RESULTS, "This looks like a list of test results, not like the roll of the school."),
        (b"<CTfile><broken", "Nothing was changed. The file is kept."),
        (b"PK\x03\x04 not a workbook", "Nothing was changed. The file is kept."),
    ],
)
def test_a_file_that_is_no_roll_is_refused_in_words_and_kept(
    client: Client, school: MadeSchool, content: bytes, words: str
) -> None:
    address = bring_in(client, school, "pupils/import/roll/", content, "file.csv")
    page = get(client, school, address, status=422)
    assert words in page
    assert "Bring in another file" in page
    assert StoredFile.objects.get().size == len(content)


def test_no_file_and_an_empty_file_are_said(client: Client, school: MadeSchool) -> None:
    assert b"Choose a file" in post(client, school, "pupils/import/roll/", {}, status=200).content
    assert not Incoming.objects.exists()


def test_a_file_that_is_far_too_large_is_refused_before_it_is_read(client: Client, school: MadeSchool) -> None:
    client.force_login(school.people[Role.DATA_MANAGER])
    for path in ("roll/", "register/", ""):
        response = client.generic(
            "POST",
            f"{school.base}pupils/import/{path}",
            b"",
            "multipart/form-data; boundary=x",
            CONTENT_LENGTH="100200000",
        )
        assert response.status_code == 413
        assert "The file is too large" in response.content.decode()


def test_a_stranger_to_the_page_cannot_send_a_file_from_elsewhere(school: MadeSchool) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(school.people[Role.DATA_MANAGER])
    assert strict.post(f"{school.base}pupils/import/roll/", {"file": ""}).status_code == 403


def test_no_file_is_taken_in_a_closed_year(client: Client, school: MadeSchool) -> None:
    address = bring_in(client, school, "pupils/import/roll/", csv(HEAD, row(theirs(1, "Ada"))))
    seen = value_of(get(client, school, address), "seen")
    move(school.school_return, Stage.CLOSED, by=school.people[Role.DATA_MANAGER])
    post(client, school, address, {"seen": seen, "accept": "everything"})
    assert not Pupil.objects.exists()
    assert "Accept" not in get(client, school, address).partition("<form method")[2].partition("</table>")[2]


def test_a_large_file_is_shown_and_taken_over_with_few_queries(
    client: Client, school: MadeSchool, django_assert_max_num_queries: object
) -> None:
    many(school, 1000)
    pupils_ = Pupil.objects.order_by("pk")
    rows = [(each.upn, each.surname, each.forename, str(each.birth_date), "F", "Elm", "6") for each in pupils_]
    rows += [(f"X99920012{n:04}", f"New{n}", "Child", "2015-01-01", "F", "Ash", "6") for n in range(1000)]
    address = bring_in(client, school, "pupils/import/roll/", csv(HEAD, *rows))
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        page = client.get(address).content.decode()
    with django_assert_max_num_queries(100):  # type: ignore[operator]
        client.post(address, {"seen": value_of(page, "seen"), "accept": "everything"})
    assert Pupil.objects.filter(class_name="Elm").count() == 1000
    assert Pupil.objects.count() == 2000


def test_bringing_a_file_in_is_recorded_with_its_hash_and_without_what_is_in_it(
    client: Client, school: MadeSchool
) -> None:
    bring_in(client, school, "pupils/import/roll/", b"UPN,Surname,Forename,DOB\n", name="roll.csv")
    event = Event.objects.get(kind=Kind.FILE_BROUGHT_IN)
    assert event.data == {"name": "roll.csv", "sha256": sha256(b"UPN,Surname,Forename,DOB\n").hexdigest()}
