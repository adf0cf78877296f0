"""A year as sections of plain cells, so that the command, a page and the documentation print the same."""

from collections.abc import Iterable
from dataclasses import dataclass

from keystage.years.dates import KeyDate
from keystage.years.headings import Headings
from keystage.years.papers import TestPapers, Thresholds
from keystage.years.provenance import Basis, Provenance
from keystage.years.rows import Row
from keystage.years.scores import ScoreTable
from keystage.years.subjects import Subject
from keystage.years.year import CollectionYear

SAID = ("Basis", "Source", "Note")
"""The columns that stand at the end of a table whose rows each say how sure they are."""

Cells = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A table with its heading. Where `basis` is None, each row says its own in the last three columns."""

    heading: str
    basis: Basis | None
    source: str | None
    note: str | None
    columns: Cells
    rows: tuple[Cells, ...]


def describe(year: CollectionYear) -> tuple[Section, ...]:
    """Turn a year into sections, in the order in which a person would ask."""
    return (
        _each("Gateway", ("Name", "Short name", "Operator"), [_gateway(year)]),
        _each("Common Transfer File", ("Part", "Value"), _ctf(year)),
        _each("Dates", ("Event", "Date", "Time"), [(*_date(each), *_said(each.provenance)) for each in year.dates]),
        *(_codes(year, subject) for subject in Subject),
        _each("What teacher assessment does to the measures", ("Subject", "Effect", "Codes"), _ta_effects(year)),
        _each("Codes no longer valid", ("Code", "Was", "Subjects", "Last year"), _retired(year)),
        _each("Test codes, not teacher assessment", ("Code", "Meaning"), _not_ta(year)),
        _each("What is owed", ("Subjects", "Status", "Owed", "Why"), _owed(year)),
        _each("Register of expected pupils", ("For", "Status", "Letter", "Meaning"), _registration(year)),
        _each("Tests", ("Test", "Marks", "Least for a score", "Papers"), map(_test, year.tests)),
        _each("Thresholds", ("Test", "100", "110", "120"), map(_threshold, year.threshold_tables.values())),
        _each("Scaled scores", ("Test", "Table", "Marks held"), map(_scores, year.score_tables.values())),
        _each("Outcomes of the tests", ("Code", "Meaning", "Effect", "In the average", "Has a score"), _outcomes(year)),
        _each("Special consideration", ("Code", "Meaning"), _markers(year)),
        _each("Rows of a CTF", ("Holds", *Row.__slots__), _rows(year)),
        _each(
            "Other assessments in a CTF", ("Name", "Stage", "Subject", "Method", "Component", "Qualifier"), _other(year)
        ),
        _headings("Headings of the template", year.headings),
        _headings("Headings of the results file", year.results_headings),
        _headings("Headings of a results file for groups", year.group_headings),
        _each("England figures", ("Measure", "Expected", "Higher", "Average score"), _national(year)),
        Section("Sources", None, None, None, ("Id", "What it is"), tuple(year.sources.items())),
    )


def _each(heading: str, columns: Cells, rows: Iterable[Cells]) -> Section:
    return Section(heading, None, None, None, (*columns, *SAID), tuple(rows))


def _said(said: Provenance) -> Cells:
    return said.basis, said.source, said.note or ""


def _known(value: object) -> str:
    """Write a value; what is not known stays empty."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def _gateway(year: CollectionYear) -> Cells:
    gateway = year.gateway
    return gateway.name, gateway.short_name, gateway.operator, *_said(gateway.provenance)


def _ctf(year: CollectionYear) -> list[Cells]:
    ctf = year.ctf
    return [
        ("Version", ctf.version, *_said(ctf.provenance)),
        ("Tag for sex", ctf.sex_tag, *_said(ctf.sex_provenance)),
        ("Codes for sex", " ".join(ctf.sexes), *_said(ctf.sex_provenance)),
        ("Destination", f"{ctf.destination_lea} {ctf.destination_estab}", *_said(ctf.destination_provenance)),
        ("Token in the file name", ctf.type_token, *_said(ctf.file_provenance)),
        ("Data descriptor", ctf.data_descriptor, *_said(ctf.file_provenance)),
    ]


