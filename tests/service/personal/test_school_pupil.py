"""Everything that a school holds about a pupil can be given out and erased, and nothing of anybody else."""

import json

import pytest

from keystage.service.accounts.roles import Role
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Erasure, Event
from keystage.service.files.store import get
from keystage.service.personal import doomed, erasing
from keystage.service.personal.erased_list import hash_of, read_list
from keystage.service.personal.holds import end_hold, set_hold
from keystage.service.personal.kept import name_of
from keystage.service.personal.models import Doomed
from keystage.service.school.models import Export, IssuedReport, Pupil, Signature, StoredFile
from keystage.service.school.personal.entries import ENTRIES
from keystage.service.school.personal.finding import subject_of
from keystage.service.school.services.personal import copy_for, erase_pupil, preview
from keystage.service.school.services.returns import open_year
from service.made import MadeSchool, upn
from service.personal.everything import everything_said, unpacked

ADA, BEA = upn(1), upn(2)


def erase(school: MadeSchool, forename: str = "Ada") -> Erasure:
    return erase_pupil(school.pupils[forename], "Asked for in writing", by=school.people[Role.HEAD])


def test_the_copy_holds_every_model_in_which_something_is_kept_of_a_pupil(closed: MadeSchool) -> None:
    data = json.loads(unpacked(copy_for(closed.pupils["Ada"], by=None))["data.json"])
    of_pupils = {name_of(entry.model) for entry in ENTRIES if entry.rows}
    # Reports given out, and what is in files of many, are files of the copy; nobody was left out of the file made.
    assert set(data["held"]) >= of_pupils - {"school.StoredFile"}
    assert "school.Signature" in data["held"]
    assert [each["file"] for each in data["files_with_others"]] == ["roll.csv", Export.objects.get().file.name]
    assert len(data["files"]) == 1
    assert any("from nothing to EXS" in line for line in data["record"])


def test_the_copy_holds_nothing_of_another_pupil(closed: MadeSchool) -> None:
    for name, content in unpacked(copy_for(closed.pupils["Ada"], by=None)).items():
        if not name.endswith(".pdf"):
            text = content.decode()
            assert "Example" in text
            for another in (BEA, "Sample", "Bea", "Specimen", closed.pupils["Bea"].key):
                assert another not in text, name


def test_what_also_names_another_pupil_is_left_out_of_the_copy_and_counted(closed: MadeSchool) -> None:
    Export.objects.update(notes=[{"text": "Ada Example sat beside Bea Sample"}, {"text": "Ada Example moved"}])
    data = json.loads(unpacked(copy_for(closed.pupils["Ada"], by=None))["data.json"])
    assert data["held"]["school.Export"] == [{"notes": {"text": "Ada Example moved"}}]
    assert data["withheld_because_it_names_somebody_else"] == 1


def test_that_a_copy_was_taken_is_on_record(closed: MadeSchool) -> None:
    copy_for(closed.pupils["Ada"], by=closed.people[Role.HEAD])
    event = Event.objects.get(kind=Kind.PUPIL_COPIED)
    assert (event.target, event.person) == (closed.pupils["Ada"].key, closed.people[Role.HEAD])


def test_an_erased_pupil_is_nowhere_and_the_others_are_where_they_were(closed: MadeSchool) -> None:
    erase(closed)
    doomed.take_away(grace=doomed.timedelta(0))
    said = everything_said()
    assert ADA not in said
    assert "Example" not in said
    assert said.count(BEA) > 5
    assert IssuedReport.objects.count() == 2
    assert len(Signature.objects.get(role=Role.HEAD).content["pupils"]) == 2


def test_the_record_keeps_that_something_was_done_and_not_what(closed: MadeSchool) -> None:
    ada = closed.pupils["Ada"].key
    before = Event.objects.filter(target=ada).count()
    erasure = erase(closed)
    left = Event.objects.filter(target=ada)
    assert left.count() == before
    judged = left.filter(kind=Kind.JUDGEMENT_CHANGED).first()
    assert judged is not None
    assert judged.data.keys() <= {"how", "erased"}
    assert judged.data["erased"] == erasure.key
    untouched = Event.objects.filter(target=closed.pupils["Bea"].key, kind=Kind.JUDGEMENT_CHANGED).first()
    assert untouched is not None
    assert untouched.data["to"] == "EXS"


def test_no_judgement_of_anybody_else_is_altered(closed: MadeSchool) -> None:
    bea = closed.pupils["Bea"]
    before = list(bea.judgements.values_list("subject", "code", "version"))
    erase(closed)
    assert list(bea.judgements.values_list("subject", "code", "version")) == before
    file = get(Export.objects.get().file.sha256).decode()
    assert file.count("<UPN>") == 2


