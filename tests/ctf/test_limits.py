"""How much a file may hold: beyond it the file is refused at once, whatever is in it, with little memory."""

import io
import re
import time
import tracemalloc

import pytest

from ctf.made import HEADER, ctf, key_stage, only_pupil, pupil, refusal, refusal_if_any, row, stated
from keystage.ctf import read
from keystage.ctf.limits import LIMITS, Limits
from keystage.ctf.repair import repair
from keystage.returns.refused import FileRefused
from keystage.years import load

OPEN = f"<CTfile>{HEADER}\n<CTFpupilData>\n"


class Clock:
    """Measures how long a block takes, and how much memory it needs at the most."""

    def __enter__(self):
        tracemalloc.start()
        self.began = time.process_time()
        return self

    def __exit__(self, *_fault: object) -> None:
        self.seconds = time.process_time() - self.began
        self.most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()


def test_the_limits_are_those_of_the_catalogue():
    assert (LIMITS.size, LIMITS.pupils, LIMITS.depth) == (100_000_000, 20_000, 16)


# -- size --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("size", "said"), [(100_000_001, "100 MB"), (101_000_000, "101 MB"), (2_000_000_000, "2,000 MB")]
)
def test_a_file_that_is_too_large_is_refused_without_being_read(tmp_path, size, said):
    path = tmp_path / "large.xml"
    with path.open("wb") as file:
        file.truncate(size)
    with Clock() as clock, pytest.raises(FileRefused) as caught:
        read(path)
    assert stated(caught.value) == ("F08", None, None)
    assert caught.value.what == f"The file has {said}; 100 MB is the most that is read."
    assert caught.value.value == str(size)
    assert clock.seconds < 10
    assert clock.most < 1_000_000


def test_a_file_of_two_gigabytes_of_spaces_is_refused_at_once(tmp_path):
    path = tmp_path / "spaces.xml"
    with path.open("wb") as file:
        file.write(b" " * 4096)
        file.truncate(2_000_000_000)
    with Clock() as clock, pytest.raises(FileRefused):
        read(path)
    assert clock.seconds < 10


def test_an_endless_stream_is_refused_after_the_limit():
    class Endless(io.RawIOBase):
        def read(self, size: int = -1) -> bytes:
            assert 0 < size <= 1_001
            return b" " * size

    with pytest.raises(FileRefused) as caught:
        read(Endless(), limits=Limits(size=1_000))
    assert caught.value.code == "F08"


def test_a_path_that_has_no_end_is_refused_after_the_limit():
    with pytest.raises(FileRefused) as caught:
        read("/dev/zero", limits=Limits(size=1_000))
    assert caught.value.code == "F08"


def test_a_file_as_large_as_the_limit_is_read():
    data = ctf(pupil(row())).encode()
    assert len(read(data, limits=Limits(size=len(data))).pupils) == 1
    assert refusal(data, Limits(size=len(data) - 1)).code == "F08"


def test_a_file_that_is_too_large_is_not_repaired():
    with pytest.raises(FileRefused) as caught:
        repair(b" " * 1_001, lambda year: load(year or 2026), limits=Limits(size=1_000))
    assert caught.value.code == "F08"


# -- pupils ------------------------------------------------------------------------------------------------------------


def test_twenty_thousand_pupils_are_read_and_one_more_is_refused_at_its_line():
    lines = "<Pupil/>\n" * 20_000
    assert len(read(f"{OPEN}{lines}</CTFpupilData></CTfile>".encode()).pupils) == 20_000
    refused = refusal(f"{OPEN}{lines}<Pupil/></CTFpupilData></CTfile>")
    assert stated(refused) == ("F08", 20_011, None)
    assert refused.what == "The file has more than 20,000 pupils."


# -- depth -------------------------------------------------------------------------------------------------------------

PLACES = {
    "around the pupils": OPEN + "{}",
    "before the header": "<CTfile>{}",
    "in the header": "<CTfile><Header>{}",
    "in a school": "<CTfile><Header><SourceSchool>{}",
    "in a pupil": OPEN + "<Pupil>{}",
    "in a name": OPEN + "<Pupil><Surname>{}",
    "in a section": OPEN + "<Pupil><Contacts>{}",
    "among the results": OPEN + "<Pupil><StageAssessments>{}",
    "in a key stage": OPEN + "<Pupil><StageAssessments><KeyStage>{}",
    "in a row": OPEN + "<Pupil><StageAssessments><KeyStage><StageAssessment>{}",
    "in a result": OPEN + "<Pupil><StageAssessments><KeyStage><StageAssessment><Result>{}",
}
NAMES = (
    *("a", "CTfile", "Header", "Pupil", "StageAssessments", "KeyStage", "StageAssessment", "Result", "UPN", "Contacts"),
)


def closed(opened: str) -> str:
    """End every element that a text leaves open."""
    still: list[str] = []
    for ends, name, ends_itself in re.findall(r"<(/?)(\w+)[^<>]*?(/?)>", opened):
        if ends:
            still.pop()
        elif not ends_itself:
            still.append(name)
    return opened + "".join(f"</{name}>" for name in reversed(still))


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
@pytest.mark.parametrize("name", NAMES)
def test_elements_twenty_deep_are_refused_wherever_they_stand(place, name):
    refused = refusal(closed(place.format(f"<{name}>" * 20)))
    assert refused.code == "F08"
    assert "more than 16 deep" in refused.what


