"""The national tests of a year: their papers and marks, and the marks needed for a scaled score."""

from dataclasses import dataclass

from keystage.years.provenance import Provenance
from keystage.years.reading import Part
from keystage.years.subjects import Test


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper of a test, with the marks it carries."""

    key: str
    name: str
    marks: int


@dataclass(frozen=True, slots=True)
class TestPapers:
    """One test. `papers` is empty for a test of a single paper, and where the papers are not known."""

    __test__ = False  # no class of tests, whatever pytest makes of the name

    test: Test
    name: str
    max_mark: int
    min_mark_for_score: int
    papers: tuple[Paper, ...]
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The raw marks that give a scaled score of 100, 110 and 120; None where not known."""

    test: Test
    raw_for_100: int
    raw_for_110: int | None
    raw_for_120: int | None
    provenance: Provenance


def read_test(test: Test, part: Part) -> TestPapers:
    """Read `[tests.<test>]`."""
    max_mark, least = part.need("max_mark", int), part.need("min_mark_for_score", int)
    if not 0 < least <= max_mark:
        raise part.fault(
            f"{least} of {max_mark} marks cannot be.", f"a mark from 1 to {max_mark}.", "min_mark_for_score"
        )
    return TestPapers(
        test, part.text("name"), max_mark, least, _papers(test, part, max_mark), part.provenance(f"test {test}")
    )


def _papers(test: Test, part: Part, max_mark: int) -> tuple[Paper, ...]:
    table = part.maybe_part("papers")
    if table is None:
        return ()
    papers = tuple(Paper(row.text("key"), row.text("name"), row.need("marks", int)) for row in table.parts("list"))
    table.provenance(f"test {test} papers")
    total = sum(paper.marks for paper in papers)
    if total != max_mark:
        raise table.fault(f"The papers carry {total} marks.", f"{max_mark} together.", "list")
    return papers


def read_thresholds(test: Test, part: Part, max_mark: int) -> Thresholds:
    """Read `[thresholds.<test>]`."""
    marks = part.need("raw_for_100", int), part.maybe("raw_for_110", int), part.maybe("raw_for_120", int)
    known = [mark for mark in marks if mark is not None]
    if sorted(set(known)) != known or not 0 < known[0] <= known[-1] <= max_mark:
        raise part.fault(f"The thresholds are {known}.", f"rising marks from 1 to {max_mark}.", "raw_for_100")
    return Thresholds(test, *marks, part.provenance(f"thresholds {test}"))
