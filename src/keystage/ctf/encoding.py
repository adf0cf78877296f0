"""From the bytes of a file to UTF-8, by what the file says of itself; never by a guess."""

import codecs
import re

from keystage.returns.refused import FileRefused

_DECLARED = re.compile(rb"\s*<\?xml\s[^>]*?\bencoding\s*=\s*[\"']([A-Za-z][A-Za-z0-9._-]*)[\"']")
_WIDE_MARKS = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_READ = {
    "ascii": "utf-8",  # every ASCII file is a UTF-8 file, and what is not ASCII is then looked at as UTF-8
    "utf-8": "utf-8",
    "utf-16": "utf-16",
    **{f"iso8859-{part}": f"iso8859-{part}" for part in (1, 2, 3, 4, 7, 9, 10, 13, 14, 15)},
    **{f"cp{page}": f"cp{page}" for page in (1250, 1252, 1254, 1257)},
}


def to_utf8(data: bytes) -> tuple[bytes, str]:
    """Return the file as UTF-8 without a byte order mark, and the encoding it was in.

    Raises:
        FileRefused: F04, where the declared encoding is not known or the bytes are not in it.
    """
    if data.startswith(codecs.BOM_UTF8):
        data = data.removeprefix(codecs.BOM_UTF8)
        _must_agree(declared_in(data) or "utf-8", "utf-8")
    if name := _wide(data):
        text = _decoded(data, name).removeprefix("\ufeff").encode("utf-8")
        _must_be_narrow(text)
        _must_agree(declared_in(text) or "utf-16", "utf-16")
        return text, "utf-16"
    declared = declared_in(data) or "utf-8"
    if declared == "utf-8":
        return data, declared
    if declared == "utf-16":
        _must_agree(declared, "one with single bytes for letters, such as UTF-8 or windows-1252")
    return _decoded(data, declared).encode("utf-8"), declared


def _wide(data: bytes) -> str:
    """Say which UTF-16 the bytes are in; empty where they are not. XML allows it without a byte order mark."""
    for mark, name in _WIDE_MARKS:
        if data.startswith(mark):
            return name
    return "utf-16-be" if data[:1] == b"\x00" else "utf-16-le" if data[1:2] == b"\x00" else ""


def _must_be_narrow(text: bytes) -> None:
    """Refuse what the parser would take for UTF-16 again: the places of its parts could not be found."""
    if _wide(text):
        raise FileRefused(
            "F04",
            "The file begins with empty characters, so its letters cannot be read.",
            "Export it again with the encoding UTF-8.",
            1,
        )


def declared_in(data: bytes) -> str | None:
    """Return the encoding that a file declares, as Python names it; None where it declares none.

    Raises:
        FileRefused: F04, where it is not one of those that schools' systems write.
    """
    found = _DECLARED.match(data[: data.find(b"?>") + 2])
    if not found:
        return None
    name = found[1].decode("ascii")
    try:
        return _READ[codecs.lookup(name).name]
    except LookupError:
        raise FileRefused(
            "F04",
            f"The file says that it is written in the encoding “{name}”, which is not known here.",
            "Export it again with the encoding UTF-8, or ask the supplier of your system to.",
            1,
            value=name,
        ) from None


def not_utf8(data: bytes) -> FileRefused | None:
    """Return the refusal of a file that says UTF-8 and is not, with the line; None where it is, or is cut short."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data)
    except UnicodeDecodeError as fault:
        return _refusal(data, fault, "utf-8")
    return None


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as fault:
        raise _refusal(data, fault, encoding) from None


def _refusal(data: bytes, fault: UnicodeDecodeError, encoding: str) -> FileRefused:
    wide = 2 if encoding.startswith("utf-16") else 1
    before = data[: fault.start - fault.start % wide]
    text = before.decode(encoding, "replace")
    last = re.split(r"\r\n|\n|\r", text)[-1]
    return FileRefused(
        "F04",
        f"The file says that it is written in {encoding.upper()}, but the letters on line {_lines(text)} are not"
        + (" (most likely they are in windows-1252)." if encoding == "utf-8" else "."),
        "Run “keystage repair” on the file and look at the names it lists, or export it again as UTF-8.",
        _lines(text),
        len(last) + 1,
        data[fault.start : fault.start + 1].hex(),
    )


def _lines(text: str) -> int:
    return len(re.findall(r"\r\n|\n|\r", text)) + 1


def _in_words(encoding: str) -> str:
    return encoding if " " in encoding else encoding.upper()


def _must_agree(declared: str, actual: str) -> None:
    if declared != actual:
        raise FileRefused(
            "F04",
            f"The file says that it is written in {declared.upper()}, but its bytes are in {_in_words(actual)}.",
            "Export it again with the encoding UTF-8.",
            1,
            value=declared,
        )
