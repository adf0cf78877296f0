"""What goes to standard output and standard error: letters that any terminal can show, and colour only where wanted."""

import codecs
import json
import os
import re
import sys
from io import TextIOWrapper
from typing import IO

_PLAIN = {"→": "->", "·": "-", "“": '"', "”": '"', "’": "'", "–": "-", "—": "-", "…": "...", "─": "-"}
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def _replaced(fault: UnicodeError) -> tuple[str, int]:
    """Write what an encoding lacks in its letters: our own marks plainly, anything else by its number."""
    if not isinstance(fault, UnicodeEncodeError):
        raise fault
    lacking = fault.object[fault.start : fault.end]
    plain = (_PLAIN.get(letter) or letter.encode("ascii", "backslashreplace").decode() for letter in lacking)
    return "".join(plain), fault.end


codecs.register_error("keystage", _replaced)


def prepare() -> None:
    """Let both streams take every letter; one that a terminal lacks is replaced and never a fault."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="keystage")


def for_programs() -> IO[str]:
    """Return standard output as programs read it: UTF-8 on every system, line ends as they are written."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace", newline="")
    return sys.stdout


def print_json(values: object) -> None:
    """Print values for programs."""
    for_programs().write(json.dumps(values, ensure_ascii=False, indent=2) + "\n")


def is_colour_wanted(stream: IO[str]) -> bool:
    """Say whether to write in colour: on a terminal, unless the person asked for none (see no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def presentable(text: str) -> str:
    """Return a text that stands on one line and cannot command a terminal, whatever a file or its name holds."""
    if not _needs_care(text):
        return text
    sound = text.encode("utf-8", "replace").decode()
    return _CONTROLS.sub(lambda found: " " if found[0] in "\t\r\n" else "�", sound)


def _needs_care(text: str) -> bool:
    return not (text.isascii() and text.isprintable()) and (
        _CONTROLS.search(text) is not None or any("\ud800" <= letter <= "\udfff" for letter in text)
    )
