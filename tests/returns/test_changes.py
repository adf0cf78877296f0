"""What changed from an older return to a newer one."""

from datetime import date

import pytest

from keystage.returns.changes import IdentityChange, JudgementChange, changes
from keystage.returns.judgement import judgement
from keystage.returns.value import Pupil, Return
from keystage.years import Subject

ADA = Pupil(
    *("P999999919001", "Example", "Ada", date(2014, 11, 3), "2014-11-03", "F"),
    judgements=(judgement(Subject.WRITING, "EXS"), judgement(Subject.SCIENCE, "HNM")),
)
BEN = Pupil("D999999919002", "Sample", "Ben", date(2015, 3, 9), "2015-03-09", "M")


def between(old: list[Pupil], new: list[Pupil]):
    return changes(Return("9999999", 2026, tuple(old)), Return("9999999", 2026, tuple(new)))


def test_equal_returns_have_no_changes():
    assert not between([ADA, BEN], [BEN, ADA])
    assert not between([], [])


def test_pupils_who_came_and_went_are_named():
    found = between([ADA], [BEN])
    assert (found.added, found.dropped, found.identities, found.judgements) == ((BEN,), (ADA,), (), ())
    assert found


@pytest.mark.parametrize(
    ("changed", "field", "before", "after"),
    [
        ({"surname": "Exemple"}, "surname", "Example", "Exemple"),
        ({"forename": "ADA"}, "forename", "Ada", "ADA"),
        ({"birth_date": date(2014, 11, 4)}, "birth_date", "2014-11-03", "2014-11-04"),
        ({"birth_date": None, "birth_text": "x"}, "birth_date", "2014-11-03", "x"),
        ({"sex": "M"}, "sex", "F", "M"),
        ({"upn": "P999999919009"}, "upn", "P999999919001", "P999999919009"),
    ],
)
def test_each_part_of_an_identity_that_differs_is_named(changed, field, before, after):
    new = ADA._replace(**changed)
    found = between([ADA, BEN], [new, BEN])
    assert found.identities == (IdentityChange(new, field, before, after),)
    assert (found.added, found.dropped, found.judgements) == ((), (), ())


def test_each_judgement_that_differs_is_named_also_one_that_came_or_went():
    new = ADA._replace(judgements=(judgement(Subject.WRITING, "gds"), judgement(Subject.READING, "PK1")))
    found = between([ADA], [new])
    assert found.judgements == (
        JudgementChange(new, Subject.READING, "", "PK1"),
        JudgementChange(new, Subject.WRITING, "EXS", "GDS"),
        JudgementChange(new, Subject.SCIENCE, "HNM", ""),
    )


def test_how_a_code_is_written_is_no_change():
    new = ADA._replace(judgements=(judgement(Subject.SCIENCE, " hnm "), judgement(Subject.WRITING, "exs")))
    assert not between([ADA], [new])


def test_a_pupil_is_followed_through_a_new_upn():
    new = ADA._replace(upn="X", former_upn=ADA.upn, surname="Other", birth_date=None, birth_text="")
    found = between([ADA], [new])
    assert [change.field for change in found.identities] == ["upn", "surname", "birth_date"]
    assert (found.added, found.dropped) == ((), ())


def test_records_too_bare_to_be_matched_are_unchanged_where_they_stand_in_both():
    bare = Pupil("", "Example", "", None, "", "")
    judged = bare._replace(judgements=(judgement(Subject.WRITING, "WTS"),))

    assert not between([bare, ADA], [ADA, bare])
    assert between([bare], [judged]).judgements == (JudgementChange(judged, Subject.WRITING, "", "WTS"),)
    assert between([bare, bare], [bare]).dropped == (bare,)


def test_a_upn_that_stands_twice_in_both_is_no_change():
    assert not between([ADA, ADA], [ADA, ADA])
    assert between([ADA], [ADA, ADA]).added == (ADA,)
