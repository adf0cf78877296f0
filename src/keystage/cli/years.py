"""``keystage years``: which collection years are held, what one asks, and how two differ."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from keystage.years import CollectionYear, held, load
from keystage.years.describe import Section, describe
from keystage.years.difference import differences
from keystage.years.provenance import Basis

_DRAFT = "DRAFT: nothing of this year has been published; all of it is assumed from the year before."


@click.command("years")
@click.argument("year", type=int, required=False)
@click.argument("other", type=int, required=False)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--years-dir", type=click.Path(path_type=Path, file_okay=False), help="A folder with years of your own.")
def command(year: int | None, other: int | None, form: str, years_dir: Path | None) -> None:
    """List the collection years held; print YEAR in full; or print the differences from YEAR to OTHER."""
    if year is None:
        years = [load(each, years_dir=years_dir) for each in held(years_dir)]
        _print(form, [_line(each) for each in years], [_about(each) for each in years])
    elif other is None:
        sections = describe(one := load(year, years_dir=years_dir))
        _print(form, list(_in_full(one, sections)), {**_about(one), "sections": [_section(each) for each in sections]})
    else:
        old, new = load(year, years_dir=years_dir), load(other, years_dir=years_dir)
        found = differences(old, new)
        values = [{"part": each.part, "what": each.what, "before": each.before, "after": each.after} for each in found]
        _print(form, list(_differences(old, new)), values)


def _print(form: str, lines: Sequence[str], values: object) -> None:
    click.echo(json.dumps(values, ensure_ascii=False, indent=2) if form == "json" else "\n".join(lines))


def _about(year: CollectionYear) -> dict[str, object]:
    assumed = [each.part for each in year.provenance if each.basis is Basis.ASSUMED]
    return {
        "year": year.year,
        "label": year.label,
        "status": str(year.status),
        "gateway": year.gateway.name,
        "version": year.ctf.version,
        "assumed": assumed,
    }


def _line(year: CollectionYear) -> str:
    about = _about(year)
    known = f"{len(year.provenance) - _assumed(year)} parts known, {_assumed(year)} assumed"
    columns = (f"{year.year}", year.label, f"{about['status']:<6}", f"CTF {year.ctf.version}", year.gateway.short_name)
    return f"{'  '.join(columns):<48}{known}"


def _assumed(year: CollectionYear) -> int:
    return sum(each.basis is Basis.ASSUMED for each in year.provenance)


def _section(section: Section) -> dict[str, object]:
    return {
        "heading": section.heading,
        "basis": str(section.basis) if section.basis else None,
        "source": section.source,
        "note": section.note,
        "columns": list(section.columns),
        "rows": [list(row) for row in section.rows],
    }


def _in_full(year: CollectionYear, sections: Sequence[Section]) -> Iterator[str]:
    yield f"Collection year {year.year}: the summer of the school year {year.label}"
    if year.is_draft:
        yield click.style(_DRAFT, fg="yellow", bold=True)
    for section in sections:
        yield ""
        yield click.style(section.heading, bold=True) + (
            f"  [{section.basis}: {section.source}]" if section.basis else ""
        )
        if section.note:
            yield f"  ({section.note})"
        yield from _table(section.columns, section.rows)


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    cells = [columns, *rows] if any(columns) else list(rows)
    widths = [min(max(len(str(row[i])) for row in cells), 44) for i in range(len(cells[0]))] if cells else []
    for number, row in enumerate(cells):
        line = "  ".join(f"{cell:<{width}}" for cell, width in zip(map(str, row), widths, strict=True)).rstrip()
        yield click.style(f"  {line}", dim=number == 0 and any(columns))


def _differences(old: CollectionYear, new: CollectionYear) -> Iterator[str]:
    yield f"From {old.year} ({old.status}) to {new.year} ({new.status})"
    if new.is_draft:
        yield click.style(_DRAFT, fg="yellow", bold=True)
    part = ""
    for each in differences(old, new):
        if each.part != part:
            part = each.part
            yield click.style(part, bold=True)
        yield f"  {each.what}: {each.before or 'not known'} → {each.after or 'not known'}"
