"""S: the signatures of teachers and headteacher, against the return as it is now."""

from collections.abc import Iterator
from datetime import datetime

from keystage.checks.case import Case, in_a_sentence, words_of
from keystage.checks.catalogue import Hit, Need, check
from keystage.checks.finding import Severity
from keystage.checks.london import london_time
from keystage.returns.changes import changes
from keystage.returns.signing import Required, Role, Signature, content_for, covers
from keystage.returns.value import Return

_FIELDS = {"upn": "UPN", "birth_date": "date of birth"}
"""How a sentence names the parts of an identity, where not as they are called."""


@check(
    "S01",
    "not-signed",
    Severity.ERROR,
    summary="A signature is missing",
    message="{missing} has not signed the judgements.",
    fix="Ask them to read the judgements through and sign them. The return can be sent when everybody has signed.",
    needs=(Need.RECORDS, Need.SIGNATURES),
)
def not_signed(case: Case) -> Iterator[Hit]:
    """The teacher of each class and the headteacher have signed."""
    assert case.signatures is not None
    for required in case.signatures.required():
        if case.signatures.latest(required) is None:
            yield Hit(value=required.class_name, words={"missing": _whose(required)})


def _whose(required: Required) -> str:
    if required.role is Role.HEADTEACHER:
        return "The headteacher"
    return (
        f"The teacher of class {required.class_name}" if required.class_name else "A teacher of pupils without a class"
    )


@check(
    "S02",
    "changed-since-signed",
    Severity.ERROR,
    summary="Changed after it was signed",
    message="{change}, after {signed}.",
    fix="If the change is right, ask {people} to read it and sign again. If it is not, change it back.",
    needs=(Need.RECORDS, Need.SIGNATURES),
)
def changed_since_signed(case: Case) -> Iterator[Hit]:
    """The return says what was signed; every cell that was changed since is named."""
    assert case.signatures is not None
    found: dict[tuple[object, ...], tuple[Hit, list[Signature]]] = {}
    for required in case.signatures.required():
        signature = case.signatures.latest(required)
        now = content_for(case.return_, case.signatures.classes, required)
        if signature is not None and not covers(signature, now):
            for hit in _changed(case, signature.content, now):
                key = (hit.upn, hit.pupil, hit.words["change"])
                found.setdefault(key, (hit, []))[1].append(signature)
    for hit, signatures in found.values():
        signed = words_of([_signed(each) for each in signatures], "and")
        people = words_of(list(dict.fromkeys(each.by for each in signatures)), "and")
        yield case.saying(hit, change=hit.words["change"], signed=signed, people=people)


def _changed(case: Case, signed: Return | None, now: Return) -> Iterator[Hit]:
    """Yield what differs; one hit for the whole, where it is not known what."""
    found = list(_cells(case, signed, now)) if signed else []
    yield from found or [Hit(words={"change": "The return was changed"})]


def _cells(case: Case, signed: Return, now: Return) -> Iterator[Hit]:
    differ = changes(signed, now)
    for pupil, subject, before, after in differ.judgements:
        said = f"{in_a_sentence(pupil)} had {before or 'no judgement'} in {subject} and has {after or 'none'} now"
        yield case.hit_code(pupil, subject, change=said)
    for pupil, field, before, after in differ.identities:
        said = f"the {_FIELDS.get(field, field)} of {in_a_sentence(pupil)} was {before or 'blank'} and is"
        yield case.hit(pupil, field, after, change=f"{said} {after or 'blank'} now")
    for pupil in differ.added:
        yield case.hit(pupil, change=f"{in_a_sentence(pupil)} was added")
    for pupil in differ.dropped:
        yield Hit(pupil.upn, pupil.name, words={"change": f"{in_a_sentence(pupil)} was taken out"})


def _signed(signature: Signature) -> str:
    whose = f" of {signature.class_name}" if signature.class_name else ""
    return f"{signature.by} ({signature.role}{whose}) signed on {_on(signature.at)}"


def _on(moment: datetime) -> str:
    return f"{london_time(moment):%d/%m/%Y at %H:%M}"
