"""D: the return against the file that was sent before."""

from collections.abc import Iterator
from datetime import datetime

from keystage.checks.case import Case, in_a_sentence, with_upn
from keystage.checks.catalogue import Hit, Need, check
from keystage.checks.finding import Severity
from keystage.checks.header import file_date_time
from keystage.ctf.model import CtfFile
from keystage.returns.fingerprint import fingerprint
from keystage.returns.value import Return


def _made(return_: Return | None) -> datetime | None:
    source = return_.source if return_ else None
    return file_date_time(source.header.date_time) if isinstance(source, CtfFile) else None


def _on(made: datetime | None) -> str:
    return f"made on {made:%d/%m/%Y} at {made:%H:%M}" if made else "sent before"


@check(
    "D01",
    "pupil-dropped",
    Severity.QUERY,
    summary="A pupil of the last file is gone",
    message="{pupil} was in the file {when} and is not in this one.",
    fix="Put the pupil back and export the file again: every file must hold all pupils. If the pupil is to be removed,"
    " do that at the gateway too, because leaving a pupil out of a file may not remove them; and say so in the note.",
    needs=(Need.PREVIOUS,),
)
def pupil_dropped(case: Case) -> Iterator[Hit]:
    """Every pupil of the last file is in this one."""
    for pupil in case.changes.dropped:
        words = {"pupil": with_upn(pupil), "when": _on(_made(case.previous))}
        yield Hit(pupil.upn, pupil.name, in_a_sentence(pupil), words=words)


@check(
    "D02",
    "judgement-changed",
    Severity.INFO,
    summary="A judgement has changed",
    message="{who} had {before} in {subject} in the last file and has {after} in this one.",
    fix="Nothing needs doing if the change is meant. If it is not, correct it and export the file again.",
    needs=(Need.PREVIOUS,),
)
def judgement_changed(case: Case) -> Iterator[Hit]:
    """Changes of judgements since the last file are said, one by one."""
    for pupil, subject, before, after in case.changes.judgements:
        yield case.hit_code(pupil, subject, before=before or "no judgement", after=after or "no judgement")


@check(
    "D03",
    "already-sent",
    Severity.INFO,
    summary="Nothing has changed",
    message="This file says the same as the one {when}.",
    fix="It need not be sent again.",
    needs=(Need.PREVIOUS,),
)
def already_sent(case: Case) -> Iterator[Hit]:
    """A file that says what the last one said need not be sent again."""
    assert case.previous is not None
    if fingerprint(case.previous) == fingerprint(case.return_):
        yield Hit(words={"when": _on(_made(case.previous))})


@check(
    "D04",
    "older-file",
    Severity.QUERY,
    summary="The file is older than the last one",
    message="This file was made on {made}, before the last one, which was {when}.",
    fix="Make sure that this is the latest file. If it is not, send the latest.",
    needs=(Need.PREVIOUS, Need.TWO_CTFS),
)
def older_file(case: Case) -> Iterator[Hit]:
    """A file is not older than the one that was sent before."""
    made, before = _made(case.return_), _made(case.previous)
    if made and before and made < before:
        value = made.isoformat()
        yield Hit(
            value=value, at=0, field="Header/DateTime",
            words={"made": f"{made:%d/%m/%Y} at {made:%H:%M}", "when": _on(before)},
        )  # fmt: skip
