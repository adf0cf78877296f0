"""Judgements from other software: what is new, what differs, what cannot be taken, and what a person chose."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from django.test import Client

from keystage.ctf.from_return import from_return
from keystage.ctf.writer import to_bytes
from keystage.returns.judgement import judgement
from keystage.returns.value import Pupil as ReturnPupil
from keystage.returns.value import Return
from keystage.service.accounts.roles import Role
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Event
from keystage.service.school.models import Judgement, Stage
from keystage.service.school.records import Records
from keystage.service.school.services.judgements import Change, save
from keystage.service.school.services.returns import move
from keystage.sheets.marksheet import Marksheet, MarksheetLine, write_marksheet
from keystage.years import load
from keystage.years.subjects import Subject
from service.made import MadeSchool, upn
from service.school.pupil_pages import bring_in, csv, get, many, post, value_of

HEAD = ("UPN", "Surname", "Forename", "Date of birth", "Sex", "Reading TA", "Writing TA", "Maths TA", "Science TA")
ADDRESS = "pupils/import/"


def row(serial: int, forename: str, *codes: str, surname: str = "Example", number: str = "") -> tuple[str, ...]:
    return (number or upn(serial), surname, forename, f"2015-03-{serial:02}", "F", *codes)


def codes(school: MadeSchool, forename: str) -> dict[str, str]:
    found = Judgement.objects.filter(pupil=school.pupils[forename])
    return {each.subject: each.code for each in found if each.code}


def typed(school: MadeSchool, forename: str, subject: Subject, code: str, version: int = 0) -> None:
    change = Change(school.pupils[forename].key, subject, code, version)
    assert save(school.school_return, [change], by=school.people[Role.TEACHER]).saved


def test_what_is_new_is_taken_over_at_once_and_the_history_names_the_file(client: Client, school: MadeSchool) -> None:
    ada = school.pupil("Ada", "Example")
    address = bring_in(client, school, ADDRESS, csv(HEAD, row(1, "Ada", "", "EXS", "", "HNM")), "tracker.csv")
    page = get(client, school, address)
    assert "2 judgements are new" in page
    assert codes(school, "Ada") == {}
    post(client, school, address, {"seen": value_of(page, "seen"), "accept": "everything"})
    assert codes(school, "Ada") == {"writing": "EXS", "science": "HNM"}
    event = Event.objects.get(kind=Kind.JUDGEMENT_CHANGED, part="writing")
    assert (event.target, event.data["how"], event.data["to"]) == (ada.key, "imported", "EXS")
    assert event.data["file"] == Event.objects.get(kind=Kind.JUDGEMENTS_IMPORTED).data["file"]
    assert "Changed writing from nothing to EXS from a file" in get(client, school, f"pupils/{ada.key}/")


def test_what_differs_stays_unless_it_is_ticked(client: Client, school: MadeSchool) -> None:
    ada = school.pupil("Ada", "Example")
    typed(school, "Ada", Subject.WRITING, "EXS")
    address = bring_in(client, school, ADDRESS, csv(HEAD, row(1, "Ada", "", "GDS", "", "EXS")))
    page = get(client, school, address)
    assert "1 judgement differs from what is here" in page
    post(client, school, address, {"seen": value_of(page, "seen"), "accept": "everything"})
    assert codes(school, "Ada") == {"writing": "EXS", "science": "EXS"}
    post(client, school, address, {"take": f"{ada.key}:writing:GDS:1", "accept": "chosen"})
    assert codes(school, "Ada") == {"writing": "GDS", "science": "EXS"}


def test_a_code_is_never_taken_that_the_file_does_not_have(client: Client, school: MadeSchool) -> None:
    ada = school.pupil("Ada", "Example")
    address = bring_in(client, school, ADDRESS, csv(HEAD, row(1, "Ada", "", "EXS", "", "")))
    post(client, school, address, {"take": f"{ada.key}:writing:GDS:0", "accept": "chosen"})
    assert codes(school, "Ada") == {}


def test_a_cell_that_changed_meanwhile_is_not_overwritten(client: Client, school: MadeSchool) -> None:
    ada = school.pupil("Ada", "Example")
    address = bring_in(client, school, ADDRESS, csv(HEAD, row(1, "Ada", "", "EXS", "", "")))
    page = get(client, school, address)
    typed(school, "Ada", Subject.WRITING, "WTS")
    post(client, school, address, {"take": f"{ada.key}:writing:EXS:0", "accept": "chosen"})
    assert codes(school, "Ada") == {"writing": "WTS"}
    assert "1 judgement was not accepted" in get(client, school, address)
    post(client, school, address, {"seen": value_of(page, "seen"), "accept": "everything"})
    assert codes(school, "Ada") == {"writing": "WTS"}


def test_what_cannot_be_taken_over_says_why_and_what_is_allowed(client: Client, school: MadeSchool) -> None:
    school.pupil("Ada", "Example")
    address = bring_in(client, school, ADDRESS, csv(HEAD, row(1, "Ada", "PK6", "", "", "GDS")))
    page = get(client, school, address)
    assert "“GDS” is no code for science. Allowed: EXS, HNM, A, L, F, P." in page
    assert "No judgement is wanted here. The pupil sits the test" in page
    assert "There is nothing to accept." in page


def test_a_blank_cell_of_the_file_takes_nothing_out(client: Client, school: MadeSchool) -> None:
    school.pupil("Ada", "Example"), school.pupil("Ben", "Example")
    typed(school, "Ada", Subject.WRITING, "EXS")
    rows = (row(1, "Ada", "", "", "", ""), row(2, "Ben", "", "WTS", "", ""))
    address = bring_in(client, school, ADDRESS, csv(HEAD, *rows))
    post(client, school, address, {"seen": value_of(get(client, school, address), "seen"), "accept": "everything"})
    assert codes(school, "Ada") == {"writing": "EXS"}


def test_nobody_is_matched_on_a_name_alone(client: Client, school: MadeSchool) -> None:
    school.pupil("Ada", "Example")
    other = ("B999200110098", "Example", "Ada", "2014-12-24", "F", "", "EXS", "", "")
    page = get(client, school, bring_in(client, school, ADDRESS, csv(HEAD, other)))
    assert "nobody is matched on a name alone" in page
    assert "The same child" not in page


def test_a_likely_pupil_is_proposed_with_evidence_and_a_person_confirms(client: Client, school: MadeSchool) -> None:
    dot = school.pupil("Dot", "Dąbrowska")
    content = csv(HEAD, row(1, "Dot", "", "EXS", "", "", surname="Dabrovska", number="B999200110098"))
    address = bring_in(client, school, ADDRESS, content)
    page = get(client, school, address)
    assert "Perhaps <strong><bdi>Dąbrowska, Dot</bdi></strong>" in page
    assert "same date of birth" in page
    assert "Accept the new one" not in page
    confirmed = f"{address}?same=1:{dot.key}"
    page = get(client, school, confirmed)
    post(client, school, confirmed, {"seen": value_of(page, "seen"), "accept": "everything"})
    assert codes(school, "Dot") == {"writing": "EXS"}
    assert Event.objects.get(kind=Kind.JUDGEMENTS_IMPORTED).data["confirmed"] == [dot.key]


def test_a_confirmation_of_a_pupil_of_another_school_confirms_nothing(client: Client, school: MadeSchool) -> None:
    school.pupil("Ada", "Example")
    content = csv(HEAD, row(1, "Dot", "", "EXS", "", "", surname="Other", number="B999200110098"))
    address = bring_in(client, school, ADDRESS, content)
    for wrong in ("1:nosuchkey123", "99:x", "x:y", "٣:x", ""):
        assert "1 pupil in the file is not known here" in get(client, school, f"{address}?same={wrong}")


def test_a_pupil_who_is_not_in_the_return_is_said_to_be_on_the_roll(client: Client, school: MadeSchool) -> None:
    school.pupil("Jan", "Five", year_group="5", expected=None)
    content = csv(HEAD, row(1, "Jan", "", "EXS", "", "", surname="Five"))
    page = get(client, school, bring_in(client, school, ADDRESS, content))
    assert "On the roll here, but not in the return (not ours)." in page


def as_ctf(pupil: ReturnPupil, school: str = "9992001") -> bytes:
    return to_bytes(from_return(Return(school, 2026, (pupil,)), load(2026), made=datetime(2026, 6, 1, tzinfo=UTC)))


def test_a_ctf_is_read_too_and_one_of_another_school_is_named(client: Client, school: MadeSchool) -> None:
    school.pupil("Ada", "Example")
    born = date(2015, 3, 1)
    pupil = ReturnPupil(upn(1), "Example", "Ada", born, str(born), "F", "", (judgement(Subject.WRITING, "EXS"),))
    page = get(client, school, bring_in(client, school, ADDRESS, as_ctf(pupil), "9992001_KS2_9992001_001.xml"))
    assert "1 judgement is new" in page
    assert "names the school" not in page
    page = get(client, school, bring_in(client, school, ADDRESS, as_ctf(pupil, "9992002"), "other.xml"))
    assert "The file names the school 9992002. This school is 9992001." in page


def test_a_ctf_without_teacher_assessments_is_refused(client: Client, school: MadeSchool) -> None:
    pupil = ReturnPupil(upn(1), "Example", "Ada", date(2015, 3, 1), "2015-03-01", "F")
    page = get(client, school, bring_in(client, school, ADDRESS, as_ctf(pupil), "file.xml"), status=422)
    assert "without any teacher assessment of key stage 2" in page


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (
            csv(
                ("upn", "surname", "forename", "dob", "sex", "reading", "maths", "gps"),
                (upn(1), "A", "B", "", "F", "B", "", ""),
            ),
            "This looks like the register of expected pupils, not like teacher assessments.",
        ),
        (
            csv(("UPN", "Surname", "Forename", "Class"), (upn(1), "A", "B", "Oak")),
            "No column of the sheet has a heading of a subject",
        ),
        (csv(("Surname", "Forename", "Writing TA"), ("A", "B", "EXS")), "neither a column UPN nor surname"),
        (csv(HEAD), "no pupil below them"),
        (b"\x00\x01\x02\x03", "Nothing was changed. The file is kept."),
    ],
)
def test_a_file_without_judgements_is_refused_in_words(
    client: Client, school: MadeSchool, content: bytes, words: str
) -> None:
    page = get(client, school, bring_in(client, school, ADDRESS, content), status=422)
    assert words in page


def a_marksheet(school: MadeSchool, filled: str = "") -> bytes:
    """Return the school's marksheet as a workbook, with writing filled in for everybody."""
    records = Records.of(school.school_return)
    given = (judgement(Subject.WRITING, filled),) if filled else ()
    lines = tuple(
        MarksheetLine(pupil._replace(judgements=given), line.pupil.class_name)
        for pupil, line in zip(records.return_.pupils, records.lines, strict=True)
    )
    version = str(school.school_return.version)
    sink = BytesIO()
    write_marksheet(Marksheet(records.year, lines, "9992001", "", records.fingerprint, version), sink)
    return sink.getvalue()


