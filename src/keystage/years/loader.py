"""Load a collection year: read its file, check it whole, and keep it."""

from functools import cache, lru_cache
from pathlib import Path

from keystage.years.codes import CodeTable, read_code_table
from keystage.years.dates import read_dates
from keystage.years.explain import read_not_ta, read_retired
from keystage.years.files import find, read_document
from keystage.years.frozen import Frozen
from keystage.years.gateway import read_ctf, read_gateway
from keystage.years.headings import GROUP_FIELDS, RESULTS_FIELDS, TEMPLATE_FIELDS, read_headings
from keystage.years.national import read_national
from keystage.years.outcomes import read_markers, read_outcomes
from keystage.years.owed import read_owed
from keystage.years.papers import TestPapers, Thresholds, read_test, read_thresholds
from keystage.years.provenance import PartProvenance
from keystage.years.reading import Document, Part
from keystage.years.registration import read_registration
from keystage.years.rows import read_rows
from keystage.years.scores import ScoreTable, read_scores
from keystage.years.subjects import Subject, Test
from keystage.years.ta_effects import read_ta_effects
from keystage.years.year import CollectionYear, YearStatus

_State = tuple[tuple[str, int, int], ...]


def load(year: int, *, years_dir: Path | None = None) -> CollectionYear:
    """Give a collection year.

    Files in `years_dir` (`2028.toml`, `scores/2028.csv`) add to or replace the shipped ones. A year is read once; a
    file that has changed since is read again. Raises YearUnknown where no file is held for the year, and
    YearFileInvalid where its file is wrong.
    """
    return _shipped(year) if years_dir is None else _from_folder(year, years_dir.resolve(), _state(years_dir))


@cache
def _shipped(year: int) -> CollectionYear:
    return _load(year, None)


@lru_cache(maxsize=64)
def _from_folder(year: int, years_dir: Path, _state: _State) -> CollectionYear:
    return _load(year, years_dir)


def _state(folder: Path) -> _State:
    """Tell one state of a folder from another."""
    files = sorted([*folder.glob("*.toml"), *folder.glob("scores/*.csv")])
    return tuple((str(file), stat.st_mtime_ns, stat.st_size) for file in files for stat in [file.stat()])


def _load(year: int, years_dir: Path | None) -> CollectionYear:
    document = read_document(year, years_dir)
    root = document.root()
    document.sources = _sources(root)
    papers = _papers(root)
    thresholds = _thresholds(root, papers)
    root.need("outcomes", list)
    outcomes = read_outcomes(root.parts("outcomes"))
    not_ta, national = root.maybe_part("not_ta"), root.maybe_part("national")
    scores = _scores(document, year, years_dir, papers, thresholds)
    codes = _code_tables(root.part("codes"))
    loaded = CollectionYear(
        year=root.need("year", int),
        status=root.choice("status", YearStatus),
        carried_from=root.maybe("carried_from", int),
        gateway=read_gateway(root.part("gateway")),
        ctf=read_ctf(root.part("ctf")),
        dates=read_dates(root.parts("dates"), year),
        code_tables=codes,
        ta_effects=read_ta_effects(root.part("ta_effects"), codes),
        retired=read_retired(root.parts("retired")),
        not_ta=read_not_ta(not_ta, outcomes) if not_ta else (),
        owed=read_owed(root),
        registration=read_registration(root.part("registration")),
        tests=tuple(papers.values()),
        outcomes=outcomes,
        special_consideration=read_markers(root.parts("special_consideration")),
        rows=read_rows(root.part("rows")),
        headings=read_headings(root.part("headings"), TEMPLATE_FIELDS, "template headings"),
        results_headings=read_headings(root.part("results_headings"), RESULTS_FIELDS, "results headings"),
        group_headings=read_headings(root.part("group_headings"), GROUP_FIELDS, "headings for groups"),
        threshold_tables=Frozen(thresholds),
        score_tables=scores,
        national=read_national(national) if national else None,
        provenance=tuple(document.said),
        sources=_used(document),
    )
    root.finish()
    return loaded


def _sources(root: Part) -> dict[str, str]:
    part = root.part("sources")
    return {key: part.text(key) for key in part.names()}


def _used(document: Document) -> Frozen[str, str]:
    """Keep the sources that something rests on: a carried year lists more than it needs."""
    used = {said.source for said in document.said}
    return Frozen({key: words for key, words in document.sources.items() if key in used})


def _code_tables(part: Part) -> Frozen[Subject, CodeTable]:
    return Frozen({subject: read_code_table(subject, part.part(subject)) for subject in Subject})


def _papers(root: Part) -> dict[Test, TestPapers]:
    part = root.part("tests")
    return {test: read_test(test, part.part(test)) for test in Test}


def _thresholds(root: Part, papers: dict[Test, TestPapers]) -> dict[Test, Thresholds]:
    part = root.maybe_part("thresholds")
    if part is None:
        return {}
    return {test: read_thresholds(test, each, papers[test].max_mark) for test, each in part.named(Test)}


def _scores(
    document: Document,
    year: int,
    years_dir: Path | None,
    papers: dict[Test, TestPapers],
    thresholds: dict[Test, Thresholds],
) -> Frozen[Test, ScoreTable]:
    file = find(f"scores/{year}.csv", years_dir)
    if file is None:
        return Frozen({})
    scores, source = read_scores(file, year, papers, thresholds)
    document.sources = source | document.sources
    document.said += [PartProvenance(f"scores {test}", *table.provenance) for test, table in scores.items()]
    return scores
