"""Writing for reports: kept with a version, so that two people at once never overwrite each other."""

import pytest

from keystage.service.accounts.roles import Role
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Event
from keystage.service.school.models import PupilReport
from keystage.service.school.services.pupils import remove
from keystage.service.school.services.report_texts import ReportTexts, WrittenMeanwhile, sessions_faults, write
from keystage.service.school.services.years import close_year
from service.made import MadeSchool


def put(school: MadeSchool, forename: str, texts: ReportTexts, version: int = 0, **more: object):
    who = more.pop("by", Role.TEACHER)
    return write(
        school.school_return, school.pupils[forename].key, texts, version=version, by=school.people[who], **more
    )


def test_what_is_written_is_kept_and_recorded_without_its_words(filled):
    put(filled, "Ada", ReportTexts(progress="Reads a lot.", possible_sessions=380, reasons={"maths": "Ill."}))
    kept = PupilReport.objects.get()
    assert (kept.pupil, kept.progress, kept.possible_sessions) == (filled.pupils["Ada"], "Reads a lot.", 380)
    assert (kept.reasons, kept.version, kept.changed_by) == ({"maths": "Ill."}, 1, filled.people[Role.TEACHER])
    event = Event.objects.get(kind=Kind.REPORT_WRITTEN)
    assert event.target == filled.pupils["Ada"].key
    assert event.data == {"fields": ["possible_sessions", "progress", "reasons"]}


def test_saying_the_same_again_changes_nothing(filled):
    put(filled, "Ada", ReportTexts(progress="Reads."))
    assert put(filled, "Ada", ReportTexts(progress="Reads."), version=0) is None
    assert PupilReport.objects.get().version == 1
    assert Event.objects.filter(kind=Kind.REPORT_WRITTEN).count() == 1


def test_the_second_of_two_people_is_shown_both_and_nothing_is_lost(filled):
    put(filled, "Ada", ReportTexts(progress="First."))
    with pytest.raises(WrittenMeanwhile) as caught:
        put(filled, "Ada", ReportTexts(progress="Second."), version=0, by=Role.HEAD)
    assert caught.value.theirs.progress == "First."
    assert PupilReport.objects.get().progress == "First."
    put(filled, "Ada", ReportTexts(progress="Second."), version=1, by=Role.HEAD)
    assert PupilReport.objects.get().progress == "Second."


def test_a_closed_year_still_takes_what_is_written(filled):
    close_year(filled.school_return, by=filled.people[Role.DATA_MANAGER])
    put(filled, "Ada", ReportTexts(progress="Reads."))
    assert PupilReport.objects.count() == 1


def test_a_teacher_of_oak_writes_for_oak_alone(filled):
    put(filled, "Ada", ReportTexts(progress="Reads."), classes={"Oak"})
    with pytest.raises(NotAllowedNow, match="your own classes only"):
        put(filled, "Cal", ReportTexts(progress="Reads."), classes={"Oak"})
    assert PupilReport.objects.get().pupil == filled.pupils["Ada"]


def test_nobody_writes_for_a_pupil_who_is_off_the_roll(filled):
    manager = filled.people[Role.DATA_MANAGER]
    remove(filled.school_return, filled.pupils["Ada"].key, "By mistake.", by=manager)
    with pytest.raises(NotAllowedNow, match="not on the roll"):
        put(filled, "Ada", ReportTexts(progress="Reads."))


@pytest.mark.parametrize(
    ("possible", "attended", "missed", "wrong"),
    [
        (380, 380, 0, ""),
        (380, 360, 20, ""),
        (None, 5, None, ""),
        (380, 381, None, "381 sessions attended are more than the 380 possible."),
        (380, 361, 20, "361 sessions attended and 20 missed without leave are together more than the 380 possible."),
    ],
)
def test_more_sessions_than_there_were_cannot_be(possible, attended, missed, wrong):
    assert "".join(sessions_faults(possible, attended, missed)) == wrong
