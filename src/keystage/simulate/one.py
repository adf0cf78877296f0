"""One made-up school in memory, in one call: for tests, benchmarks and demonstrations."""

from keystage.returns.judgement import judgement
from keystage.returns.register import Register
from keystage.returns.value import Pupil, Return
from keystage.simulate.country import Plan
from keystage.simulate.dialects import dialect as dialect_named
from keystage.simulate.draft import Draft
from keystage.simulate.filed import FiledPupil, register_of
from keystage.years import load


def a_file(*, pupils: int = 60, dialect: str = "keystage", seed: int = 1, year: int = 2026, index: int = 0) -> bytes:
    """Return a made-up file without faults.

    Args:
        pupils: how many pupils, up to 20,000.
        dialect: how it is written: a name of :data:`~keystage.simulate.dialects.DIALECTS`.
        seed: what everything made up is derived from.
        year: the collection year.
        index: which school of the made-up country.
    """
    made = _draft(pupils, dialect, seed, year, index)
    return made.dialect.encode(made.emission().text)


def a_register(
    *, pupils: int = 60, dialect: str = "keystage", seed: int = 1, year: int = 2026, index: int = 0
) -> Register:
    """Return the register that goes with :func:`a_file` for the same arguments."""
    return register_of(_draft(pupils, dialect, seed, year, index).register)


def a_return(*, pupils: int = 60, dialect: str = "keystage", seed: int = 1, year: int = 2026, index: int = 0) -> Return:
    """Return what :func:`a_file` says for the same arguments, as from a school's own records: without a source."""
    made = _draft(pupils, dialect, seed, year, index)
    return Return(made.school.number, year, tuple(map(_pupil, made.pupils)))


def _draft(pupils: int, dialect: str, seed: int, year: int, index: int) -> Draft:
    return Plan(load(year), seed, dialect=dialect_named(dialect), pupils=pupils).draft(index)


def _pupil(filed: FiledPupil) -> Pupil:
    judgements = [
        judgement(row.subject, row.text.result or "", year=row.text.year or "", date=row.text.date or "")
        for row in filed.rows
        if row.subject is not None
    ]
    return Pupil(
        filed.upn or "",
        filed.surname or "",
        filed.forename or "",
        filed.birth_date,
        filed.born or "",
        filed.sex or "",
        filed.former_upn,
        tuple(judgements),
    )
