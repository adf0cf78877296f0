"""The tables that turn raw marks into scaled scores. A mark that a partial table lacks is refused, never guessed."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from keystage.years.errors import NotHeld, YearFileInvalid
from keystage.years.frozen import Frozen
from keystage.years.papers import TestPapers, Thresholds
from keystage.years.provenance import Basis, Provenance
from keystage.years.subjects import Test

LEAST, EXPECTED, HIGHER, MOST = 80, 100, 110, 120
"""The lowest scaled score, those that meet the expected and the higher standard, and the highest."""

_COLUMNS = ["subject", "raw", "scaled", "outcome", "table"]


@dataclass(frozen=True, slots=True)
class ScoreTable:
    """The scaled score of each raw mark of one test, as far as it is held."""

    year: int
    test: Test
    max_mark: int
    min_mark_for_score: int
    is_whole: bool
    marks: Mapping[int, int]
    """Raw mark to scaled score, for the marks that have one and are held."""
    provenance: Provenance

    def has_scaled_score(self, raw: int) -> bool:
        """Say whether a raw mark is enough for a scaled score, held here or not."""
        if not 0 <= raw <= self.max_mark:
            msg = f"the {self.test} test has 0 to {self.max_mark} marks, not {raw}"
            raise ValueError(msg)
        return raw >= self.min_mark_for_score

    def scaled(self, raw: int) -> int | None:
        """Give the scaled score; None where the mark is too low for one. Raises NotHeld where it is not held."""
        if not self.has_scaled_score(raw):
            return None
        if raw not in self.marks:
            raise NotHeld(f"the scaled score of raw mark {raw} in {self.test} (the table is partial)", self.year)
        return self.marks[raw]


def read_scores(
    file: Path, year: int, papers: Mapping[Test, TestPapers], thresholds: Mapping[Test, Thresholds]
) -> tuple[Frozen[Test, ScoreTable], dict[str, str]]:
    """Read `scores/YYYY.csv`: the tables it holds, and the source it names."""
    return _Reader(file, year, papers, thresholds).read()


class _Reader:
    def __init__(
        self, file: Path, year: int, papers: Mapping[Test, TestPapers], thresholds: Mapping[Test, Thresholds]
    ) -> None:
        self.file = file
        self.year = year
        self.papers = papers
        self.thresholds = thresholds
        self.line = 0
        self.header: dict[str, str] = {}
        self.marks: dict[Test, dict[int, int | None]] = {}
        self.whole: dict[Test, bool] = {}
        self.last_line: dict[Test, int] = {}

    def fault(self, wrong: str, expected: str, line: int | None = None) -> YearFileInvalid:
        return YearFileInvalid(self.file, line or self.line, wrong, expected)

    def read(self) -> tuple[Frozen[Test, ScoreTable], dict[str, str]]:
        columns_seen = False
        for text in self.file.read_text("utf-8-sig").splitlines():
            self.line += 1
            if text.startswith("#"):
                name, _, value = text.lstrip("# ").partition(":")
                self.header[name.strip()] = value.strip()
            elif not columns_seen:
                columns_seen = text.split(",") == _COLUMNS
                if not columns_seen:
                    raise self.fault(f"The columns are {text!r}.", f"{','.join(_COLUMNS)}.")
            elif text.strip():
                self._row(next(csv.reader([text])))
        source, described, said = self._said()
        return Frozen({test: self._table(test, said) for test in self.marks}), {source: described}

    def _said(self) -> tuple[str, str, Provenance]:
        source, _, described = self.header.get("source", "").partition(" = ")
        basis = self.header.get("basis", "")
        if not source or not described or basis not in tuple(Basis):
            wanted = f"`# basis: ` with one of {', '.join(Basis)}, and `# source: id = what it is`."
            raise self.fault("The basis or the source is not given at the head of the file.", wanted, 1)
        return source, described, Provenance(Basis(basis), source, self.header.get("note"))

    def _row(self, cells: list[str]) -> None:
        if len(cells) != len(_COLUMNS) or cells[0] not in tuple(Test) or not cells[1].isdecimal():
            raise self.fault(
                f"The row {cells} cannot be read.", "a test, a raw mark, a score, an outcome, whole|partial."
            )
        test, raw = Test(cells[0]), int(cells[1])
        score = int(cells[2]) if cells[2].isdecimal() else None
        self._check_mark(test, raw, score, cells[2])
        self._check_outcome(raw, score, cells[3])
        if cells[4] not in ("whole", "partial") or self.whole.setdefault(test, cells[4] == "whole") != (
            cells[4] == "whole"
        ):
            raise self.fault(f"The table is {cells[4]!r}.", "whole or partial, the same for every mark of a test.")
        self.marks.setdefault(test, {})[raw] = score
        self.last_line[test] = self.line

    def _check_mark(self, test: Test, raw: int, score: int | None, written: str) -> None:
        paper, held = self.papers[test], self.marks.get(test, {})
        if raw > paper.max_mark:
            raise self.fault(f"The raw mark is {raw}.", f"a {test} mark from 0 to {paper.max_mark}.")
        if held and raw <= next(reversed(held)):
            raise self.fault(f"The raw mark {raw} does not follow {next(reversed(held))}.", "rising raw marks.")
        if score is None and (written or raw >= paper.min_mark_for_score):
            raise self.fault(f"The scaled score is {written!r}.", f"a number from {LEAST} to {MOST}.")
        if score is not None and not LEAST <= score <= MOST:
            raise self.fault(f"The scaled score is {score}.", f"a number from {LEAST} to {MOST}.")
        if score is not None and raw < paper.min_mark_for_score:
            raise self.fault(f"Raw mark {raw} has a score.", f"none below raw mark {paper.min_mark_for_score}.")
        if score is not None and score < max((each or 0 for each in held.values()), default=0):
            raise self.fault(f"The scaled score falls to {score}.", "scores that never fall as marks rise.")

    def _check_outcome(self, raw: int, score: int | None, outcome: str) -> None:
        right = "N" if score is None else "AS" if score >= EXPECTED else "NS"
        if outcome != right:
            raise self.fault(f"The outcome of raw mark {raw} is {outcome!r}.", f"{right} for that score.")

    def _table(self, test: Test, said: Provenance) -> ScoreTable:
        held, paper = self.marks[test], self.papers[test]
        if self.whole[test] and len(held) != paper.max_mark + 1:
            lacking = [raw for raw in range(paper.max_mark + 1) if raw not in held]
            wrong = f"The whole table of {test} lacks {', '.join(map(str, lacking))}."
            raise self.fault(wrong, f"each mark from 0 to {paper.max_mark}.", self.last_line[test])
        self._check_thresholds(test, held)
        scores = Frozen({raw: score for raw, score in held.items() if score is not None})
        least = paper.min_mark_for_score
        return ScoreTable(self.year, test, paper.max_mark, least, self.whole[test], scores, said)

    def _check_thresholds(self, test: Test, held: dict[int, int | None]) -> None:
        known = self.thresholds.get(test)
        if not known:
            return
        for score, raw in ((100, known.raw_for_100), (110, known.raw_for_110), (120, known.raw_for_120)):
            if raw is None or raw not in held:
                continue
            below = held.get(raw - 1)
            if (held[raw] or 0) < score or (below is not None and below >= score):
                wrong = f"The {test} table does not give {score} first at raw mark {raw}."
                raise self.fault(wrong, f"agreement with [thresholds.{test}].", self.last_line[test])
