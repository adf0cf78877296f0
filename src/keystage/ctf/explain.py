"""Why a file is not well-formed XML, in words: where, what was found, and what was expected."""

from collections.abc import Callable
from contextlib import suppress
from xml.parsers import expat
from xml.parsers.expat import errors

from keystage.ctf.limits import LIMITS, Limits, too_deep
from keystage.returns.refused import FileRefused

_AGAIN = "Export the file again from the school's system; a file that was cut short or edited by hand cannot be used."


def explain(data: bytes, fault: expat.ExpatError, limits: Limits = LIMITS) -> FileRefused:
    """Return the refusal (F01) of a file that the parser gave up on, after a second look at it.

    Elements that stand too deep are refused as such (F08), however the file ends.
    """
    try:
        opened = _open_elements(data, limits)
    except FileRefused as refused:
        return refused
    code = errors.messages.get(fault.code, "")
    words = _WORDS.get(code, _otherwise)
    what, fix = words(opened, data, fault)
    return FileRefused("F01", what, fix, fault.lineno, fault.offset + 1)


def _open_elements(data: bytes, limits: Limits) -> list[tuple[str, int]]:
    """Return the elements that were open where the parser gave up: name and line."""
    parser = expat.ParserCreate("utf-8")
    opened: list[tuple[str, int]] = []

    def start(name: str, _attributes: object) -> None:
        opened.append((name, parser.CurrentLineNumber))
        if len(opened) > limits.depth:
            raise too_deep(parser.CurrentLineNumber, limits)

    def end(_name: str) -> None:
        opened.pop()

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    with suppress(expat.ExpatError):
        parser.Parse(data, True)
    return opened


_Opened = list[tuple[str, int]]
_Words = Callable[[_Opened, bytes, expat.ExpatError], tuple[str, str]]


def _place(fault: expat.ExpatError) -> str:
    return f"line {fault.lineno}, column {fault.offset + 1}"


def _cut_short(opened: _Opened, _data: bytes, fault: expat.ExpatError) -> tuple[str, str]:
    if not opened:
        return f"The file ends at {_place(fault)} before the element <CTfile> that it must hold.", _AGAIN
    name, line = opened[-1]
    return (
        f"The file is cut short: it ends at {_place(fault)}, where </{name}> (opened on line {line}) must follow.",
        _AGAIN,
    )


def _mismatch(opened: _Opened, data: bytes, fault: expat.ExpatError) -> tuple[str, str]:
    name, line = opened[-1]
    lines = data.splitlines()
    here = lines[fault.lineno - 1].decode("utf-8", "replace") if fault.lineno <= len(lines) else ""
    tail = here[max(fault.offset - 2, 0) :]
    found = tail[: tail.find(">") + 1][:60] or "another end tag"
    return f"At {_place(fault)} stands {found} where </{name}> (opened on line {line}) was expected.", _AGAIN


def _after_the_end(_opened: _Opened, _data: bytes, fault: expat.ExpatError) -> tuple[str, str]:
    return (
        f"There is more after the end of the document, at {_place(fault)}; nothing was expected after </CTfile>.",
        "If two files were joined, send each by itself; otherwise export the file again.",
    )


def _late_declaration(_opened: _Opened, _data: bytes, fault: expat.ExpatError) -> tuple[str, str]:
    return (
        f"The line <?xml …?> stands at {_place(fault)}; it was expected only at the very beginning of the file.",
        "Run “keystage repair” on the file: it removes what stands before, or a second such line.",
    )


def _entity(_opened: _Opened, _data: bytes, fault: expat.ExpatError) -> tuple[str, str]:
    return (
        f"At {_place(fault)} an “&” begins a name that is not known; an “&” by itself must be written “&amp;”.",
        "Correct the name or the text in the school's system and export the file again.",
    )


def _token(opened: _Opened, data: bytes, fault: expat.ExpatError) -> tuple[str, str]:
    if not data.lstrip().startswith(b"<"):
        return f"This is not XML: at {_place(fault)} text stands where <CTfile> was expected.", _AGAIN
    inside = f" inside <{opened[-1][0]}> (opened on line {opened[-1][1]})" if opened else ""
    what = (
        f"At {_place(fault)}{inside} stands a character that cannot stand there:"
        " “<” and “&” in a text must be written “&lt;” and “&amp;”, and control characters are not allowed."
    )
    return what, "Correct the text in the school's system and export the file again."


def _otherwise(_opened: _Opened, _data: bytes, fault: expat.ExpatError) -> tuple[str, str]:
    reason = errors.messages.get(fault.code, "the XML is not well formed")
    return f"The file is not well-formed XML at {_place(fault)}: {reason}.", _AGAIN


_WORDS: dict[str, _Words] = {
    errors.XML_ERROR_NO_ELEMENTS: _cut_short,
    errors.XML_ERROR_UNCLOSED_TOKEN: _cut_short,
    errors.XML_ERROR_UNCLOSED_CDATA_SECTION: _cut_short,
    errors.XML_ERROR_PARTIAL_CHAR: _cut_short,
    errors.XML_ERROR_TAG_MISMATCH: _mismatch,
    errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT: _after_the_end,
    errors.XML_ERROR_MISPLACED_XML_PI: _late_declaration,
    errors.XML_ERROR_UNDEFINED_ENTITY: _entity,
    errors.XML_ERROR_INVALID_TOKEN: _token,
    errors.XML_ERROR_SYNTAX: _token,
}
