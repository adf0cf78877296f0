"""Every table of every shipped year says how sure it is and where it was read."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from keystage import years

SHIPPED = Path(years.__file__).parent
BASES = {"official", "published copy", "assumed"}
SHIPPED_YEARS = pytest.mark.parametrize("year", years.held())

# Tables that rest on the table they stand in: rows of a list, the lines of a heading table, the figures of a year.
ROWS_OF_THEIR_TABLE = re.compile(
    r"codes\.\w+\.list|registration\.(test|pupil)|tests\.\w+\.papers\.list|rows\.tests\.list|"
    r"(headings|results_headings|group_headings)\..+|national\.\w+"
)
HOLDERS = {"sources", "codes", "ta_effects", "rows", "rows.ta", "tests", "thresholds"}


def _tables(value: object, name: str = "") -> Iterator[tuple[str, dict[str, object]]]:
    if isinstance(value, list):
        for each in value:
            yield from _tables(each, name)
    elif isinstance(value, dict):
        if name:
            yield name, value
        for key, each in value.items():
            yield from _tables(each, f"{name}.{key}" if name else key)


@SHIPPED_YEARS
def test_every_table_in_the_file_has_a_basis_and_a_listed_source(year):
    data = tomllib.loads((SHIPPED / f"{year}.toml").read_text("utf-8"))
    tables = [
        (name, table)
        for name, table in _tables(data)
        if name not in HOLDERS and not ROWS_OF_THEIR_TABLE.fullmatch(name)
    ]
    assert tables
    for name, table in tables:
        assert table.get("basis") in BASES, name
        assert table.get("source") in data["sources"], name


@SHIPPED_YEARS
def test_no_source_is_listed_that_nothing_rests_on(year):
    data = tomllib.loads((SHIPPED / f"{year}.toml").read_text("utf-8"))
    assert set(data["sources"]) <= {table.get("source") for _, table in _tables(data)}


@SHIPPED_YEARS
def test_a_loaded_year_lists_the_provenance_of_its_parts(year):
    held = years.load(year)
    assert len(held.provenance) > 50
    for part, basis, source, _note in held.provenance:
        assert part
        assert basis in BASES
        assert source in held.sources


@SHIPPED_YEARS
def test_no_part_is_listed_twice(year):
    parts = [said.part for said in years.load(year).provenance]
    assert sorted(parts) == sorted(set(parts))


def test_everything_in_the_draft_is_assumed():
    assert {said.basis for said in years.load(2027).provenance} == {"assumed"}


def test_what_is_assumed_in_a_year_can_be_listed():
    assumed = {said.part for said in years.load(2026).provenance if said.basis == "assumed"}
    assert {"codes writing", "rows of tests", "template headings", "ctf destination"} <= assumed
    assert "date ta_deadline" not in assumed
