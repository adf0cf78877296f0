"""What is written comes back, whatever the names; and no bytes at all make a reader fall over."""

import io
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from keystage.returns.judgement import judgement
from keystage.returns.refused import FileRefused
from keystage.returns.register import Expected, Register
from keystage.returns.results import PupilResult, Results, TestResult
from keystage.returns.roll import RollRefused
from keystage.returns.value import Pupil, Return
from keystage.sheets import (
    RegisterRefused,
    read_register,
    read_results,
    read_roll,
    read_table,
    read_template,
    write_register,
    write_results,
    write_template,
)
from keystage.years import Subject, Test
from keystage.years.frozen import Frozen
from keystage.years.registration import PupilStatus, TestStatus
from sheets.made import ADA, BEN, HEADINGS, YEAR, csv, ods, repacked, rows, workbook

# Any text without halves of letters and "noncharacters", which no file can hold; spaces around are not kept.
letters = st.characters(exclude_categories=("Cs", "Cn", "Co", "Zl", "Zp"), exclude_characters="\x00")
tricky = st.sampled_from(["=1+1", "'=x", "''=x", "+44", "-", "-5", "@a", "O'Brien", "'t Hooft", '"', "a,b;c\td", "1e5"])
names = st.one_of(tricky, st.text(letters, max_size=12)).map(str.strip)
some_names = names.filter(bool)
dates = st.dates(date(2010, 1, 1), date(2019, 12, 31))
births = st.one_of(dates.map(lambda day: (day, day.isoformat())), st.sampled_from([(None, ""), (None, "31/02/2015")]))


def judged(subject):
    return st.sampled_from(["", *YEAR.codes(subject), "2B", "=X"]).map(
        lambda code: (judgement(subject, code),) if code else ()
    )


judgements = st.tuples(*map(judged, Subject)).map(lambda found: sum(found, ()))
pupils = st.builds(
    lambda upn, surname, forename, born, sex, found: Pupil(upn, surname, forename, *born, sex, judgements=found),
    *(some_names, names, names, births, names, judgements),
)


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
@settings(max_examples=60, deadline=None)
@given(found=st.lists(pupils, max_size=4))
def test_a_template_comes_back(kind, found):
    sink = io.BytesIO()
    write_template(Return("9991234", 2026, tuple(found)), YEAR, sink, kind=kind)
    read = read_template(sink.getvalue(), YEAR, school="9991234")
    assert [pupil._replace(at=0, judgements_at=()) for pupil in read.pupils] == found


expected = st.builds(
    Expected,
    upn=some_names,
    surname=names,
    forename=names,
    birth_date=st.none() | dates,
    sex=st.sampled_from(["", "F", "M", "X"]),
    former_upn=names,
    reading=st.sampled_from(TestStatus),
    maths=st.sampled_from(TestStatus),
    gps=st.sampled_from(TestStatus),
    status=st.sampled_from(PupilStatus),
    date_left=st.none() | dates,
    moderated_writing=st.sampled_from(["", *YEAR.codes(Subject.WRITING)]),
)


@settings(max_examples=100, deadline=None)
@given(found=st.lists(expected, max_size=4, unique_by=lambda each: each.upn))
def test_a_register_comes_back(found):
    sink = io.BytesIO()
    write_register(Register(tuple(found)), sink)
    assert read_register(sink.getvalue(), YEAR) == Register(tuple(found))


marks = st.integers(-5, 150).map(lambda mark: (mark, str(mark))) | st.sampled_from([(None, ""), (None, "abs")])
PAPERS = {Test.READING: (), Test.GPS: ("paper1", "paper2"), Test.MATHS: ("paper1", "paper2", "paper3")}


@st.composite
def test_results(draw, test):
    raw, scaled = draw(marks), draw(marks)
    papers = [(paper, *draw(marks)) for paper in PAPERS[test]]
    return TestResult(
        raw[0],
        scaled[0],
        draw(st.sampled_from(["", "AS", "NS", "B"])),
        tuple((paper, mark) for paper, mark, text in papers if text),
        draw(st.sampled_from(["", "CA"])),
        raw[1],
        scaled[1],
        tuple((paper, text) for paper, _mark, text in papers if text),
    )


test_results.__test__ = False


@st.composite
def pupil_results(draw):
    tests = {test: draw(test_results(test)) for test in Test}
    ta = {subject: draw(st.sampled_from(["", "EXS", "=X"])) for subject in Subject}
    return PupilResult(
        draw(some_names),
        draw(names),
        draw(names),
        *draw(births),
        draw(names),
        tests=Frozen({test: result for test, result in tests.items() if result != TestResult()}),
        ta=Frozen({subject: code for subject, code in ta.items() if code}),
        school=draw(st.sampled_from(["9991234", "9990001", ""])),
    )


@settings(max_examples=100, deadline=None)
@given(found=st.lists(pupil_results(), max_size=4))
def test_results_come_back(found):
    sink = io.BytesIO()
    write_results(Results(2026, tuple(found)), sink, YEAR)
    read = read_results(sink.getvalue(), YEAR)
    assert [pupil._replace(at=0) for pupil in read.pupils] == found


def read_the_roll(data, year):
    return read_roll(data, year=year)


def try_every_reader(data):
    said = []
    for read in (read_template, read_register, read_results, read_the_roll, lambda data, _year: read_table(data)):
        try:
            read(data, YEAR)
        except RegisterRefused as refused:
            said.append(bool(refused.faults))
        except RollRefused as refused:
            said.append(refused.fix.endswith("."))
        except FileRefused as refused:
            said.append(refused.code in ("F01", "F02", "F08"))
    assert all(said)


CELL = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
SEEDS = (
    csv(HEADINGS, ADA, BEN),
    csv(("upn", "surname", "forename", "dob", "sex", "reading"), ADA[:6], BEN[:6]),
    workbook(rows(HEADINGS, ADA, BEN)),
    ods(f"<table:table-row>{''.join(map(CELL.format, HEADINGS))}</table:table-row>"),
)
BEGINNINGS = (
    b"",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"UPN,Surname\n",
    b"<",
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(beginning=st.sampled_from(BEGINNINGS), data=st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(beginning, data):
    try_every_reader(beginning + data)


@settings(max_examples=200, deadline=None)
@given(text=st.text(st.sampled_from('UPN,;\t"\r\n\x0b =\xa0\u2028é'), max_size=60))
def test_any_text_is_read_or_refused(text):
    try_every_reader(text.encode())
    try_every_reader(text.encode("utf-16"))


@settings(max_examples=200, deadline=None)
@given(seed=st.sampled_from(SEEDS), chance=st.randoms(use_true_random=True))
def test_spoilt_spreadsheets_are_read_or_refused(seed, chance):
    data = bytearray(seed)
    for _ in range(chance.randint(1, 8)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    try_every_reader(bytes(data[: chance.choice([len(data), chance.randrange(len(data))])]))


@settings(max_examples=150, deadline=None)
@given(chance=st.randoms(use_true_random=True))
def test_workbooks_with_spoilt_parts_are_read_or_refused(chance):
    def spoil(_name, part):
        data = bytearray(part)
        if data and chance.random() < 0.3:
            for _ in range(chance.randint(1, 4)):
                data[chance.randrange(len(data))] = chance.choice(b'<>/"= 0x&;A9')
        return bytes(data)

    try_every_reader(repacked(chance.choice(SEEDS[2:]), spoil))
