"""What a file that is no Common Transfer File looks like instead, so that a person knows which one to fetch."""

from keystage.returns.refused import FileRefused

FETCH = (
    "Choose the file that the school's system made by its CTF export for key stage 2: its name is like"
    " 9991234_KS2_NAALLLL_001.xml."
)

_BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF document, perhaps a printed report or a marksheet"),
    (b"PK\x03\x04", "an Excel workbook or a zip file whose name was changed to end in .xml"),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word document whose name was changed to end in .xml"),
    (b"{\\rtf", "a word-processor document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
    (b"7z\xbc\xaf", "a compressed file"),
    (b"Rar!", "a compressed file"),
    (b"{", "a JSON file, not XML"),
    (b"[", "a JSON file, not XML"),
)
_WEB_PAGE = "a web page, perhaps the log-in page of a site that was saved in place of the file"
_ROOTS = {
    "html": _WEB_PAGE,
    "superstarreport": "a report made by SIMS",
    "message": "a school census or another return for the Department's COLLECT system",
    "workbook": "a workbook that Excel saved as XML",
    "worddocument": "a Word document saved as XML",
    "atfile": "an admissions transfer file (ATF), which tells a school who is joining it",
    "assessmentresults": "a list of results in some program's own form",
    "feed": "a news feed",
    "rss": "a news feed",
    "svg": "a drawing",
}


def refuse_what_is_not_xml(data: bytes) -> None:
    """Refuse bytes that are plainly something else than XML.

    Raises:
        FileRefused: F02, saying what the file looks like.
    """
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        what = "is empty" if not data else "holds nothing but blank space"
        raise FileRefused("F02", f"The file {what}.", f"The export may have failed. {FETCH}", 1, value="")
    head = data[:1024].removeprefix(b"\xef\xbb\xbf").lstrip()
    for beginning, looks_like in _BEGINNINGS:
        if head.startswith(beginning):
            raise _not_a_ctf(looks_like, 1, "")
    if head.lower().startswith((b"<!doctype html", b"<html", b"<head", b"<body")):
        raise _not_a_ctf(_WEB_PAGE, 1, "html")


def not_a_ctf(root: str, line: int) -> FileRefused:
    """Return the refusal of an XML document whose outermost element is not ``CTfile``."""
    local = root.rpartition(":")[2]
    looks_like = _ROOTS.get(local.casefold(), f"an XML file of another kind: its outermost element is <{root}>")
    return _not_a_ctf(looks_like, line, root)


def _not_a_ctf(looks_like: str, line: int, value: str) -> FileRefused:
    return FileRefused(
        "F02", f"This is not a Common Transfer File. It looks like {looks_like}.", FETCH, line, value=value
    )
