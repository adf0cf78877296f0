"""Which rows are the same pupil: those that share a UPN; without one, those of the same names and date of birth."""

from typing import Any


def same_pupil(about: Any, everybody: list[Any]) -> list[Any]:
    """Return the rows that are the same pupil as one of them.

    Rows that share a UPN, or one that was theirs before, are the same pupil. A row without a UPN is the pupil of its
    names and date of birth, unless there are two of these: then nobody is taken for the other.
    """
    found = _sharing_upns([about], everybody) if about.upn else [about]
    if not about.upn and (named := [each for each in everybody if each.upn and _is_named_as(each, [about])]):
        one = _sharing_upns(named[:1], everybody)
        found += one if all(each in one for each in named) else []
    rivals = [each for each in everybody if each.upn and each not in found and _is_named_as(each, found)]
    nameless = [each for each in everybody if not each.upn and each not in found and _is_named_as(each, found)]
    return found if rivals else found + nameless


def _sharing_upns(found: list[Any], everybody: list[Any]) -> list[Any]:
    while True:
        upns = {upn for each in found for upn in _upns(each)}
        new = [each for each in everybody if each not in found and upns & _upns(each)]
        if not new:
            return found
        found = found + new


def _upns(row: Any) -> set[str]:
    return {each.upper() for each in (row.upn, row.former_upn) if each}


def _is_named_as(row: Any, others: list[Any]) -> bool:
    return bool(row.birth_date and row.surname) and any(_who(row) == _who(each) for each in others)


def _who(row: Any) -> tuple[object, ...]:
    return (row.surname.casefold(), row.forename.casefold(), row.birth_date)
