"""The file: what stands in its way, what is in it, and that it is what the gateway would take."""

from datetime import UTC, date, datetime

import pytest

import keystage
from keystage.checks.report import Verdict as Said
from keystage.ctf.reader import read
from keystage.returns.cohort import Verdict
from keystage.service.accounts.roles import Role
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Event
from keystage.service.school.models import Expected, Export, ExportSettings, Stage, StoredFile
from keystage.service.school.outgoing import last_sent, outgoing
from keystage.service.school.services import exports
from keystage.service.school.services.exports import Wanted, make_file
from keystage.service.school.services.files import content_of
from keystage.service.school.services.pupils_deciding import decide
from keystage.service.school.services.queries import answer
from keystage.service.school.services.returns import declare_nil, move
from keystage.service.school.services.sent import uploaded_by_hand
from service.made import MadeSchool, upn
from service.ready import (
    SCIENCE,
    WRITING,
    fill,
    judge,
    judged,
    make,
    records_of,
    sign_everything,
    sign_return,
    try_to_make,
)

WHY = "On the roll of another school since Easter."
MOMENT = datetime(2026, 6, 24, 13, 5, tzinfo=UTC)


@pytest.fixture(autouse=True)
def files_here(settings, tmp_path):
    settings.FILES_ROOT = tmp_path


def signed(school: MadeSchool) -> MadeSchool:
    fill(school)
    sign_everything(school)
    return school


def test_the_file_is_clean_as_keystage_checks_it(school, tmp_path):
    made = make(signed(school))
    path = tmp_path / made.file.name
    path.write_bytes(content_of(made.file))
    report = keystage.check_file(path, register=records_of(school).register)
    assert report.verdict is Said.CLEAN
    assert report.pupils == made.pupils == 3
    assert "C01" in report.ran


def test_it_is_named_by_school_destination_and_serial(school):
    made = make(signed(school))
    assert made.file.name == "9992001_KS2_NAALLLL_001.xml"
    assert make(school).file.name == "9992001_KS2_NAALLLL_002.xml"


def test_its_log_is_kept(school):
    made = make(signed(school))
    records = records_of(school)
    assert (made.fingerprint, made.version) == (records.fingerprint, records.school_return.version)
    event = Event.objects.get(kind=Kind.EXPORTED)
    assert event.target == made.key
    assert event.data["sha256"] == made.file.sha256


def test_the_same_return_at_the_same_moment_gives_the_same_bytes(school):
    signed(school)
    records = records_of(school)
    contents = [exports._content(outgoing(records), MOMENT) for _ in range(2)]
    assert contents[0] == contents[1]
    assert b"<DateTime>2026-06-24T14:05:00</DateTime>" in contents[0]  # London is an hour ahead in summer


def test_the_settings_of_the_school_are_in_it(school):
    ExportSettings.objects.create(organisation=school.organisation, include_former_upn=False)
    school.organisation.urn = "999123"
    school.organisation.save()
    fill(school)
    school.pupils["Ada"].former_upn = "X999200119001"
    school.pupils["Ada"].save()
    sign_everything(school)
    content = content_of(make(school).file)
    assert b"<URN>999123</URN>" in content
    assert b"<SchoolName>Quellbridge Primary School</SchoolName>" in content
    assert b"FormerUPN" not in content


def test_the_former_upn_goes_with_it_unless_it_is_switched_off(school):
    fill(school)
    school.pupils["Ada"].former_upn = "X999200119001"
    school.pupils["Ada"].save()
    sign_everything(school)
    assert b"<FormerUPN>X999200119001</FormerUPN>" in content_of(make(school).file)


def test_another_destination_is_named_in_file_and_name(school):
    ExportSettings.objects.create(organisation=school.organisation, destination="999LLLL")
    made = make(signed(school))
    assert made.file.name == "9992001_KS2_999LLLL_001.xml"
    destination = read(content_of(made.file)).header.destination
    assert (destination.lea, destination.estab) == ("999", "LLLL")


# -- what stands in the way ------------------------------------------------------------------------------------------