def test_our_own_marksheet_comes_back_filled(client: Client, school: MadeSchool) -> None:
    school.pupil("Ada", "Example"), school.pupil("Ben", "Example")
    address = bring_in(client, school, ADDRESS, a_marksheet(school, "EXS"), "marksheet.xlsx")
    page = get(client, school, address)
    assert "2 judgements are new" in page
    assert "This marksheet was made from" not in page
    post(client, school, address, {"seen": value_of(page, "seen"), "accept": "everything"})
    assert codes(school, "Ben") == {"writing": "EXS"}


def test_a_marksheet_of_an_older_version_says_so(client: Client, school: MadeSchool) -> None:
    school.pupil("Ada", "Example")
    content = a_marksheet(school, "EXS")
    typed(school, "Ada", Subject.SCIENCE, "HNM")
    school.school_return.refresh_from_db()
    page = get(client, school, bring_in(client, school, ADDRESS, content, "marksheet.xlsx"))
    assert "made from version 0 of the return, which is now version 1" in page


def test_nothing_is_imported_in_a_closed_year_and_only_by_those_who_may(client: Client, school: MadeSchool) -> None:
    school.pupil("Ada", "Example")
    address = bring_in(client, school, ADDRESS, csv(HEAD, row(1, "Ada", "", "EXS", "", "")))
    seen = value_of(get(client, school, address), "seen")
    get(client, school, address, role=Role.TEACHER, status=403)
    move(school.school_return, Stage.CLOSED, by=school.people[Role.DATA_MANAGER])
    post(client, school, address, {"seen": seen, "accept": "everything"})
    assert codes(school, "Ada") == {}


def test_a_file_of_240_pupils_is_shown_and_taken_over_with_few_queries(
    client: Client, school: MadeSchool, django_assert_max_num_queries: object
) -> None:
    many(school, 240)
    rows = [(upn(n), "Example", f"Pupil{n}", "", "F", "", "EXS", "", "EXS") for n in range(1, 241)]
    address = bring_in(client, school, ADDRESS, csv(HEAD, *rows))
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        page = client.get(address).content.decode()
    with django_assert_max_num_queries(40):  # type: ignore[operator]
        client.post(address, {"seen": value_of(page, "seen"), "accept": "everything"})
    assert Judgement.objects.filter(code="EXS").count() == 480