def test_the_preview_says_what_erasing_does_and_does_nothing(closed: MadeSchool) -> None:
    before = everything_said()
    plan = preview(closed.pupils["Ada"])
    assert everything_said() == before
    assert erase(closed).counts == plan.counts
    assert plan.counts["school.Judgement"] == 2
    assert plan.counts["school.Signature changed"] == 2


def test_nothing_is_erased_while_the_year_is_open(filled: MadeSchool) -> None:
    with pytest.raises(NotAllowedNow, match="the year 2026, which is not closed"):
        erase(filled)
    assert Pupil.objects.count() == 3


def test_a_hold_keeps_a_pupil_until_it_is_ended(closed: MadeSchool) -> None:
    hold = set_hold(closed.organisation, "Complaint 17", by=None, pupil=closed.pupils["Ada"].key)
    with pytest.raises(NotAllowedNow, match="Complaint 17"):
        erase(closed)
    end_hold(closed.organisation, hold.key, by=None)
    erase(closed)
    assert Pupil.objects.count() == 2


def test_a_hold_on_the_school_keeps_every_pupil(closed: MadeSchool) -> None:
    set_hold(closed.organisation, "Inquiry 3", by=None)
    with pytest.raises(NotAllowedNow, match="Inquiry 3"):
        erase(closed)


def test_a_reason_must_be_given(closed: MadeSchool) -> None:
    with pytest.raises(NotAllowedNow, match="Say why"):
        erase_pupil(closed.pupils["Ada"], "  ", by=None)


def test_all_or_nothing_is_erased(closed: MadeSchool, monkeypatch: pytest.MonkeyPatch) -> None:
    before = everything_said()

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(erasing, "_delete", killed)
    with pytest.raises(KeyboardInterrupt):
        erase(closed)
    monkeypatch.undo()
    assert everything_said() == before
    assert Erasure.objects.count() == 0


def test_content_is_taken_away_by_the_next_who_looks_where_that_was_stopped(closed: MadeSchool) -> None:
    old = StoredFile.objects.get(name="roll.csv").sha256
    erase(closed)
    assert ADA.encode() in get(old)  # somebody could be putting it there just now
    assert Doomed.objects.filter(content=old).exists()
    doomed.take_away(grace=doomed.timedelta(0))
    with pytest.raises(FileNotFoundError):
        get(old)
    assert not Doomed.objects.exists()
    assert ADA.encode() not in get(StoredFile.objects.get(name="roll.csv").sha256)


def test_the_list_of_the_erased_holds_hashes_alone(closed: MadeSchool, settings: object) -> None:
    ada = closed.pupils["Ada"].key
    erasure = erase(closed)
    text = (settings.ENVIRONMENT.data / "erased.jsonl").read_text()  # type: ignore[attr-defined]
    assert ada not in text
    (listed,) = read_list(text.splitlines())
    assert listed.key == erasure.key
    assert hash_of(ada) in listed.hashes


def row(school: MadeSchool, **fields: object) -> Pupil:
    ada = school.pupils["Ada"]
    earlier = open_year(school.organisation, 2025, by=None)
    named = {"surname": "example", "forename": "ADA", "birth_date": ada.birth_date}
    return Pupil.objects.create(school_return=earlier, **{**named, **fields})


def found(school: MadeSchool) -> set[int]:
    return {each.pk for each in subject_of(school.pupils["Ada"]).rows["school.Pupil"]}


def test_a_pupil_is_found_in_every_year_by_upn_former_upn_or_name_and_birthday(closed: MadeSchool) -> None:
    ada = closed.pupils["Ada"]
    known_before = row(closed, upn=upn(50), former_upn=ada.upn, surname="Exampel")
    without_upn = row(closed)
    row(closed, birth_date=None)
    row(closed, surname="Sample")
    assert found(closed) == {ada.pk, known_before.pk, without_upn.pk}
    assert {each.pk for each in subject_of(without_upn).rows["school.Pupil"]} == found(closed)


def test_somebody_else_with_the_same_name_and_birthday_is_not_taken_for_the_pupil(closed: MadeSchool) -> None:
    twin_by_chance, without_upn = row(closed, upn=upn(51)), row(closed)
    assert found(closed) == {closed.pupils["Ada"].pk}
    assert {each.pk for each in subject_of(without_upn).rows["school.Pupil"]} == {without_upn.pk}
    assert {each.pk for each in subject_of(twin_by_chance).rows["school.Pupil"]} == {twin_by_chance.pk}
