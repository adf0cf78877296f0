"""What a reader of a report should know of the spreadsheet: cells that could not be taken as they look."""

from collections.abc import Iterator, Sequence

from keystage.checks.finding import place_in_words
from keystage.sheets.sheet_file import SheetFile

_SHOWN = 10
"""Places that a note lists; it says how many more there are."""

_TRAPS = {
    "formula": "A formula was saved without its result, so the cell was read as blank: {places}. Open the file in Excel"
    " or LibreOffice, save it, and check it again.",
    "error": "A cell shows an error in place of an entry: {places}. Correct it and check the file again.",
    "merged": "Cells are merged, so only the first of each block was read: {places}. Unmerge them, fill in each one,"
    " and check the file again.",
}
_INJECTION = (
    "An entry begins like a formula, which a spreadsheet program might run. It was read as text: {places}. Make sure"
    " that it is meant."
)
_REPEATED = "Two columns have a heading for {field}: {places}. {which}"
_JUDGED = frozenset({"reading", "writing", "maths", "science"})


def notes_on(sheet: SheetFile) -> Iterator[str]:
    """Yield what a reader should know of a spreadsheet, each kind of thing once."""
    for kind, words in _TRAPS.items():
        places = [_place(sheet, trap.at) for trap in sheet.traps if trap.kind == kind]
        if places:
            yield words.format(places=_listed(places))
    if sheet.injections:
        yield _INJECTION.format(places=_listed([_place(sheet, at) for _, at in sheet.injections]))
    for field, place in sheet.repeated_headings:
        which = "Judgements were read from both." if field in _JUDGED else "The first was read."
        yield _REPEATED.format(field=field.replace("_", " "), places=place_in_words(place), which=which)


def _place(sheet: SheetFile, at: int) -> str:
    return place_in_words(sheet.place(at))


def _listed(places: Sequence[str]) -> str:
    shown = "; ".join(places[:_SHOWN])
    return f"{shown}; and {len(places) - _SHOWN:,} more" if len(places) > _SHOWN else shown
