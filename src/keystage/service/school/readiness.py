"""What stands in the way of signing and of making the file, in words, each with the page where it is put right."""

from collections.abc import Iterator
from typing import NamedTuple

from keystage.service.design.words import plural
from keystage.service.school.findings import Found
from keystage.service.school.records import Records
from keystage.service.school.signatures import Signing
from keystage.service.school.snapshot import lines_of


class Obstacle(NamedTuple):
    """Something that must be done first."""

    text: str
    page: str
    """The page where it is done, by the name of its address: ``marksheet``."""


def before_signing(records: Records, class_name: str | None) -> tuple[Obstacle, ...]:
    """Return what stands in the way of signing for a class, or for the whole return where no class is given."""
    return tuple(_before_signing(records, class_name))


def _before_signing(records: Records, class_name: str | None) -> Iterator[Obstacle]:
    def is_here(found: Found) -> bool:
        return class_name is None or found.class_name == class_name

    lines = lines_of(records, class_name)
    if not lines:
        yield from _nobody(records, class_name)
    undecided = [
        each
        for each in records.undecided
        if class_name is None or (each.pupil is not None and each.pupil.class_name == class_name)
    ]
    if undecided:
        yield Obstacle(f"{plural(len(undecided), 'pupil')} to decide about", "pupils")
    if missing := sum(line.missing for line in lines):
        yield Obstacle(f"{plural(missing, 'judgement')} missing", "marksheet")
    errors = [each for each in records.found if each.is_error and is_here(each) and not is_of_gap(each, records)]
    if errors:
        yield Obstacle(f"{plural(len(errors), 'error')} to put right", "checks")
    if queries := sum(map(is_here, records.open_queries)):
        yield Obstacle(f"{plural(queries, 'query', 'queries')} to answer", "checks")


def _nobody(records: Records, class_name: str | None) -> Iterator[Obstacle]:
    if class_name is not None:
        yield Obstacle("There is nobody in this class", "pupils")
    elif not records.school_return.nil_reason:
        yield Obstacle("There is nobody in the return", "pupils")


def is_of_gap(found: Found, records: Records) -> bool:
    """Say whether a finding is about a judgement that is owed and missing, which is counted by itself."""
    line = records.line(found.pupil.key) if found.pupil else None
    return line is not None and any(
        cell.is_missing and str(subject) == found.finding.subject for subject, cell in line.cells.items()
    )


def before_file(records: Records, signing: Signing) -> tuple[Obstacle, ...]:
    """Return what stands in the way of making the file."""
    return (*before_signing(records, None), *_unsigned(signing))


def _unsigned(signing: Signing) -> Iterator[Obstacle]:
    missing = [each for each in signing.findings if each.code == "S01"]
    refused = signing.whole.refused
    if refused is not None:
        missing.pop()  # the headteacher's comes last, and more than “has not signed” is known
    for each in missing:
        yield Obstacle(each.message.rstrip("."), "signing")
    if refused is not None:
        yield Obstacle(f"{refused.person} cannot confirm the return", "signing")
    if changed := len(signing.findings) - sum(each.code == "S01" for each in signing.findings):
        yield Obstacle(f"{plural(changed, 'change')} after it was signed", "signing")
