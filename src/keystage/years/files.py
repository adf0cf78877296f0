"""The files of the years: those that are shipped, and those of a folder that adds to or replaces them."""

import re
import tomllib
from pathlib import Path

from keystage.years.errors import YearFileInvalid, YearUnknown
from keystage.years.reading import Document

SHIPPED = Path(__file__).parent

OF_ITS_YEAR = frozenset({"year", "status", "carried_from", "dates", "thresholds", "national"})
"""Parts that belong to one year and are never carried to another."""

_AT = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


def years_in(folder: Path) -> tuple[int, ...]:
    """Give the years that have a file in a folder."""
    return tuple(sorted(int(file.stem) for file in folder.glob("[0-9][0-9][0-9][0-9].toml")))


def held(years_dir: Path | None = None) -> tuple[int, ...]:
    """Give the collection years that can be loaded."""
    added = years_in(years_dir) if years_dir else ()
    return tuple(sorted({*years_in(SHIPPED), *added}))


def find(name: str, years_dir: Path | None) -> Path | None:
    """Find `2026.toml` or `scores/2026.csv`: the folder's own, else the shipped one."""
    places = [years_dir, SHIPPED] if years_dir else [SHIPPED]
    return next((folder / name for folder in places if (folder / name).is_file()), None)


def read_document(year: int, years_dir: Path | None, after: tuple[int, ...] = ()) -> Document:
    """Read a year's file, filled from the year it is carried from."""
    file = find(f"{year}.toml", years_dir)
    if file is None:
        raise YearUnknown(year, held(years_dir))
    document = _parse(file)
    if document.table.get("year") != year:
        wrong = f"`year` is {document.table.get('year')!r}."
        raise document.fault(("year",), wrong, f"{year}, as the file is named.")
    base = document.table.get("carried_from")
    if base is not None:
        known = set(held(years_dir)) - {year, *after}
        if type(base) is not int or base not in known:
            wrong = f"`carried_from` is {base!r}."
            raise document.fault(("carried_from",), wrong, f"another year that is held: {_listed(known)}.")
        document.table = _filled(document.table, read_document(base, years_dir, (*after, year)).table, base)
    return document


def _listed(years: set[int]) -> str:
    return ", ".join(map(str, sorted(years)))


def _parse(file: Path) -> Document:
    try:
        text = file.read_text("utf-8-sig")
        return Document(file, text, tomllib.loads(text))
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise YearFileInvalid(file, line, "The file is not in UTF-8.", "a file saved as UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        at = _AT.search(str(error))
        line = int(at[1]) if at and at[1] else len(text.splitlines())
        wrong = f"{_AT.sub('', str(error))}."
        raise YearFileInvalid(file, line, wrong, "TOML, as in the years that are shipped.") from None


def _filled(own: dict[str, object], base: dict[str, object], year: int) -> dict[str, object]:
    """Fill a file with the parts of another year, each marked as assumed."""
    carried = {key: _assumed(value, year) for key, value in base.items() if key not in OF_ITS_YEAR}
    return _merged(own, carried)


def _merged(own: dict[str, object], base: dict[str, object]) -> dict[str, object]:
    merged = base | own
    for key, value in own.items():
        under = base.get(key)
        if isinstance(value, dict) and isinstance(under, dict):
            merged[key] = _merged(value, under)
    return merged


def _assumed(value: object, year: int) -> object:
    if isinstance(value, list):
        return [_assumed(each, year) for each in value]
    if not isinstance(value, dict):
        return value
    carried = {key: _assumed(each, year) for key, each in value.items()}
    if "basis" in value or "source" in value:
        note = str(value.get("note", ""))
        carried |= {"basis": "assumed", "note": f"carried from {year}" + (f"; {note}" if note else "")}
    return carried