def _date(each: KeyDate) -> Cells:
    return each.event, each.date.isoformat(), each.time.strftime("%H:%M") if each.time else ""


def _codes(year: CollectionYear, subject: Subject) -> Section:
    table = year.code_table(subject)
    rows = tuple((each.code, each.kind, each.meaning) for each in table.codes)
    return Section(f"Codes in {subject}", *table.provenance, ("Code", "Kind", "Meaning"), rows)


def _ta_effects(year: CollectionYear) -> list[Cells]:
    return [
        (subject, effect, " ".join(codes), *_said(effects.provenance))
        for subject, effects in year.ta_effects.items()
        for effect, codes in effects.by_effect(year.codes(subject))
    ]


def _retired(year: CollectionYear) -> list[Cells]:
    return [
        (
            each.shown,
            each.was,
            ", ".join(each.subjects),
            _known(each.last_year),
            *_said(each.provenance),
        )
        for each in year.retired
    ]


def _not_ta(year: CollectionYear) -> list[Cells]:
    return [(each.code, each.meaning, *_said(each.provenance)) for each in year.not_ta]


def _owed(year: CollectionYear) -> list[Cells]:
    return [
        (", ".join(rule.subjects), ", ".join(rule.statuses), rule.state, rule.reason, *_said(rule.provenance))
        for rule in year.owed.rules
    ]


def _registration(year: CollectionYear) -> list[Cells]:
    kinds = (("a test", year.registration.test), ("the pupil", year.registration.pupil))
    return [
        (kind, each.word, each.letter or "", each.meaning, *_said(each.provenance))
        for kind, statuses in kinds
        for each in statuses
    ]


def _test(test: TestPapers) -> Cells:
    papers = ", ".join(f"{paper.name} {paper.marks}" for paper in test.papers)
    return test.name, str(test.max_mark), str(test.min_mark_for_score), papers, *_said(test.provenance)


def _threshold(each: Thresholds) -> Cells:
    marks = each.raw_for_100, each.raw_for_110, each.raw_for_120
    return each.test, *map(_known, marks), *_said(each.provenance)


def _scores(table: ScoreTable) -> Cells:
    return table.test, "whole" if table.is_whole else "partial", str(len(table.marks)), *_said(table.provenance)


def _outcomes(year: CollectionYear) -> list[Cells]:
    return [
        (
            *(each.code, each.meaning, _known(each.effect), _known(each.in_average), _known(each.has_score)),
            *_said(each.provenance),
        )
        for each in year.outcomes.values()
    ]


def _markers(year: CollectionYear) -> list[Cells]:
    return [(each.code, each.meaning, *_said(each.provenance)) for each in year.special_consideration.values()]


def _row(holds: str, row: Row, said: Provenance) -> Cells:
    return holds, *(str(getattr(row, name)) for name in Row.__slots__), *_said(said)


def _rows(year: CollectionYear) -> list[Cells]:
    rows = year.rows
    ta = [_row(f"{subject} TA", row, rows.ta_provenance[subject]) for subject, row in rows.ta_row.items()]
    tests = [_row(f"{test} {value}", row, rows.tests_provenance) for (test, value), row in rows.test_row.items()]
    return ta + tests


def _other(year: CollectionYear) -> list[Cells]:
    return [
        (
            *(each.name, each.stage),
            *(" ".join(some) for some in (each.subjects, each.methods, each.components, each.qualifiers)),
            *_said(each.provenance),
        )
        for each in year.rows.other
    ]


def _headings(heading: str, headings: Headings) -> Section:
    rows = tuple((field, names[0], ", ".join(names[1:])) for field, names in headings.synonyms.items())
    return Section(heading, *headings.provenance, ("Field", "Written", "Also read"), rows)


def _national(year: CollectionYear) -> list[Cells]:
    national = year.national
    if national is None:
        return []
    figures = (national.expected, national.higher, national.average)
    measures = dict.fromkeys(measure for figure in figures for measure in figure)
    return [
        (measure, *(_known(figure.get(measure)) for figure in figures), *_said(national.provenance))
        for measure in measures
    ]