def test_without_the_headteachers_signature_there_is_no_file(school):
    fill(school)
    with pytest.raises(NotAllowedNow, match="The headteacher has not signed"):
        make(school)
    assert not StoredFile.objects.exists()


def test_a_change_after_signing_stands_in_the_way(school):
    signed(school)
    judge(school, "Ada", WRITING, "GDS")
    with pytest.raises(NotAllowedNow, match="1 change after it was signed"):
        make(school)


def test_a_refusal_stands_in_the_way(school):
    fill(school)
    sign_return(school, is_confirmed=False, words="Not moderated.")
    with pytest.raises(NotAllowedNow, match="Hilary Fry cannot confirm the return"):
        make(school)


def test_a_query_whose_answer_was_taken_back_stands_in_the_way(school):
    signed(school)
    Expected.objects.filter(upn=school.pupils["Ada"].upn).update(forename="Adah")  # C03, past the services
    with pytest.raises(NotAllowedNow, match="1 query to answer"):
        make(school)


def test_it_is_not_made_of_what_nobody_saw(school):
    signed(school)
    with pytest.raises(NotAllowedNow, match="changed while you were looking"):
        try_to_make(school, seen="0" * 64)


def test_of_two_who_make_a_file_at_once_the_second_is_told(school):
    signed(school)
    seen = records_of(school).fingerprint
    first, second = (Wanted(seen, 1, {}) for _ in range(2))
    by = school.people[Role.DATA_MANAGER]
    assert make_file(school.school_return, first, by=by).export
    with pytest.raises(NotAllowedNow, match="Another file was made"):
        make_file(school.school_return, second, by=by)
    assert [each.serial for each in Export.objects.all()] == [1]


def test_a_closed_year_gives_no_file(school):
    signed(school)
    move(school.school_return, Stage.CLOSED, by=None)
    with pytest.raises(NotAllowedNow, match="is closed"):
        make(school)


def test_a_nil_return_has_no_file(school):
    declare_nil(school.school_return, "No pupils in Year 6.", by=school.people[Role.DATA_MANAGER])
    sign_return(school)
    with pytest.raises(NotAllowedNow, match="nil return"):
        make(school)


def test_a_name_that_no_file_can_hold_is_said(school):
    fill(school)
    for each in (school.pupils["Ada"], Expected.objects.get(upn=school.pupils["Ada"].upn)):
        each.surname = "Ex\x01ample"
        each.save()
    sign_everything(school)
    with pytest.raises(NotAllowedNow, match="control character"):
        make(school)


def test_the_thousandth_file_is_not_made(school):
    made = make(signed(school))
    Export.objects.filter(pk=made.pk).update(serial=999)
    with pytest.raises(NotAllowedNow, match="999 files were made"):
        make(school)


# -- leaving somebody out --------------------------------------------------------------------------------------------


def an_extra(school: MadeSchool) -> str:
    """Put a pupil in the return who is on no register; the query about that is answered."""
    judged(school, "Dot", "Doubtful", expected=None, decision="report")
    for query in records_of(school).open_queries:
        answer(school.school_return, [query.hash], "Joined in May.", by=school.people[Role.DATA_MANAGER])
    return school.pupils["Dot"].key


def test_an_expected_pupil_cannot_be_left_out(school):
    signed(school)
    with pytest.raises(NotAllowedNow, match="Example, Ada is expected by the gateway"):
        make(school, left_out={school.pupils["Ada"].key: WHY})


def test_leaving_somebody_out_needs_a_reason_which_is_kept(school):
    fill(school)
    key = an_extra(school)
    sign_everything(school)
    with pytest.raises(NotAllowedNow, match="Say why Doubtful, Dot is left out"):
        make(school, left_out={key: " "})
    made = make(school, left_out={key: WHY})
    assert made.pupils == 3
    assert [(each["name"], each["reason"]) for each in made.left_out] == [("Doubtful, Dot", WHY)]
    assert b"Doubtful" not in content_of(made.file)


