"""P: unique pupil numbers."""

from collections.abc import Iterator

from keystage.checks.case import Case, in_a_sentence
from keystage.checks.catalogue import Hit, check
from keystage.checks.finding import Severity
from keystage.pupils import upn
from keystage.pupils.upn import Fault
from keystage.returns.value import Pupil


def _with(case: Case, *faults: Fault) -> Iterator[Pupil]:
    return (pupil for pupil, fault in case.upn_faults if fault in faults)


@check(
    "P01",
    "upn-format",
    Severity.ERROR,
    summary="UPN missing or not in the right form",
    message="{who} {problem}.",
    fix="Look the UPN up in the school's records: a letter, eleven figures, and a figure (or, for a temporary UPN, a"
    " letter) at the end. Put it right there and export the file again.",
)
def upn_format(case: Case) -> Iterator[Hit]:
    """Every pupil has a UPN of thirteen characters in the right form."""
    for pupil in _with(case, Fault.MISSING, Fault.FORMAT):
        problem = f"has a UPN that is not in the right form: {upn.explain_format(pupil.upn)}"
        yield case.hit(pupil, "upn", pupil.upn, problem=problem if pupil.upn else "has no UPN")


@check(
    "P02",
    "upn-check-letter",
    Severity.ERROR,
    summary="UPN with the wrong first letter",
    message="The UPN of {who} begins with {found}, but its other twelve characters need {right}.",
    fix="Look the UPN up in the school's records or ask the pupil's last school, and correct it. If only the first"
    " letter was mistyped, the UPN is {right}{rest}; if a figure was, the letter may be right.",
)
def upn_check_letter(case: Case) -> Iterator[Hit]:
    """The first letter of a UPN is worked out from the other twelve characters."""
    for pupil in _with(case, Fault.CHECK_LETTER):
        first, rest = pupil.upn[0], pupil.upn[1:]
        yield case.hit(pupil, "upn", pupil.upn, found=first, right=upn.check_letter(rest), rest=rest)


@check(
    "P03",
    "upn-temporary",
    Severity.QUERY,
    summary="Temporary UPN",
    message="{who} has a temporary UPN: {value}.",
    fix="Ask the pupil's last school or the local authority for the permanent UPN. If there is none yet, say so in the"
    " note.",
)
def upn_temporary(case: Case) -> Iterator[Hit]:
    """A UPN should be a permanent one; one that ends in a letter is temporary."""
    for pupil in _with(case, Fault.TEMPORARY):
        yield case.hit(pupil, "upn", pupil.upn)


@check(
    "P04",
    "upn-duplicate",
    Severity.ERROR,
    summary="The same UPN twice",
    message="{who} has the UPN {value}, and so has {other} ({place}). Every pupil must have a UPN of their own.",
    fix="If they are one child, take one of the two entries out. If they are two, look up both UPNs and correct the one"
    " that is wrong.",
)
def upn_duplicate(case: Case) -> Iterator[Hit]:
    """No two pupils have the same UPN."""
    if len({pupil.upn for pupil in case.pupils}) == len(case.pupils):
        return
    first: dict[str, Pupil] = {}
    for pupil in case.pupils:
        earlier = first.setdefault(pupil.upn, pupil)
        if pupil.upn and earlier is not pupil:
            yield case.hit(pupil, "upn", pupil.upn, other=in_a_sentence(earlier), place=case.place(earlier, "upn"))


@check(
    "P10",
    "upn-la-unknown",
    Severity.QUERY,
    summary="UPN of an unknown local authority",
    message="The UPN of {who} has {part} where the number of a local authority should stand. It is not on the list"
    " of authorities, past and present, that is held here.",
    fix="Look the UPN up in the school's records. Characters 2 to 4 are the number of the authority where the pupil"
    " first had a UPN, which may be far from here. If the UPN is right, say so in the note.",
)
def upn_la_unknown(case: Case) -> Iterator[Hit]:
    """Characters 2 to 4 of a UPN are the number of a local authority, now or in the past."""
    for pupil in _with(case, Fault.UNKNOWN_AUTHORITY):
        yield case.hit(pupil, "upn", pupil.upn, part=pupil.upn[1:4])
