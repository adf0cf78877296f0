"""What a Common Transfer File holds, as plain values and in words."""

from collections import Counter
from typing import Any

from keystage.ctf.model import CtfFile, Row, School
from keystage.ctf.to_return import row_key
from keystage.ctf.versions import year_of_version
from keystage.years.year import CollectionYear

TA = "key stage 2 teacher assessment"


def describe(ctf: CtfFile, year: CollectionYear) -> dict[str, Any]:
    """Say what a file holds; the tables of ``year`` name its rows."""
    header = ctf.header
    results: Counter[tuple[str, str]] = Counter()
    pupils: Counter[tuple[str, str]] = Counter()
    for pupil in ctf.pupils:
        kinds = [(_name(row, year), row.year.strip()) for row in pupil.rows]
        results.update(kinds)
        pupils.update(set(kinds))
    return {
        "file": ctf.name,
        "what": what_it_is(ctf, [name for name, _ in results]),
        "made_by": header.supplier,
        "made_at": header.date_time,
        "version": header.version,
        "collection_year": year_of_version(header.version),
        "named_by": {"year": year.year, "draft": year.is_draft},
        "qualifier": header.qualifier,
        "descriptor": header.descriptor,
        "school": {**_school(header.source), "academic_year": header.source.academic_year},
        "destination": {**_school(header.destination), "meaning": _meaning(ctf)},
        "pupils": len(ctf.pupils),
        "assessments": [
            {"assessment": name, "year": of, "results": count, "pupils": pupils[name, of]}
            for (name, of), count in results.items()
        ],
        "also_holds": sorted({section.name for pupil in ctf.pupils for section in pupil.sections}),
        "unknown_elements": [name for name, _ in ctf.unknown],
        "tolerated": [f"{each.found}{f' for {each.meant}' if each.meant else ''}" for each in ctf.tolerated],
        "encoding": ctf.encoding,
    }


def _school(school: School) -> dict[str, str]:
    return {"number": school.number, "urn": school.urn, "name": school.name}


def _name(row: Row, year: CollectionYear) -> str:
    key = row_key(row)
    if (subject := year.rows.ta.get(key)) is not None:
        return f"{TA}: {subject}"
    if (test := year.rows.tests.get(key)) is not None:
        return f"key stage 2 test: {test[0]}, {test[1]}"
    return year.rows.other_name(*key) or f"not known: {' '.join(part or '–' for part in key)}"


def what_it_is(ctf: CtfFile, kinds: list[str]) -> str:
    """Say in a sentence what a file is, and whether it is a return."""
    if any(kind.startswith(TA) for kind in kinds):
        if _is_national(ctf):
            return "A key stage 2 teacher assessment return for the gateway."
        return "Key stage 2 teacher assessments, but not addressed to the gateway."
    if not ctf.pupils:
        return "A Common Transfer File with no pupils in it. It is not a key stage 2 return."
    if not kinds:
        return "A Common Transfer File about pupils, with no assessments in it. It is not a key stage 2 return."
    held = ", ".join(sorted({kind.partition(":")[0] for kind in kinds}))
    return f"A Common Transfer File with other assessments ({held}). It is not a key stage 2 teacher assessment return."


def _is_national(ctf: CtfFile) -> bool:
    return ctf.header.destination.number.upper() == "NAALLLL"


def _meaning(ctf: CtfFile) -> str:
    number = ctf.header.destination.number.upper()
    if not number:
        return "nobody: the file does not say"
    if _is_national(ctf):
        return "the national agency, by the gateway"
    if number == ctf.header.source.number:
        return "the school itself: to be brought into its own system"
    if number.endswith("LLLL"):
        return "a local authority"
    return {
        "XXXXXXX": "destination not known (the lost pupils' store)",
        "MMMMMMM": "outside the maintained schools of England and Wales",
    }.get(number, "another school" if number.isdecimal() else "not a destination that is known")


def facts(about: dict[str, Any]) -> list[tuple[str, str]]:
    """Say what :func:`describe` found, but for the assessments: each thing with its name."""
    school, destination, year = about["school"], about["destination"], about["collection_year"]
    return [
        ("School", " ".join(part for part in (school["number"], school["name"]) if part) or "not given"),
        ("School year", _school_year(school["academic_year"])),
        ("Addressed to", f"{destination['number']} ({destination['meaning']})".strip()),
        ("Made by", about["made_by"] or "not given"),
        ("Made at", about["made_at"].replace("T", " ") or "not given"),
        ("Version", f"{about['version'] or 'not given'}{f' (collection year {year})' if year else ''}"),
        ("Kind", ", ".join(part for part in (about["qualifier"], about["descriptor"]) if part) or "not given"),
        ("Pupils", f"{about['pupils']:,}"),
    ]


def _school_year(start: str) -> str:
    return f"{start}/{(int(start) + 1) % 100:02}" if start.isdecimal() and start.isascii() else start or "not given"
