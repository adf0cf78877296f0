"""Whatever bytes come, a file is read or refused, quickly, and by nothing else than a refusal."""

import time
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ctf.documents import Maker
from ctf.made import MTC, SKELETON, YEAR, ctf, pupil, row
from keystage.ctf import read
from keystage.ctf.repair import repair
from keystage.ctf.results import to_results
from keystage.ctf.to_return import collection_year, to_return
from keystage.returns.refused import FileRefused

CODES = {"F01", "F02", "F03", "F04", "F08"}
RICH = Maker(9, 0.15).document() + b"\n"
VALID = [MTC.read_bytes(), SKELETON.read_bytes(), ctf(pupil(row("&#233;")), pupil(row("GDS"))).encode(), RICH]
PIECES = [
    *(b"<", b">", b"/>", b"</", b"&", b";", b"]]>", b"<![CDATA[", b"<!--", b"-->", b"<?", b"?>", b"<!DOCTYPE x>"),
    *(b"\x00", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\xff", b"\xed\xa0\x80", b"\r", b"\x1a", b"'", b'"', b"="),
    *(
        b"<Pupil>",
        b"</Pupil>",
        b"<Pupil/>",
        b"<KeyStage>",
        b"</KeyStage>",
        b"<Stage>KS2</Stage>",
        b"</StageAssessment>",
    ),
    *(
        b"<Header>",
        b"</Header>",
        b"<CTfile>",
        b"</CTfile>",
        b"<x:y z:w='>'>",
        b"<a:/>",
        b"xmlns='urn:x'",
        b" encoding=",
    ),
    *(b"<?xml version='1.0' encoding='utf-16'?>", b"<?xml version='1.0' encoding='cp1252'?>", b"<?xml?>"),
]


def try_everything(data: bytes) -> None:
    """Read and repair; only a refusal may come of it, with words that a person can use."""
    began = time.process_time()
    try:
        file = read(data)
    except FileRefused as refused:
        assert_in_words(refused)
    else:
        for at in (*file.pupils_at, *(at for rows in file.rows_at for at in rows)):
            assert file.place(at, "upn").line
        assert len(to_return(file, YEAR).pupils) == len(to_results(file, YEAR).pupils) == len(file.pupils)
        collection_year(file)
    try:
        found = repair(data, lambda _year: YEAR)
    except FileRefused as refused:
        assert_in_words(refused)
    else:
        assert repair(found.data, lambda _year: YEAR).data == found.data
    assert time.process_time() - began < 2


def assert_in_words(refused: FileRefused) -> None:
    assert refused.code in CODES
    assert refused.what.endswith(".")
    assert refused.fix.endswith(".")
    assert refused.line is None or refused.line > 0


@settings(max_examples=500, deadline=None)
@given(st.binary(max_size=200))
@example(b"\x00<")
@example(b"<\x00")
@example(b"\xef\xbb\xbf\xff\xfe<\x00")
@example(b"\xef\xbb\xbf\xef\xbb\xbf<CTfile/>")
@example(b"\xff\xfe\x00\x00<\x00")
@example(b"<CTfile><Pupil a='>'/></CTfile>")
@example(b"\n<CTfile a='<'/>")
def test_any_bytes_are_read_or_refused(data):
    try_everything(data)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map(b"".join))
def test_any_pieces_of_a_file_are_read_or_refused(data):
    try_everything(data)
    try_everything(b"<CTfile>" + data + b"</CTfile>")
    try_everything(b"<CTfile><CTFpupilData><Pupil>" + data + b"</Pupil></CTFpupilData></CTfile>")


def worn(seed: int) -> bytes:
    """Return a valid file with a few things flipped, cut out, doubled, moved or put in."""
    random = Random(seed)
    data = random.choice(VALID)
    for _ in range(random.randrange(1, 5)):
        at = random.randrange(len(data) + 1)
        to = min(len(data), at + random.choice((1, 2, 10, 100, 500)))
        data = random.choice(
            (
                data[:at] + bytes([random.randrange(256)]) + data[at + 1 :],
                data[:at] + data[to:],
                data[:to] + data[at:],
                data[:at] + random.choice(PIECES) + data[at:],
                data[:at] + random.choice(VALID)[: to - at] + data[to:],
                data[:at],
                data.replace(
                    random.choice((b"Pupil", b"Result>", b"utf-8", b"ENG")), random.choice((b"x", b"pupil", b""))
                ),
            )
        )
    return data


@settings(max_examples=1000, deadline=None)
@given(st.integers(0, 2**40))
def test_a_valid_file_that_was_damaged_is_read_or_refused(seed):
    try_everything(worn(seed))


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2**40), st.sampled_from([b"<", b">", b"&", b"\x00", b"\xff"]))
def test_an_unusual_document_that_was_damaged_is_read_or_refused(seed, sign):
    data = Maker(seed, 0.2).document()
    at = seed % len(data)
    try_everything(data[:at] + sign + data[at + 1 :])


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-16", "utf-32", "cp1252", "utf-8-sig"])
def test_a_file_in_any_encoding_is_read_or_refused(codec):
    for data in VALID:
        try_everything(data.decode().encode(codec, "replace"))
