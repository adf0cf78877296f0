"""``keystage years``: which collection years are held, what one asks, and how two differ."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

import click

from keystage.cli.entries import wrapped
from keystage.cli.options import form_option, years_dir_option
from keystage.cli.streams import presentable, print_json
from keystage.cli.table import table
from keystage.cli.text import width_of_text
from keystage.years import CollectionYear, held, load
from keystage.years.describe import SAID, Section, describe
from keystage.years.difference import Difference, differences
from keystage.years.files import years_in
from keystage.years.provenance import Basis


@click.command("years")
@click.argument("year", type=int, required=False)
@click.argument("other", type=int, required=False)
@form_option("text", "json")
@years_dir_option
def command(year: int | None, other: int | None, form: str, years_dir: Path | None) -> None:
    """List the collection years held; print YEAR in full; or print the differences from YEAR to OTHER.

    A collection year is named by its summer: 2026 is the school year 2025/26. For every part it is said how sure it is
    and where it comes from.
    """
    width = width_of_text()
    if year is None:
        years = [load(each, years_dir=years_dir) for each in held(years_dir)]
        _print(form, _list(years, years_dir, width), [_about(each) for each in years])
    elif other is None:
        sections = describe(one := load(year, years_dir=years_dir))
        values = {**_about(one), "sections": [_section(each) for each in sections]}
        _print(form, _in_full(one, sections, width), values)
    else:
        old, new = load(year, years_dir=years_dir), load(other, years_dir=years_dir)
        found = differences(old, new)
        changes = [{"part": each.part, "what": each.what, "before": each.before, "after": each.after} for each in found]
        values = {"old": _about(old), "new": _about(new), "differences": changes}
        _print(form, _differences(old, new, found, width), values)


def _print(form: str, lines: Iterable[str], values: object) -> None:
    if form == "json":
        print_json(values)
    else:
        click.echo("\n".join(lines))


def _about(year: CollectionYear) -> dict[str, object]:
    return {
        "year": year.year,
        "label": year.label,
        "status": str(year.status),
        "draft": year.is_draft,
        "gateway": year.gateway.name,
        "version": year.ctf.version,
        "assumed": _assumed(year),
    }


def _assumed(year: CollectionYear) -> list[str]:
    return [each.part for each in year.provenance if each.basis is Basis.ASSUMED]


def _section(section: Section) -> dict[str, object]:
    return {
        "heading": section.heading,
        "basis": str(section.basis) if section.basis else None,
        "source": section.source,
        "note": section.note,
        "columns": list(section.columns),
        "rows": [list(row) for row in section.rows],
    }


_COLUMNS = ("Year", "School year", "Status", "CTF", "Gateway", "Parts known", "Parts assumed")


def _list(years: Sequence[CollectionYear], years_dir: Path | None, width: int) -> Iterator[str]:
    yield from table(_COLUMNS, [_row(each) for each in years], width, indent="")
    yield ""
    for year in years:
        if year.is_draft:
            yield from wrapped(_draft(year), width)
    if years_dir and (own := years_in(years_dir)):
        yield presentable(f"Taken from {years_dir}: {', '.join(map(str, own))}.")
    yield from wrapped("“keystage years 2026” prints a year in full; “keystage years 2025 2026” compares two.", width)


def _row(year: CollectionYear) -> tuple[str, ...]:
    assumed = len(_assumed(year))
    about = (str(year.year), year.label, str(year.status), year.ctf.version, year.gateway.short_name)
    return (*about, str(len(year.provenance) - assumed), str(assumed))


def _draft(year: CollectionYear) -> str:
    return f"{year.year} is a draft: what has not been published yet is carried from the year before, and assumed."


def _in_full(year: CollectionYear, sections: Sequence[Section], width: int) -> Iterator[str]:
    yield click.style(f"Collection year {year.year}: the summer of the school year {year.label}", bold=True)
    if year.is_draft:
        yield from (click.style(line, fg="yellow", bold=True) for line in wrapped(_draft(year), width))
    yield from wrapped(
        "Beside each part stands how sure it is, and in square brackets its source, which is named in full at the end.",
        width,
    )
    for section in sections:
        yield ""
        yield from _section_in_words(section, width)


def _section_in_words(section: Section, width: int) -> Iterator[str]:
    """Yield a table; what all its rows say of themselves alike is said once, above, and what differs below."""
    columns, rows = section.columns, section.rows
    said = [(str(section.basis), section.source or "", section.note or "")] if section.basis else []
    marks: dict[tuple[str, ...], str] = {}
    if columns[-len(SAID) :] == SAID:
        columns, rows, marks = _marked(columns, rows)
        said = [(each[0], each[1], each[2]) for each in marks] if len(marks) == 1 else []
    about = f"  [{said[0][0]}: {said[0][1]}]" if said else ""
    yield click.style(section.heading, bold=True) + about
    if said and said[0][2]:
        yield from wrapped(f"({said[0][2]})", width, "  ", "   ")
    if not rows:
        yield "  Not known."
    yield from table(columns, rows, width)
    if len(marks) > 1:
        for (basis, source, note), mark in marks.items():
            yield from wrapped(f"{mark} {basis}: {source}{f' ({note})' if note else ''}", width, "    ", "        ")


def _marked(
    columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...]
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...], dict[tuple[str, ...], str]]:
    """Put a mark in the place of what each row says of how sure it is and where it comes from."""
    marks: dict[tuple[str, ...], str] = {}
    for row in rows:
        marks.setdefault(tuple(map(str, row[-3:])), f"[{len(marks) + 1}]")
    if len(marks) < 2:
        return columns[:-3], tuple(row[:-3] for row in rows), marks
    marked = tuple((*row[:-3], f"{row[-3]} {marks[tuple(map(str, row[-3:]))]}") for row in rows)
    return (*columns[:-3], "How sure"), marked, marks


def _differences(old: CollectionYear, new: CollectionYear, found: Sequence[Difference], width: int) -> Iterator[str]:
    yield click.style(f"From {old.year} ({old.status}) to {new.year} ({new.status})", bold=True)
    for year in (old, new):
        if year.is_draft:
            yield from (click.style(line, fg="yellow", bold=True) for line in wrapped(_draft(year), width))
    if not found:
        yield "No difference."
    for part, group in groupby(found, key=lambda each: each.part):
        yield ""
        yield click.style(_title(part), bold=True)
        rows = [(_plain(each.what), _value(each.before), _value(each.after)) for each in group]
        yield from table(("", str(old.year), str(new.year)), rows, width)


def _title(part: str) -> str:
    return part[:1].upper() + part[1:]


def _plain(what: str) -> str:
    return what.replace("_", " ")


def _value(value: str | None) -> str:
    return value or "not known"
