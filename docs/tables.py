"""Fills in the tables that the pages take from the product: ``python docs/tables.py``. A test says when one is old.

In a page a table stands between ``<!-- table: NAME -->`` and ``<!-- end -->``; the name is that of a function here.
"""

import os
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from keystage.ctf.versions import sex_tag, version_of_year
from keystage.service.accounts.roles import ALLOWED, Permission, Role
from keystage.years import held, load
from keystage.years.describe import describe

HERE = Path(__file__).parent
_TABLE = re.compile(r"(<!-- table: (?P<name>[\w ]+) -->\n)(.*?)(<!-- end -->)", re.DOTALL)
LATEST = 2026
"""The latest collection year that is no draft: its data are shown."""


def pages() -> Iterator[tuple[Path, str]]:
    """Yield every page that has a table, as it should be."""
    for path in sorted(HERE.rglob("*.md")):
        text = path.read_text("utf-8")
        if _TABLE.search(text):
            yield path, _TABLE.sub(lambda found: f"{found[1]}\n{table(found['name'])}\n{found[4]}", text)


def table(name: str) -> str:
    """Return a table by its name."""
    if name.startswith("may "):
        return may(Role(name.removeprefix("may ")))
    if name.startswith("section "):
        return section(name.removeprefix("section "))
    if name.startswith("kept "):
        return kept(int(name.removeprefix("kept ")))
    makers = {"years": years, "versions": versions, "endpoints": endpoints, "refusals": refusals, "periods": periods}
    return makers[name]()


def years() -> str:
    """Return the collection years that are held, and how much of each is assumed."""
    rows = []
    for year in map(load, held()):
        sure = [str(part.basis) for part in year.provenance]
        counts = [str(sure.count(basis)) for basis in ("official", "published copy", "assumed")]
        rows.append((str(year), year.label, year.status, str(year.carried_from or ""), *counts))
    return _rows(("Year", "School year", "Status", "Carried from", "Official", "Published copy", "Assumed"), rows)


def versions() -> str:
    """Return what differs from year to year in a Common Transfer File."""
    rows = []
    for year in map(load, held()):
        version = version_of_year(year.year)
        assert version == year.ctf.version  # noqa: S101 - the rule and the year's data say the same
        rows.append(
            (str(year), version, str(year.start_year), str(year.year), sex_tag(version), year.ctf.provenance.basis)
        )
    return _rows(
        ("Collection year", "`CTFversion`", "`AcademicYear`", "`Year` of a row", "Element for sex", "How sure"), rows
    )


def section(heading: str) -> str:
    """Return a section of the latest year's data, as ``keystage years`` prints it."""
    found = next(each for each in describe(load(LATEST)) if each.heading == heading)
    said = (
        f"\n\n*How sure:* {found.basis} ({found.source}).{f' {found.note}.' if found.note else ''}"
        if found.basis
        else ""
    )
    return _rows(found.columns, found.rows) + said


def may(role: Role) -> str:
    """Return what a role may do, in the order of the table of permissions."""
    return "\n".join(f"- {each}" for each in Permission if each in ALLOWED[role])


def endpoints() -> str:
    """Return the addresses of the HTTP interface from its OpenAPI schema."""
    rows = [
        (f"`{method.upper()} {path}`", said["summary"], f"`{said['operationId']}`", _given(said))
        for path, methods in _interface()["paths"].items()
        for method, said in methods.items()
    ]
    return _rows(("Address", "Does", "Called", "Gives"), rows)


def _given(said: dict[str, Any]) -> str:
    """Return with which statuses an operation gives something, and in which media types."""
    given = {status: each for status, each in said["responses"].items() if "$ref" not in each}
    kinds = dict.fromkeys(f"`{kind}`" for each in given.values() for kind in each["content"])
    return f"{', '.join(map(str, given))}: {', '.join(kinds)}"


def refusals() -> str:
    """Return every status with which a program gets nothing: what it means, what a program does then, and where."""
    schema = _interface()
    from keystage.service.api.described import REFUSALS

    among = [each for methods in schema["paths"].values() for each in methods.values()]
    rows = []
    for status, refusal in REFUSALS.items():
        having = [each["operationId"] for each in among if status in each["responses"]]
        where = "all" if len(having) == len(among) else ", ".join(f"`{each}`" for each in having)
        rows.append((str(status), refusal.means, refusal.then, where))
    return _rows(("Status", "Means", "A program then", "Where"), rows)


def _interface() -> dict[str, Any]:
    with _service():
        from keystage.service.api.v1 import api

        return dict(api.get_openapi_schema(path_prefix="/api/v1/"))


def kept(side: int) -> str:
    """Return what is kept on a side: the school's, the gateway's, or both."""
    with _service():
        from keystage.service.upkeep.processing import SIDES

        entries = SIDES[side][1]
    rows = [
        (each.words, _fields(each.pupil), _fields(each.people), each.why, str(each.keep), each.then)
        for each in entries
        if each.pupil or each.people
    ]
    nothing = [each.words[:1].lower() + each.words[1:] for each in entries if not (each.pupil or each.people)]
    columns = ("What", "Of pupils", "Of people who work here", "Why", "Kept", "Then")
    return f"{_rows(columns, rows)}\n\nSays nothing of anybody: {', '.join(nothing)}."


def periods() -> str:
    """Return how long things are kept where no setting says otherwise."""
    with _service():
        from keystage.service.config.environment import Environment
        from keystage.service.personal.periods import ADDRESSES, PERIODS

        usual = {name: field.default for name, field in Environment.model_fields.items()}
        rows = [
            (
                str(keep),
                f"`KEYSTAGE_{each.setting.upper()}`",
                f"{usual[each.setting]} {each.unit}",
                each.what,
                each.after,
            )
            for keep, each in [*PERIODS.items(), ("the days of network addresses", ADDRESSES)]
        ]
    return _rows(("In the tables below", "Setting", "Default, assumed", "For", "Counted from"), rows)


def _fields(names: Iterable[str]) -> str:
    return ", ".join(name.replace("_", " ") for name in names) or "–"


@contextmanager
def _service() -> Iterator[None]:
    """Load the web application with nothing in it."""
    with tempfile.TemporaryDirectory() as data:
        os.environ.setdefault("KEYSTAGE_DATA", data)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "keystage.service.config.settings")
        import django

        django.setup()
        yield


def _rows(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    columns = tuple(columns)
    lines = [columns, ("---",) * len(columns), *rows]
    return "\n".join(f"| {' | '.join(map(_cell, each))} |" for each in lines)


def _cell(text: str) -> str:
    return str(text).replace("|", "\\|").replace("<", "\\<")


if __name__ == "__main__":
    for path, text in pages():
        if path.read_text("utf-8") != text:
            path.write_text(text, encoding="utf-8")
            sys.stdout.write(f"{path.relative_to(HERE)} was brought up to date.\n")
