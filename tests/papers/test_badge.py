"""A school's badge: a picture that can be printed, or plain words on why it cannot."""

import base64
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keystage.papers.badge import MOST_BYTES, check_badge
from keystage.papers.parent_report import parent_reports
from keystage.papers.typeset import PaperNotMade
from papers.made import reader
from papers.pictures import png
from papers.reports_made import ADA, CY, paper

# 8 by 8 dots of grey
JPEG = base64.b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQc1tdhbWGkJ6jq62rZ4C8ybqmx5moq6T/wAALCAAIAAgBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAABv/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AOP/Z"
)


@pytest.mark.parametrize("picture", [png(), png(1, 1), png(900, 30), JPEG], ids=["square", "dot", "wide", "jpeg"])
def test_a_png_and_a_jpeg_are_printed(picture):
    assert check_badge(picture) == ""
    (made,) = reader(parent_reports(paper(badge=picture))).pages
    assert len(made.images) == 1


def test_one_picture_serves_every_page():
    one, two = (len(parent_reports(paper(*reports, badge=png(data=None)))) for reports in ((ADA,), (ADA, CY)))
    assert two < 2 * one


def test_without_a_badge_there_is_none():
    assert not reader(parent_reports(paper())).pages[0].images


WRONG = {
    "nothing": (b"", "is empty"),
    "svg": (b'<?xml version="1.0"?><svg/>', "is an SVG, which is a document and not a picture"),
    "svg after spaces": (b"\xef\xbb\xbf \n<SVG onload='x()'>", "is an SVG"),
    "gif": (b"GIF89a" + bytes(50), "must be a PNG or JPEG picture"),
    "text": (b"our badge", "must be a PNG or JPEG picture"),
    "half a png": (png()[:60], "is damaged"),
    "a png without dots": (png(data=b"no dots"), "is damaged"),
    "a png of no size": (png(0, 5), "is damaged"),
    "the start of a png": (png()[:9], "is damaged"),
    "half a jpeg": (JPEG[:100], "is damaged"),
    "the start of a jpeg": (JPEG[:3], "is damaged"),
    "a picture that would fill the memory": (png(30_000, 30_000, b""), "is 30000 by 30000 dots"),
    "a file too large": (png() + bytes(MOST_BYTES), "must be smaller than 500 kB"),
}


@pytest.mark.parametrize(("content", "words"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_printed_is_refused_in_words(content, words):
    assert words in check_badge(content)
    if content:
        with pytest.raises(PaperNotMade, match=words):
            parent_reports(paper(badge=content))


@settings(max_examples=150, deadline=None)
@given(st.sampled_from([png(), JPEG]), st.data())
def test_a_spoilt_picture_never_crashes(picture, data):
    at = data.draw(st.integers(2, len(picture) - 1))
    spoilt = picture[:at] + data.draw(st.binary(max_size=12)) + picture[at + data.draw(st.integers(0, 12)) :]
    if check_badge(spoilt) == "":
        with suppress(PaperNotMade):
            assert parent_reports(paper(badge=spoilt)).startswith(b"%PDF")
