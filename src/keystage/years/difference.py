"""What one collection year does differently from another."""

from collections.abc import Iterator
from dataclasses import dataclass

from keystage.years.rows import Row
from keystage.years.subjects import Subject
from keystage.years.ta_effects import NOT_KNOWN
from keystage.years.year import CollectionYear

Fact = tuple[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs; `before` or `after` is None where that year lacks it."""

    part: str
    what: str
    before: str | None
    after: str | None


def differences(old: CollectionYear, new: CollectionYear) -> tuple[Difference, ...]:
    """Say what differs between two years, part by part, in the order of the older one."""
    before, after = dict(_facts(old)), dict(_facts(new))
    parts = {part: place for place, part in enumerate(dict.fromkeys(part for part, _ in (*before, *after)))}
    found = [
        Difference(*key, before.get(key), after.get(key))
        for key in dict.fromkeys((*before, *after))
        if before.get(key) != after.get(key)
    ]
    return tuple(sorted(found, key=lambda each: parts[each.part]))


def _facts(year: CollectionYear) -> Iterator[Fact]:
    """Give everything a year says as named texts, so that two years can be laid side by side."""
    yield from _gateway(year)
    for each in year.dates:
        time = f" {each.time:%H:%M}" if each.time else ""
        yield ("dates", each.key), f"{each.date.isoformat()}{time}"
    yield from _codes(year)
    for rule in year.owed.rules:
        for subject in rule.subjects:
            yield from ((("owed", f"{subject}, {status}"), str(rule.state)) for status in rule.statuses)
    for kind, statuses in (("test", year.registration.test), ("pupil", year.registration.pupil)):
        yield from ((("registration", f"{kind}, {status.word}"), status.letter or "") for status in statuses)
    yield from _tests(year)
    yield from _layouts(year)


def _gateway(year: CollectionYear) -> Iterator[Fact]:
    for name in ("name", "short_name", "operator"):
        yield ("gateway", name.replace("_", " ")), getattr(year.gateway, name)
    for name in ("version", "sex_tag", "destination_lea", "destination_estab", "type_token", "data_descriptor"):
        yield ("CTF", name.replace("_", " ")), getattr(year.ctf, name)
    yield ("CTF", "sexes"), " ".join(year.ctf.sexes)


def _codes(year: CollectionYear) -> Iterator[Fact]:
    for subject in Subject:
        yield from (((f"codes {subject}", each.code), each.meaning) for each in year.code_table(subject).codes)
        yield (f"codes {subject}", "order"), " ".join(year.codes(subject))
    for entry in year.retired:
        yield ("codes no longer valid", entry.shown), entry.was
    for subject, effects in year.ta_effects.items():
        known = (each for each in effects.by_effect(year.codes(subject)) if each[0] != NOT_KNOWN)
        for effect, codes in known:
            yield ("what teacher assessment does to the measures", f"{subject}, {effect}"), " ".join(codes)
    for outcome in year.outcomes.values():
        yield ("outcomes", outcome.code), f"{outcome.meaning} ({outcome.effect or 'effect not known'})"


def _tests(year: CollectionYear) -> Iterator[Fact]:
    for test in year.tests:
        yield (f"test {test.test}", "marks"), str(test.max_mark)
        yield (f"test {test.test}", "least for a score"), str(test.min_mark_for_score)
        yield from (((f"test {test.test}", paper.name), str(paper.marks)) for paper in test.papers)
    for each in year.threshold_tables.values():
        marks = {"100": each.raw_for_100, "110": each.raw_for_110, "120": each.raw_for_120}
        yield from (((f"thresholds {each.test}", score), str(raw)) for score, raw in marks.items() if raw is not None)
    for table in year.score_tables.values():
        yield ("scaled scores", str(table.test)), "whole" if table.is_whole else "partial"


def _layouts(year: CollectionYear) -> Iterator[Fact]:
    def tuple_of(row: Row) -> str:
        return " ".join(str(getattr(row, name)) for name in Row.__slots__)

    for subject, row in year.rows.ta_row.items():
        yield ("rows", f"{subject} TA"), tuple_of(row)
    for (test, value), row in year.rows.test_row.items():
        yield ("rows", f"{test} {value}"), tuple_of(row)
    yield from ((("rows", other.name), other.stage) for other in year.rows.other)
    for kind, headings in (
        ("template headings", year.headings),
        ("results headings", year.results_headings),
        ("headings for groups", year.group_headings),
    ):
        yield from (((kind, field), ", ".join(names)) for field, names in headings.synonyms.items())
    if year.national:
        for standard in ("expected", "higher", "average"):
            figures: dict[str, int] = getattr(year.national, standard)
            yield from ((("England figures", f"{key}, {standard}"), str(value)) for key, value in figures.items())
