"""Where the pupils stand in a file that is laid out in the usual way: one after the other, with nothing between them.

In a well-formed document without comments, CDATA and processing instructions a “<” can only begin a tag, so the tags of
the pupils can be found in the bytes themselves, and the parser need not be asked where they are.
"""

import re

from keystage.ctf.limits import Limits

_BEGIN = b"<Pupil>"
_END = b"</Pupil>"
_NEXT = re.compile(rb"\s*(?:(?P<pupil><Pupil>)|</CTFpupilData>\s*</CTfile>\s*\Z)")


def pupils_in(data: bytes, limits: Limits) -> list[tuple[int, int]] | None:
    """Return where each pupil begins and ends, if the document is well formed; None where it is laid out otherwise."""
    begin = data.find(_BEGIN)
    if begin < 0 or _has(b"!", data, begin) or _has(b"?", data, begin):
        return None
    spans: list[tuple[int, int]] = []
    while True:
        end = data.find(_END, begin) + len(_END)
        following = _NEXT.match(data, end)
        if following is None or not begin < end <= begin + limits.record:
            return None
        spans.append((begin, end))
        if following["pupil"] is None:
            return spans
        begin = following.start("pupil")


def _has(mark: bytes, data: bytes, begin: int) -> bool:
    """Say whether a comment, CDATA or processing instruction may begin there. Nearly always one look is enough."""
    return data.find(mark, begin) >= 0 and data.find(b"<" + mark, begin) >= 0
