"""Rows of assessments of earlier years, as some systems leave them in the file: phonics, key stage 1, times tables."""

from functools import cache
from random import Random

from keystage.simulate.filed import FiledRow, RowText
from keystage.simulate.pupils import MadePupil
from keystage.years import CollectionYear

PHONICS, KEY_STAGE_1, TABLES = 5, 4, 2
"""How many years before the end of key stage 2 each was."""


def results(made: MadePupil, year: CollectionYear, chance: Random) -> tuple[list[FiledRow], list[FiledRow]]:
    """Return a pupil's earlier results: those to stand before the teacher assessments, and after them."""
    if chance.random() < 0.05:  # came from abroad
        return [], []
    before = [*phonics(made, year), *key_stage_1(made, year)]
    score = max(0, min(25, round(20 + 5 * made.able.maths)))
    return before, [row(year, "KS2", TABLES, "MAT", "TT", "MTC", "MT", str(score))]


def phonics(made: MadePupil, year: CollectionYear) -> list[FiledRow]:
    """Return the mark and the outcome of the phonics check."""
    mark = max(0, min(40, round(34 + 6 * made.able.reading)))
    return [
        row(year, "KS1", PHONICS, "PHO", "TT", "CHK", "NM", str(mark)),
        row(year, "KS1", PHONICS, "PHO", "TT", "CHK", "NY", "WA" if mark >= 32 else "WT"),
    ]


def key_stage_1(made: MadePupil, year: CollectionYear) -> list[FiledRow]:
    """Return the teacher assessments of key stage 1."""
    able = made.able
    return [
        row(year, "KS1", KEY_STAGE_1, subject, "TA", component, "NC", _standard(ability, component))
        for subject, component, ability in (
            ("ENG", "REA", able.reading),
            ("ENG", "WRI", able.writing),
            ("MAT", "MAT", able.maths),
            ("SCI", "SCI", able.science),
        )
    ]


def _standard(ability: float, component: str) -> str:
    if component == "SCI":
        return "EXS" if ability > -0.8 else "HNM"
    return "GDS" if ability > 0.9 else "EXS" if ability > -0.5 else "WTS"


def row(
    year: CollectionYear, stage: str, ago: int, subject: str, method: str, component: str, qualifier: str, result: str
) -> FiledRow:
    """Return a row of another assessment, named as the year's data name it."""
    text = _text(year.year - ago, stage, subject, method, component, qualifier, result)
    return FiledRow(text, other=year.rows.other_name(stage, subject, method, component, qualifier) or "")


@cache
def _text(year: int, stage: str, subject: str, method: str, component: str, qualifier: str, result: str) -> RowText:
    return RowText(stage, "ENG", str(year), subject, method, component, "R", qualifier, result, None)
