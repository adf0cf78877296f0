"""F: files that cannot be read, or that hold no return at all. Nothing else is to be found in them."""

from random import Random

from keystage.simulate import earlier
from keystage.simulate.draft import Draft
from keystage.simulate.expect import Expect
from keystage.simulate.faults.registry import FILE_FAULTS, Spoilt, seeds

_DEPTH = 16
"""How deep elements may stand inside one another, the outermost counted: a limit of the design."""
_PUPIL_DEPTH = 3

_LOG_IN = b"""<!DOCTYPE html>
<html lang="en"><head><title>Sign in</title></head>
<body><form><input name="user"><input name="password"></form></body></html>
"""


def _spoilt(draft: Draft, code: str, text: str, line: int | None) -> Spoilt:
    return Spoilt(draft.dialect.encode(text), [Expect(code, line=line)])


@seeds("F01", FILE_FAULTS)
def cut_short(draft: Draft, chance: Random) -> Spoilt:
    """A download that broke off in the middle of a tag."""
    emission = draft.emission()
    whole = "".join(emission.pieces[: chance.choice(emission.pupils)])
    text = f"{whole}<Pupil>{draft.dialect.line_end}<UPN"
    return _spoilt(draft, "F01", text, text.count("\n") + 1)


@seeds("F01", FILE_FAULTS)
def bare_ampersand(draft: Draft, chance: Random) -> Spoilt | None:
    """An & that nobody escaped."""
    if draft.dialect.decorated:  # it may stand in a CDATA section there, where it is no fault
        return None
    pupil = chance.choice(draft.pupils)
    pupil.surname = "Salt & Pepper"
    text = draft.emission().text.replace("Salt &amp; Pepper", "Salt & Pepper")
    return _spoilt(draft, "F01", text, pupil.places["surname"])


@seeds("F01", FILE_FAULTS)
def two_declarations(draft: Draft, _chance: Random) -> Spoilt:
    """The first line of the file twice."""
    text = draft.emission().text
    first = f'<?xml version="1.0" encoding="{draft.dialect.declared}"?>{draft.dialect.line_end}'
    return _spoilt(draft, "F01", first + text, 2 if draft.dialect.line_end else 1)


@seeds("F02", FILE_FAULTS)
def another_kind_of_file(_draft: Draft, chance: Random) -> Spoilt:
    """A log-in page, nothing, a document, a workbook: saved under the file's name."""
    data = chance.choice((_LOG_IN, b"", b"  \r\n\r\n", b"%PDF-1.7\n%made up\n", b"PK\x03\x04made up"))
    return Spoilt(data, [Expect("F02", line=1)])


@seeds("F02", FILE_FAULTS)
def another_root(_draft: Draft, chance: Random) -> Spoilt:
    """An XML file of another kind."""
    root = chance.choice(("SuperStarReport", "Message", "Workbook", "AssessmentResults"))
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<!-- made up -->\n<{root}>\n  <Record/>\n</{root}>\n'
    return Spoilt(text.encode(), [Expect("F02", line=3)])


@seeds("F03", FILE_FAULTS)
def document_type(draft: Draft, chance: Random) -> Spoilt:
    """A document type declaration, with or without entities."""
    end = draft.dialect.line_end
    first, _, rest = draft.emission().text.partition("?>")
    declaration = chance.choice(
        (
            '<!DOCTYPE CTfile SYSTEM "ctf.dtd">',
            '<!DOCTYPE CTfile [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>',
            '<!DOCTYPE CTfile [<!ENTITY x SYSTEM "file:///nowhere">]>',
        )
    )
    return _spoilt(draft, "F03", f"{first}?>{end}{declaration}{rest}", 2 if end else 1)


@seeds("F04", FILE_FAULTS)
def other_bytes(draft: Draft, chance: Random) -> Spoilt | None:
    """Names in windows-1252 in a file that says UTF-8."""
    if draft.dialect.encoding != "utf-8":
        return None
    chance.choice(draft.pupils).forename = "Zoé"
    data = draft.emission().text.encode("cp1252", "xmlcharrefreplace")
    first = next(place for place, byte in enumerate(data) if byte > 127)  # no UTF-8: an ASCII letter follows it
    return Spoilt(data, [Expect("F04", line=data[:first].count(b"\n") + 1)])


@seeds("F04", FILE_FAULTS)
def other_declaration(draft: Draft, chance: Random) -> Spoilt:
    """A first line that names an encoding which the file is not in, or which nobody knows."""
    names = chance.choice(("x-mis-latin", "UTF-16")) if draft.dialect.encoding == "utf-8" else "UTF-8859"
    text = draft.emission().text.replace(f'encoding="{draft.dialect.declared}"', f'encoding="{names}"', 1)
    return _spoilt(draft, "F04", text, 1)


@seeds("F07", FILE_FAULTS)
def phonics_file(draft: Draft, _chance: Random) -> Spoilt:
    """Results of the phonics check and nothing of this return."""
    for pupil in draft.pupils:
        pupil.rows = earlier.phonics(pupil.made, draft.year)
    return _without_assessments(draft)


@seeds("F07", FILE_FAULTS)
def no_results(draft: Draft, _chance: Random) -> Spoilt:
    """Pupils without any results."""
    for pupil in draft.pupils:
        pupil.rows = []
    return _without_assessments(draft)


def _without_assessments(draft: Draft) -> Spoilt:
    return Spoilt(draft.dialect.encode(draft.emission().text), [Expect("F07")], is_read=True)


@seeds("F08", FILE_FAULTS)
def too_deep(draft: Draft, _chance: Random) -> Spoilt:
    """Elements inside one another without end."""
    draft.deep = _DEPTH - _PUPIL_DEPTH + 4
    text = draft.emission().text
    return _spoilt(draft, "F08", text, draft.pupils[0].places[f"layer {_DEPTH - _PUPIL_DEPTH + 1}"])
