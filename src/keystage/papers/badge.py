"""A school's badge: which pictures can stand on a report, and what is wrong with one that cannot.

PNG and JPEG only. An SVG is a document that may hold text, scripts and addresses of other pictures, and would be drawn
by whoever opens it in its own way; so it is refused, and the school is told how to turn it into a PNG.
"""

from datetime import UTC, datetime

from keystage.papers.characters import Value
from keystage.papers.typeset import PaperNotMade, typeset

MOST_BYTES = 500_000
MOST_DOTS = 4_000
"""On a side. A small file can hold a picture that would fill the machine's memory."""
WIDEST, HIGHEST = 45, 17
"""On paper, in millimetres."""

_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_BARE = {0x01, *range(0xD0, 0xDA)}
_BROKEN = "The badge is damaged and cannot be shown. Save the picture again as PNG or JPEG, and choose that file."
_TRIED = datetime(2026, 1, 1, tzinfo=UTC)


def check_badge(content: bytes) -> str:
    """Return nothing where a picture can be printed; else, in words for the school, why not and what to do."""
    if not content:
        return "The file of the badge is empty. Choose another file."
    if len(content) > MOST_BYTES:
        return f"The badge must be smaller than {MOST_BYTES // 1000} kB. 600 dots on a side are enough."
    if not content.startswith((_PNG, _JPEG)):
        return _other_kind(content)
    width, height = _size(content)
    if not width or not height:
        return _BROKEN
    if max(width, height) > MOST_DOTS:
        return f"The badge is {width} by {height} dots. It must be at most {MOST_DOTS} on each side: save it smaller."
    return "" if _can_be_drawn(content) else _BROKEN


def badge_data(content: bytes) -> Value:
    """Return a badge as its template takes it, with its size on paper. Raises PaperNotMade for one that is refused."""
    if wrong := check_badge(content):
        raise PaperNotMade(wrong)
    width, height = _size(content)
    scale = min(WIDEST / width, HIGHEST / height)
    return {"bytes": list(content), "width": f"{width * scale:.2f}", "height": f"{height * scale:.2f}"}


def _other_kind(content: bytes) -> str:
    start = content[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<svg", b"<?xml", b"<!doctype svg")):
        return (
            "The badge is an SVG, which is a document and not a picture: it may hold programs. "
            "Save it as PNG, and choose that file."
        )
    return "The badge must be a PNG or JPEG picture. Save it as one of these, and choose that file."


def _size(content: bytes) -> tuple[int, int]:
    """Return width and height in dots; nothing by nothing where the picture does not say."""
    if content.startswith(_JPEG):
        return _jpeg_size(content)
    if content[12:16] != b"IHDR":
        return 0, 0
    return int.from_bytes(content[16:20]), int.from_bytes(content[20:24])


def _jpeg_size(content: bytes) -> tuple[int, int]:
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker in _FRAMES:
            return int.from_bytes(content[at + 7 : at + 9]), int.from_bytes(content[at + 5 : at + 7])
        if marker == 0xFF:
            at += 1
        else:
            at += 2 if marker in _BARE else 2 + int.from_bytes(content[at + 2 : at + 4])
    return 0, 0


def _can_be_drawn(content: bytes) -> bool:
    try:
        typeset("badge", {"badge": list(content)}, _TRIED)
    except PaperNotMade:
        return False
    return True
