"""Pupils that stand in the usual way are read by patterns: what matches must be what reading part by part gives."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctf.made import IDENTITY, key_stage, pupil, row
from keystage.ctf.careful import NotWhole, TooDeep, read_pupil
from keystage.ctf.limits import LIMITS, Limits
from keystage.ctf.plain import Plain


def plain(text: str, limits: Limits = LIMITS):
    return Plain(limits).read(text.encode(), 0)


def careful(text: str):
    return read_pupil(text.encode(), 0, LIMITS)


SECTION = "<BasicDetails><FormerUPN>P999999919001</FormerUPN></BasicDetails>"
TWO_STAGES = f"<Pupil>{IDENTITY}<StageAssessments>{key_stage(row(), stage='KS1')}{key_stage(row())}</StageAssessments>"


@pytest.mark.parametrize(
    "text",
    [
        pupil(),
        pupil(row()),
        pupil(row(), row("GDS"), row()),
        pupil(row(" exs ")),
        pupil(row(), before=SECTION, after="<SchoolHistory><School><LEA>999</LEA></School></SchoolHistory>"),
        pupil(row(), before="<Email>&amp;x>y</Email ><Contacts><Contact/></Contacts>"),
        pupil(row()).replace("Sex>", "Gender>"),
        pupil(row()).replace("\n", "\r\n    "),
        f"{TWO_STAGES}</Pupil>",
        pupil().replace("</Sex>", "</Sex><StageAssessments></StageAssessments>"),
    ],
)
def test_a_usual_pupil_is_read_by_patterns_as_it_is_part_by_part(text):
    assert plain(text) is not None
    assert plain(text) == careful(text)


@pytest.mark.parametrize(
    "text",
    [
        pupil(row("<!-- -->EXS")),
        pupil(row("&#69;XS")),
        pupil(row("<![CDATA[EXS]]>")),
        pupil(row("E\r\nXS")),
        pupil(row("EXS<b/>")),
        pupil(row(), "<Note/>"),
        pupil(row(), "text"),
        pupil(row(more="<Teacher>B</Teacher>")),
        pupil(row()).replace("<Year>", "<Year a='1'>"),
        pupil(row()).replace("<Pupil>", "<Pupil id='1'>"),
        pupil(row()).replace("<Stage>KS2</Stage>", ""),
        pupil(row()).replace("<Stage>KS2</Stage>", "<Stage> </Stage>"),
        pupil(row()).replace("UPN>", "upn>"),
        pupil(row(), identity=IDENTITY.replace("<Sex>F</Sex>", "")),
        pupil(row(), identity=f"<Sex>F</Sex>{IDENTITY}"),
        pupil(row(), before="<Shoe/>"),
        pupil(row(), before="<Email>x<!-- </Email> -->y</Email>"),
        pupil(row(), before="<Email>x<?y </Email> ?></Email>"),
        pupil(row(), before="<Email><Email>x</Email></Email>"),
        pupil(row(), before="<Email/>"),
        pupil(key_stage(row())),
    ],
)
def test_an_unusual_pupil_is_left_to_be_read_part_by_part(text):
    assert plain(text) is None
    assert careful(text).pupil.upn == "P999999919001"


@pytest.mark.parametrize(
    "text",
    [
        "<Contacts><Pupil><Contacts>x</Contacts></Pupil>",
        "<Email><Pupil><Email></Email ></Pupil>",
        "<Email><Pupil><Email\n>x</Email></Pupil>",
        "<StageAssessments></StageAssessments><Email><Pupil></Pupil>",
    ],
)
def test_a_pupil_that_is_not_whole_is_never_read_by_patterns(text):
    cut = f"<Pupil>{IDENTITY}{text}"
    assert plain(cut) is None
    with pytest.raises(NotWhole):
        careful(cut)


def test_the_same_bytes_in_another_stage_are_another_row():
    rows = plain(f"{TWO_STAGES}</Pupil>").pupil.rows
    assert [r.stage for r in rows] == ["KS1", "KS2"]
    reader = Plain(LIMITS)
    first = reader.read(pupil(row(), row()).encode(), 0)
    second = reader.read(pupil(row(), row()).replace("KS2", "KS1").encode(), 0)
    assert [r.stage for r in (*first.pupil.rows, *second.pupil.rows)] == ["KS2", "KS2", "KS1", "KS1"]


def test_rows_are_found_where_they_begin_in_the_file():
    text = f"{TWO_STAGES}</Pupil>"
    read = Plain(LIMITS).read(text.encode(), 1000)
    assert [text[at - 1000 :].startswith("<StageAssessment>") for at in read.rows_at] == [True, True]
    assert read.rows_at[0] < read.rows_at[1]


deep = st.recursive(
    st.sampled_from(["", "x", " ", "<b/>", "<b a='/>'/>", "<c>x</c>"]),
    lambda inner: st.tuples(st.sampled_from(["", "x", "\n"]), inner, st.sampled_from(["", "x", "<b/>", "\n"])).map(
        lambda parts: f"{parts[0]}<d>{parts[1]}</d>{parts[2]}"
    ),
    max_leaves=40,
)


@given(st.integers(1, 20), deep, st.sampled_from(["", "x", "\n", "<b/>"]))
def test_no_section_that_is_too_deep_is_read_by_patterns(depth, inner, after):
    text = pupil(before="<Email>" + "<d>" * depth + inner + ("</d>" + after) * depth + "</Email>")
    found = plain(text)
    if found is not None:
        assert found == careful(text)


def test_a_section_may_be_as_deep_as_the_limit_and_no_deeper():
    # CTfile, CTFpupilData, Pupil and Email are four; sixteen may stand in one another.
    for between in ("", "x"):
        for depth, fits in ((12, True), (13, False)):
            text = pupil(before="<Email>" + "<d>" * depth + f"</d>{between}" * depth + "</Email>")
            assert (plain(text) is not None) == fits
            if not fits:
                with pytest.raises(TooDeep):
                    careful(text)
