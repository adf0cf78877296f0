"""What changed between two returns, in words: for ``keystage diff`` and the page that checks files."""

from collections.abc import Iterator
from dataclasses import dataclass

from keystage.checks.totals import count
from keystage.returns.changes import Changes, changes
from keystage.returns.value import Pupil, Return

_FIELDS = {"upn": "UPN", "birth_date": "date of birth"}


@dataclass(frozen=True, slots=True)
class Difference:
    """The words on what changed."""

    verdict: str
    remarks: tuple[str, ...]
    """What makes the two hardly comparable: another school, another year."""
    lists: tuple[tuple[str, tuple[str, ...]], ...]
    """Each kind of change that there is, with every change."""


def difference(before: Return, after: Return, found: Changes | None = None) -> Difference:
    """Say what changed between two returns; ``found`` where the changes are known already."""
    found = changes(before, after) if found is None else found
    lists = {
        "Added": map(_who, found.added),
        "Dropped": map(_who, found.dropped),
        "Details changed": (
            f"{_who(pupil)}: {_FIELDS.get(field, field)} {_arrow(*ends)}" for pupil, field, *ends in found.identities
        ),
        "Judgements changed": (f"{_who(each)}: {subject} {_arrow(*ends)}" for each, subject, *ends in found.judgements),
    }
    listed = ((heading, tuple(each)) for heading, each in lists.items())
    return Difference(_verdict(found), tuple(_remarks(before, after)), tuple(each for each in listed if each[1]))


def _remarks(before: Return, after: Return) -> Iterator[str]:
    if before.school and after.school and before.school != after.school:
        yield f"They are of different schools: {before.school} and {after.school}."
    if before.year != after.year:
        yield f"They are of different years: {before.year} and {after.year}."


def _verdict(found: Changes) -> str:
    counts = (
        count(len(found.added), "pupil added", "pupils added"),
        count(len(found.dropped), "pupil dropped", "pupils dropped"),
        count(len(found.identities), "detail changed", "details changed"),
        count(len(found.judgements), "judgement changed", "judgements changed"),
    )
    return ", ".join(each for each in counts if not each.startswith("0 ")) or "No difference in pupils or judgements."


def _who(pupil: Pupil) -> str:
    return f"{pupil.name or 'No name'} ({pupil.upn or 'no UPN'})"


def _arrow(was: str, now: str) -> str:
    return f"{was or 'nothing'} → {now or 'nothing'}"
