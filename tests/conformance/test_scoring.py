import pytest

from keystage.conformance.scoring import Key, NotAFinding, Score, key_of, mark

ADA = Key("J03", "P999999919001", "writing", 57)
BEN = Key("J01", "D999999919002", "science", 80)


def marked(expected, given, why=""):
    return mark("2026/J03/odd", 2026, "J03", expected, given, why)


def test_what_is_exact_is_right():
    result = marked([ADA, BEN], [BEN, ADA])
    assert result.is_right
    assert result.tallies["J03"].as_dict() == {
        "expected": 1, "found": 1, "elsewhere": 0, "missed": 0, "false_alarms": 0,
    }  # fmt: skip


def test_a_good_file_with_nothing_found_is_right():
    assert marked([], []).is_right


def test_a_good_file_without_an_answer_is_not_right():
    result = marked([], None, "it crashed")
    assert not result.is_right
    assert result.why == "it crashed"


def test_without_an_answer_everything_is_missed():
    result = marked([ADA, BEN], None, "it crashed")
    assert result.missed == (ADA, BEN)
    assert result.tallies["J01"].missed == 1


def test_another_line_is_elsewhere_and_neither_missed_nor_a_false_alarm():
    there = ADA._replace(line=58)
    result = marked([ADA], [there])
    assert not result.is_right
    assert (result.elsewhere, result.missed, result.false_alarms) == (((ADA, there),), (), ())


def test_no_line_where_there_is_one_is_elsewhere():
    assert marked([ADA], [ADA._replace(line=None)]).elsewhere


def test_another_cell_is_elsewhere():
    cell = ADA._replace(line=None, cell="G4")
    assert marked([cell], [cell]).is_right
    assert marked([cell], [cell._replace(cell="F4")]).elsewhere


@pytest.mark.parametrize(
    "other", [ADA._replace(code="J01"), ADA._replace(upn="D999999919002"), ADA._replace(subject="science")]
)
def test_another_check_pupil_or_subject_is_a_miss_and_a_false_alarm(other):
    result = marked([ADA], [other])
    assert (result.missed, result.false_alarms) == ((ADA,), (other,))


def test_what_is_said_twice_is_a_false_alarm_the_second_time():
    result = marked([ADA], [ADA, ADA])
    assert result.false_alarms == (ADA,)
    assert result.tallies["J03"].found == 1


def test_what_must_be_said_twice_and_is_said_once_is_missed_once():
    assert marked([ADA, ADA], [ADA]).missed == (ADA,)


def test_of_two_at_other_lines_each_counts_once():
    result = marked([ADA, ADA._replace(line=90)], [ADA._replace(line=58)])
    assert len(result.elsewhere) == len(result.missed) == 1


def test_a_score_adds_up():
    score = Score()
    for each in marked([ADA], [ADA]), marked([ADA, BEN], [ADA, BEN._replace(line=1)]), marked([BEN], None, "no"):
        score.add(each)
    assert (score.cases, score.right, score.unanswered, len(score.wrong)) == (3, 1, 1, 2)
    assert score.checks["J01"].as_dict() == {
        "expected": 2, "found": 0, "elsewhere": 1, "missed": 1, "false_alarms": 0,
    }  # fmt: skip
    assert score.total.expected == 4
    assert not score.is_full
    assert not score.total.is_full


def test_full_marks_are_for_every_case_and_for_at_least_one():
    score = Score()
    assert not score.is_full
    score.add(marked([ADA], [ADA]))
    assert score.is_full
    assert score.total.is_full


def test_what_is_absent_null_or_empty_is_the_same():
    keys = {key_of({"code": "F07"}), key_of({"code": "F07", "upn": None, "subject": "", "line": None, "more": [1]})}
    assert keys == {Key("F07", None, None, None)}


@pytest.mark.parametrize(
    ("finding", "words"),
    [
        (None, "not an object"),
        ("J03", "not an object"),
        ({}, "has no code"),
        ({"code": 3}, "has no code"),
        ({"code": " "}, "has no code"),
        ({"code": "J03", "line": "57"}, "is not a whole number"),
        ({"code": "J03", "line": 5.5}, "is not a whole number"),
        ({"code": "J03", "line": True}, "is not a whole number"),
        ({"code": "J03", "upn": 7}, "the upn of a finding is not a text"),
        ({"code": "J03", "subject": []}, "the subject of a finding is not a text"),
    ],
)
def test_what_is_no_finding_is_said(finding, words):
    with pytest.raises(NotAFinding, match=words):
        key_of(finding)