def test_without_a_register_nobody_is_expected_but_somebody_must_be_in_it(school):
    school.school_return.register_loaded_at = None
    school.school_return.save()
    fill(school)
    sign_everything(school)
    everybody = {pupil.key: WHY for pupil in school.pupils.values()}
    with pytest.raises(NotAllowedNow, match="Nobody would be in the file"):
        make(school, left_out=everybody)


def test_a_pupil_of_the_last_file_is_not_dropped_without_a_word(school):
    fill(school)
    key = an_extra(school)
    sign_everything(school)
    first = make(school)
    uploaded_by_hand(first, at=first.at, by=school.people[Role.DATA_MANAGER])
    with pytest.raises(NotAllowedNow, match=r"In the last file and not in this one: Doubtful, Dot\. Say why"):
        make(school, left_out={key: WHY})
    made = make(school, left_out={key: WHY}, dropped_note="Removed at the gateway too.")
    assert [(each["code"], each["note"]) for each in made.notes if each["code"] == "D01"] == [
        ("D01", "Removed at the gateway too.")
    ]


# -- the notes, and what is the program's own fault ------------------------------------------------------------------


def test_the_answers_to_queries_travel_with_it(school):
    fill(school)
    judge(school, "Ada", WRITING, "PK6")
    (query,) = records_of(school).open_queries
    answer(school.school_return, [query.hash], "She told it aloud.", by=school.people[Role.TEACHER])
    sign_everything(school)
    (note,) = make(school).notes
    assert (note["code"], note["name"], note["note"], note["by"]) == (
        *("J06", "Example, Ada", "She told it aloud.", "Tamsin Ash"),
    )
    assert note["message"] == query.finding.message


def test_a_file_that_is_not_as_it_should_be_is_kept_out_of_the_way(school, monkeypatch):
    signed(school)
    monkeypatch.setattr(exports, "to_bytes", lambda file: exports_bytes(file).replace(b"EXS", b"2B"))
    made = try_to_make(school)
    assert made.export is None
    assert {fault.code for fault in made.faults} == {"J03"}
    assert not Export.objects.exists()
    stored = StoredFile.objects.get()
    assert Event.objects.get(kind=Kind.EXPORT_FAULTY).target == stored.key
    monkeypatch.undo()
    assert make(school).serial == 1


exports_bytes = exports.to_bytes


def test_the_difference_is_taken_from_the_last_file_that_was_sent(school):
    signed(school)
    first = make(school)
    uploaded_by_hand(first, at=first.at, by=school.people[Role.DATA_MANAGER])
    judge(school, "Ada", SCIENCE, "HNM")
    sign_everything_again(school)
    second = make(school)
    assert last_sent(school.school_return, before=second) == first
    (change,) = outgoing(records_of(school)).changes.judgements
    assert (change.pupil.forename, change.before, change.after) == ("Ada", "EXS", "HNM")


def sign_everything_again(school: MadeSchool) -> None:
    from keystage.service.school.signatures import Signing
    from service.ready import sign_class

    for part in Signing.of(records_of(school)).unsigned_classes:
        sign_class(school, part.class_name)
    sign_return(school)


def test_two_leavers_who_are_not_on_the_roll_keep_the_note_that_was_written_on_each(school):
    fill(school)
    for serial, name in ((81, "Gone"), (82, "Moved")):
        entry = Expected.objects.create(
            school_return=school.school_return, upn=upn(serial), surname=name, forename="Lee", sex="F",
            birth_date=date(2015, 5, serial - 70), status="left",
        )  # fmt: skip
        decide(school.school_return, entry.key, Verdict.NOT_OURS, WHY, by=school.people[Role.DATA_MANAGER])
    teacher = school.people[Role.TEACHER]
    for query in records_of(school).open_queries:
        answer(school.school_return, [query.hash], f"About {query.finding.pupil}.", by=teacher)
    sign_everything(school)
    notes = {each["name"]: each["note"] for each in make(school).notes}
    assert notes == {"Gone, Lee": "About Gone, Lee.", "Moved, Lee": "About Moved, Lee."}