def test_the_line_of_what_is_too_deep_is_that_of_the_seventeenth_element():
    text = OPEN + "<Pupil>\n<Email>\n" + "<a>\n" * 20
    assert stated(refusal(closed(text))) == ("F08", 25, None)


def test_sixteen_deep_is_read_and_seventeen_is_not():
    for place in ("<Pupil>{}", "<Pupil><Surname>{}", "<Pupil><Contacts>{}", "<Class>{}"):
        opened = place.count("<")
        text = OPEN + place
        assert read(closed(text.format("<a>" * (14 - opened))).encode())
        assert refusal(closed(text.format("<a>" * (15 - opened)))).code == "F08"


@pytest.mark.parametrize("name", ["a", "Pupil"])
@pytest.mark.parametrize("place", ["in a pupil", "in a row", "in the header", "around the pupils"])
@pytest.mark.parametrize("is_closed", [True, False])
def test_elements_two_hundred_thousand_deep_are_refused_quickly(place, name, is_closed):
    text = PLACES[place].format(f"<{name}>" * 200_000)
    data = (closed(text) if is_closed else text).encode()
    with Clock() as clock:
        refused = refusal(data)
    assert refused.code == "F08"
    assert clock.seconds < 30
    assert clock.most < 60_000_000


# -- what could be slow ------------------------------------------------------------------------------------------------


def many(text: str) -> str:
    return closed(OPEN + "<Pupil><StageAssessments><KeyStage><Stage>KS2</Stage>" + text)


LONG = 1_900_000
SLOW = {
    "a comment": OPEN + f"<!--{'x' * LONG}--></CTFpupilData></CTfile>",
    "a comment in a pupil": closed(OPEN + f"<Pupil><!--{'x' * LONG}-->"),
    "a comment in a row": many(f"<StageAssessment><!--{'x' * LONG}--></StageAssessment>"),
    "an attribute": OPEN + f"<a b='{'x' * LONG}'/></CTFpupilData></CTfile>",
    "a text in a row": many(row("x" * LONG)),
    "spaces between rows": many(row() + " " * LONG + row()),
    "spaces in a pupil": closed(OPEN + "<Pupil>" + " " * LONG),
    "line ends in a pupil": closed(OPEN + "<Pupil><UPN>" + "\r" * LONG),
    "many texts in a row": many(row("<![CDATA[x]]>" * (LONG // 13))),
    "empty stages in something": many("<X>" + "<Stage/>" * (LONG // 9) + "</X>"),
    "empty pupils in a pupil": closed(OPEN + "<Pupil><X>" + "<Pupil/>" * (LONG // 9) + "</X>"),
    "pupils in a pupil": closed(OPEN + "<Pupil>" + "<Pupil></Pupil>" * (LONG // 15)),
    "headers in a header": closed("<CTfile><Header>" + "<Header></Header>" * (LONG // 17)),
    "sections that begin again": closed(OPEN + pupil(before="<Email>" + "<Email a=''/>" * (LONG // 14) + "</Email>")),
    "sections without end": closed(OPEN + pupil(before="<Email>x</Email>" * (LONG // 16))),
    "unknown elements": closed(OPEN + "<Pupil>" + "".join(f"<x{n}/>" for n in range(LONG // 9))),
    "rows without end": many("<StageAssessment>" * 5 + "</StageAssessment>" * 5),
    "open angle": OPEN + "<" * LONG,
    "question marks": OPEN + "<?" * LONG,
    "declarations": "<?xml " * (LONG // 6),
}


@pytest.mark.parametrize("text", SLOW.values(), ids=SLOW)
def test_nothing_takes_long(text):
    data = text.encode()
    began = time.process_time()
    refused = refusal_if_any(data)
    assert refused is None or refused.code in ("F01", "F08")
    assert time.process_time() - began < 60


def test_a_token_that_does_not_end_is_refused_before_it_becomes_slow():
    for begin in ("<!--", "<?x ", "<a b='"):
        with Clock() as clock:
            refused = refusal((OPEN + begin).encode() + b"x" * 60_000_000)
        assert stated(refused) == ("F08", 11, None)
        assert refused.what == "A comment or a tag in the file has more than 2 MB."
        assert clock.seconds < 30


def test_a_pupil_that_does_not_end_is_refused():
    refused = refusal((OPEN + "<Pupil><Email>").encode() + b"x" * 10_000_000)
    assert stated(refused) == ("F08", 11, None)
    assert refused.what == "One record in the file has more than 2 MB."


def test_a_comment_longer_than_a_piece_is_read():
    assert only_pupil(pupil(row(), after=f"<!--{'x' * 1_200_000}-->")).rows[0].result == "EXS"


def test_twice_the_pupils_take_no_more_than_about_twice_as_long():
    def seconds(count: int) -> float:
        data = ctf(*[pupil(row(), key_stage(), before=f"<x{n % 7}/>") for n in range(count)]).encode()
        best = 9.0
        for _ in range(3):
            began = time.process_time()
            read(data)
            best = min(best, time.process_time() - began)
        return best

    assert seconds(3_000) < 8 * seconds(1_000)


def test_a_file_of_tags_and_little_else_is_refused_before_it_is_read():
    limits = Limits(tags=100)
    sound = ctf(pupil(row())).encode()
    assert read(sound, limits=limits)
    with pytest.raises(FileRefused) as caught:
        read(sound.replace(b"</Pupil>", b"<a/>" * 100 + b"</Pupil>"), limits=limits)
    assert caught.value.code == "F08"
    assert caught.value.what == "The file has more than 100 tags."
